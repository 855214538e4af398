package dev.ansiblevenv.core.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ansiblevenv.core.agent.AgentConnection;
import dev.ansiblevenv.core.agent.Answer;
import dev.ansiblevenv.core.agent.Blobs;
import dev.ansiblevenv.core.agent.Exchange;
import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.diagnostic.Failure;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts runs on a host and follows them.
public final class RunFollower {

  private static final String EVENT = "{\"event\": \"";

  private final AgentConnection connection;

  public RunFollower(AgentConnection connection) {
    this.connection = connection;
  }

  /// A run that was asked for. The host may answer that it lacks files; they are sent then.
  public final class Pending {
    private final RunId id;
    private final Blobs blobs;
    private final Map<String, Object> message;
    private final Optional<RunProject> project;
    private volatile Exchange exchange;
    private Watcher watcher = event -> {};

    private Pending(
        RunId id, Map<String, Object> message, Blobs blobs, Optional<RunProject> project) {
      this.id = id;
      this.message = message;
      this.blobs = blobs;
      this.project = project;
      this.exchange = connection.send(message);
    }

    /// Follows the run to its end. When this thread is interrupted the run is cancelled, its end is
    /// waited for, and the thread is interrupted again; unless the watcher only leaves.
    ///
    /// @return empty when the watcher has left; the run goes on
    /// @throws Failure `StateConflict` when the venv is not there or not fit, `InvalidInput` when a
    ///   file is refused, `HostUnreachable` when the connection ends; the run then goes on
    public Optional<RunResult> follow(Watcher watcher) {
      this.watcher = watcher;
      var interrupted = false;
      try {
        while (true) {
          try {
            var answer = exchange.last(this::pass);
            if (!answer.type().equals("need-blobs")) {
              return Optional.of(ResultReader.result(answer));
            }
            bring(answer.texts("blobs"), answer.text("into"));
            again();
          } catch (InterruptedException e) {
            if (watcher.leaves()) {
              exchange.abandon();
              return Optional.empty();
            }
            interrupted = true;
            exchange.cancel();
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private void pass(Answer piece) {
      if (piece instanceof Answer.Said(var said) && said.type().equals("started")) {
        project.ifPresent(RunProject::arrived);
      }
      RunFollower.this.pass(id, piece, watcher);
    }

    private void bring(List<String> wanted, String into) throws InterruptedException {
      if (into.isEmpty()) {
        blobs.send(connection, wanted);
        return;
      }
      var sent = project.orElseThrow();
      sent.send(connection, wanted, into);
      message.put("project", sent.message(blobs));
    }

    /// Has the host end the run and everything it started; [#follow] then returns.
    public void cancel() {
      exchange.cancel();
    }

    /// Asks for the run once more, after what it lacked has been brought.
    public void again() {
      exchange.abandon();
      exchange = connection.send(message);
    }
  }

  /// Sends the request without waiting for its answer.
  ///
  /// @param jobEvents whether they are wanted, too
  public Pending start(NewRun run, boolean jobEvents) {
    var blobs = new Blobs();
    var message = message(run.request(), blobs);
    message.put("events", jobEvents);
    message.put("keep_runs", run.keepRuns());
    var project = run.request().project();
    project.sendAhead(connection);
    return new Pending(run.request().id(), message, blobs, Optional.of(project));
  }

  /// Takes up a run that was started before, from this or another controller.
  ///
  /// @param from what is not known of it yet
  /// @param output whether what it prints is wanted
  /// @param jobEvents whether its events are
  public Pending attach(RunId run, Position from, boolean output, boolean jobEvents) {
    var message =
        Map.<String, Object>of(
            "type",
            "attach",
            "run",
            run.text(),
            "offset",
            from.output(),
            "events_offset",
            from.events(),
            "output",
            output,
            "events",
            jobEvents);
    return new Pending(run, message, new Blobs(), Optional.empty());
  }

  /// Hands on what a run has printed, or its events, up to now.
  ///
  /// @return the answer of type `logged`
  public Message log(RunId run, LogExcerpt excerpt, Watcher watcher) throws InterruptedException {
    var exchange = connection.send(excerpt.message(run));
    try {
      return exchange.last(piece -> pass(run, piece, watcher));
    } finally {
      exchange.abandon();
    }
  }

  private void pass(RunId id, Answer piece, Watcher watcher) {
    if (piece instanceof Answer.Printed(var bytes)) {
      watcher.happened(new Event.OutputChunk(bytes));
    } else if (piece instanceof Answer.Happened(var lines)) {
      tell(lines, watcher);
    } else if (piece instanceof Answer.Said(var message)) {
      if (message.type().equals("started")) {
        watcher.happened(new Event.Started(new RunId(message.text("run"))));
      } else if (message.type().equals("progress")) {
        watcher.happened(new Event.Waiting(message.text("detail")));
      } else if (message.type().equals("cancelling")) {
        watcher.happened(new Event.Cancelling(id));
      }
    }
  }

  private void tell(ByteBuffer lines, Watcher watcher) {
    var all = ISO_8859_1.decode(lines).toString();
    for (int start = 0, end; (end = all.indexOf('\n', start)) >= 0; start = end + 1) {
      watcher.happened(event(all.substring(start, end)));
    }
  }

  /// The name stands first: nothing else is read where nobody wants to know.
  private Event.JobEvent event(String text) {
    var end = text.indexOf('"', EVENT.length());
    if (!text.startsWith(EVENT) || end < 0) {
      throw connection.refused("an event has no name");
    }
    return new Event.JobEvent(text.substring(EVENT.length(), end), text);
  }

  private static Map<String, Object> message(RunRequest request, Blobs blobs) {
    var message = new LinkedHashMap<String, Object>();
    message.put("type", "run");
    message.put("run", request.id().text());
    message.put("venv", request.venv());
    message.put("lock", request.lockDigest());
    message.put("playbook", request.project().playbook());
    message.put("project", request.project().message(blobs));
    message.put("inventory", request.inventory().message(blobs));
    message.put("forward_agent", request.forwardsAgent());
    message.put("extra_vars", request.extraVars());
    message.put("secrets", request.secrets().message());
    message.put("options", request.options().message());
    message.put("limits", request.limits().message());
    message.put(
        "terminal",
        Map.of(
            "columns",
            request.terminal().columns(),
            "colour",
            request.terminal().colour(),
            "answers",
            request.terminal().answers()));
    message.put("warm", request.warm());
    message.put("settings", request.settings().values());
    request.settings().configuration().ifPresent(text -> message.put("configuration", text));
    if (!request.sslCertFile().isEmpty()) {
      message.put("ssl_cert_file", request.sslCertFile());
    }
    return message;
  }

  /// @param files by the path that they have on the host
  static List<Map<String, Object>> files(Map<String, Path> files, Blobs blobs) {
    var listed = new ArrayList<Map<String, Object>>();
    files.forEach((path, file) ->
        listed.add(
            Map.of(
                "path",
                path,
                "sha256",
                blobs.add(file),
                "executable",
                file.toFile().canExecute())));
    return listed;
  }
}
