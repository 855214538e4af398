package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.orchestration.follow.RunReport;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.project.BroughtFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gathers what a deployment comes to.
final class Outcome {

  private final Deployment deployment;
  private final Consumer<Progress> progress;
  private final List<String> messages = new ArrayList<>();
  private @Nullable VenvMetadata venv;
  private boolean existed;

  Outcome(Deployment deployment, Consumer<Progress> progress) {
    this.deployment = deployment;
    this.progress = progress;
  }

  void tracked(HostEnvironment environment, VenvMetadata metadata) {
    venv = metadata;
    existed = environment.status() != HostEnvironment.Status.BUILT;
    HostVenvs.told(environment).ifPresent(this::tell);
    OtherUsers.warning(
            deployment.analysis().canonicalForm(),
            deployment.order().options().ansible().becomeUser(),
            environment)
        .ifPresent(text -> progress.accept(new Progress.Warning(text)));
  }

  /// Whether the host record names the venv.
  boolean isTracked() {
    return venv != null;
  }

  void happened(Progress step) {
    if (step instanceof Progress.Running(var run, var host, var leave)) {
      messages.add("Started run " + run);
    }
    progress.accept(step);
  }

  VenvExecutionResult result(RunReport report) {
    if (venv == null) {
      throw new IllegalStateException("the run ended before its venv was known");
    }
    return new VenvExecutionResult(
        deployment.order().venv(),
        venv,
        List.copyOf(messages),
        existed ? Optional.of(venv) : Optional.empty(),
        report,
        BroughtFiles.NONE);
  }

  /// The playbook runs all the same.
  void warn(String text) {
    messages.add(text);
    progress.accept(new Progress.Warning(text));
  }

  private void tell(String text) {
    messages.add(text);
    progress.accept(new Progress.Step(text));
  }
}
