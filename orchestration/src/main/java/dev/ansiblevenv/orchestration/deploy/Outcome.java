package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.orchestration.process.Progress;
import java.time.Duration;
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
  }

  void happened(Event event) {
    switch (event) {
      case Event.OutputChunk(var bytes) -> progress.accept(new Progress.Output(bytes));
      case Event.Cancelling cancelling ->
          progress.accept(new Progress.Warning("cancelling run " + cancelling.id()));
      case Event.Started started -> messages.add("Started run " + started.id());
      case Event.JobEvent job -> {}
    }
  }

  VenvExecutionResult result(RunResult run) {
    if (venv == null) {
      throw new IllegalStateException("the run ended before its venv was known");
    }
    if (run.status() == RunResult.Status.CANCELLED) {
      throw new Cancelled(
          "the run was cancelled",
          deployment.target().name().text(),
          run.survivors().isEmpty() ? "" : "still alive: processes " + run.survivors(),
          "its log is on the host under " + run.id());
    }
    return new VenvExecutionResult(
        run.succeeded(),
        run.code(),
        deployment.order().venv(),
        run.id().text(),
        venv,
        List.copyOf(messages),
        existed ? Optional.of(venv) : Optional.empty(),
        run.stats(),
        Duration.between(run.started(), run.ended()),
        error(run));
  }

  private Optional<String> error(RunResult run) {
    return switch (run.status()) {
      case SUCCEEDED -> Optional.empty();
      case INTERRUPTED -> Optional.of("the run was interrupted on the host");
      case TIMED_OUT -> Optional.of(timedOut(run));
      case FAILED, CANCELLED ->
          Optional.of(
              run.reason().isPresent()
                  ? "the host's disk is full, so the run and its output may not be whole"
                  : run.playsWithoutHosts().isEmpty()
                      ? "ansible-playbook ended with exit code " + run.code()
                      : "no host matched " + String.join(", ", run.playsWithoutHosts()));
    };
  }

  private String timedOut(RunResult run) {
    var limits = deployment.order().options().limits();
    var ended =
        run.reason().equals(Optional.of(RunResult.Reason.IDLE_TIMEOUT))
            ? "it printed nothing for " + seconds(limits.idle()) + " (`--idle-timeout`)"
            : "it took longer than " + seconds(limits.whole()) + " (`--timeout`)";
    return run.survivors().isEmpty()
        ? ended + " and was ended"
        : ended + "; still alive: processes " + run.survivors();
  }

  private static String seconds(Optional<Duration> limit) {
    return limit.map(Duration::toSeconds).map(seconds -> seconds + " s").orElse("allowed");
  }

  private void tell(String text) {
    messages.add(text);
    progress.accept(new Progress.Step(text));
  }
}
