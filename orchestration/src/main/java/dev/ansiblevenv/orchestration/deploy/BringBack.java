package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.project.BroughtFiles;
import dev.ansiblevenv.orchestration.project.FileReceiver;
import dev.ansiblevenv.orchestration.project.FileReceiver.ReceiveLimit;
import dev.ansiblevenv.orchestration.project.LoadedFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// After a run on one other machine: takes what it wrote beside its playbook into the project.
public final class BringBack {

  private final Path project;
  private final Supplier<ProjectConfiguration> configuration;
  private final Supplier<LoadedFiles> loaded;
  private final Hosts hosts;

  /// @param loaded what no host may write
  public BringBack(
      Path project,
      Supplier<ProjectConfiguration> configuration,
      Supplier<LoadedFiles> loaded,
      Hosts hosts) {
    this.project = project;
    this.configuration = configuration;
    this.loaded = loaded;
    this.hosts = hosts;
  }

  /// A file that cannot be had makes no run fail: it stays on the host.
  VenvExecutionResult after(
      VenvExecutionResult result, Target target, HostSession session, Consumer<Progress> progress) {
    var written = result.report().result().map(RunResult::filesWritten).orElse(0);
    if (written == 0 || !configuration.get().bringsBack()) {
      return result;
    }
    try {
      if (!session.isLost()) {
        return result.bringing(brought(result, target, session, progress));
      }
      try (var another = hosts.connect(target)) {
        return result.bringing(brought(result, target, another, progress));
      }
    } catch (Failure failure) {
      progress.accept(
          new Progress.Warning(
              "what the run wrote beside its playbook stayed on `"
                  + target.name().text()
                  + "`: "
                  + failure.what()));
      return result;
    }
  }

  private BroughtFiles brought(
      VenvExecutionResult result, Target target, HostSession session, Consumer<Progress> progress) {
    var run = result.report().run();
    var host = target.name().text();
    var files =
        new FileReceiver(project, host, Optional.of(loaded.get()), ReceiveLimit.DEFAULT)
            .take(
                (path, max, out) -> session.getFile(run, path, max, out),
                session.files(run),
                path -> true);
    files.brought().stream()
        .filter(path -> path.contains(".from-"))
        .forEach(path ->
            progress.accept(
                new Progress.Warning(
                    "the run changed a file of the project on `"
                        + host
                        + "`: see `"
                        + path
                        + "`")));
    return files;
  }
}
