package dev.ansiblevenv.orchestration.run;

import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.LogExcerpt;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.core.session.RunListing;
import dev.ansiblevenv.orchestration.deploy.Hosts;
import dev.ansiblevenv.orchestration.deploy.Target;
import dev.ansiblevenv.orchestration.follow.FollowedRun;
import dev.ansiblevenv.orchestration.follow.Following;
import dev.ansiblevenv.orchestration.follow.Reconnection;
import dev.ansiblevenv.orchestration.follow.RunReport;
import dev.ansiblevenv.orchestration.follow.StartedRuns;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.project.BroughtFiles;
import dev.ansiblevenv.orchestration.project.FileReceiver;
import dev.ansiblevenv.orchestration.project.LoadedFiles;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The runs that hosts have.
public final class HostRuns {

  private final Hosts hosts;
  private final StartedRuns started;
  private final Supplier<LoadedFiles> loaded;

  /// @param loaded what no host may write into the project
  public HostRuns(Hosts hosts, StartedRuns started, Supplier<LoadedFiles> loaded) {
    this.hosts = hosts;
    this.started = started;
    this.loaded = loaded;
  }

  /// What a host has, oldest first.
  public RunsOfHost list(Target target, HostSession session) {
    return new RunsOfHost(target.name().text(), session.list().runs());
  }

  /// Follows a run from its first byte to its end. Interrupting the thread cancels the run.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Cancelled when the run was
  public RunReport attach(RunName name, boolean jobEvents, Consumer<Progress> progress) {
    return on(
        name,
        (target, session, run) -> {
          var host = target.name().text();
          var connections =
              new Reconnection(() -> hosts.connect(target), Reconnection.USUAL_PATIENCE);
          return new FollowedRun(host, run, new Following(false, jobEvents), connections, progress)
              .attach(session)
              .requireNotCancelled();
        });
  }

  /// Ends a run and everything that it started, and waits for that. One that is over stays what it
  /// is.
  public CancelledRun cancel(RunName name) {
    return on(
        name,
        (target, session, run) -> {
          var before =
              session.list().runs().stream().filter(each -> each.id().equals(run)).findFirst();
          var wasRunning = before.map(RunListing::isRunning).orElse(true);
          if (wasRunning) {
            session.cancel(run);
          }
          var result = session.awaitEnd(run);
          return new CancelledRun(
              wasRunning, new RunReport(target.name().text(), run, Optional.of(result)));
        });
  }

  /// Answers a question of a run.
  ///
  /// @return whether it was still open
  public boolean reply(String host, RunId run, int question, byte[] answer) {
    try (var session = hosts.connect(hosts.find(host))) {
      return session.reply(run, question, answer);
    }
  }

  /// What a run has printed, or its events, up to now.
  public LoggedRun log(RunName name, LogExcerpt excerpt, Consumer<Progress> progress) {
    return on(
        name,
        (target, session, run) ->
            new LoggedRun(
                target.name().text(), session.log(run, excerpt, event -> tell(event, progress))));
  }

  /// What a run has written beside its playbook. Files that are asked for are brought.
  public FilesOfRun files(FilesRequest request, Path project) {
    return on(
        request.run(),
        (target, session, run) -> {
          var written = session.files(run);
          var host = target.name().text();
          if (request.get().isEmpty()) {
            return new FilesOfRun(host, run, written, BroughtFiles.NONE);
          }
          var receiver =
              new FileReceiver(
                  request.into().orElse(project),
                  host,
                  request.into().isPresent() ? Optional.empty() : Optional.of(loaded.get()),
                  FileReceiver.ReceiveLimit.NONE);
          return new FilesOfRun(
              host,
              run,
              written,
              receiver.take(
                  (path, max, out) -> session.getFile(run, path, max, out),
                  written,
                  any(request.get())));
        });
  }

  private static Predicate<String> any(List<String> patterns) {
    var matchers =
        patterns.stream()
            .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
            .toList();
    return path -> matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
  }

  private static void tell(Event event, Consumer<Progress> progress) {
    switch (event) {
      case Event.OutputChunk(var bytes) -> progress.accept(new Progress.Output(bytes));
      case Event.JobEvent job -> progress.accept(new Progress.Happened(job));
      case Event.Started begun -> {}
      case Event.Waiting waiting -> {}
      case Event.Cancelling cancelling -> {}
    }
  }

  private interface Work<T> {
    T on(Target target, HostSession session, RunId run);
  }

  private <T> T on(RunName name, Work<T> work) {
    if (name.host().isPresent()) {
      var target = hosts.find(name.host().get());
      try (var session = hosts.connect(target)) {
        var known = session.list().runs().stream().map(RunListing::id).toList();
        return work.on(target, session, name.among(known, target.name().text()));
      }
    }
    var noted = started.noted(name.among(started.all(), "this project"));
    var target = hosts.find(noted.host());
    try (var session = hosts.connect(target)) {
      return work.on(target, session, noted.run());
    }
  }
}
