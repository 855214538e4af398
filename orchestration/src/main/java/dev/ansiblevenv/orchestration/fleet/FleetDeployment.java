package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.deploy.DeployRequest;
import dev.ansiblevenv.orchestration.deploy.DeploymentOrchestrator;
import dev.ansiblevenv.orchestration.deploy.PlaybookPreparation.Prepared;
import dev.ansiblevenv.orchestration.deploy.SupersededSpecs;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import dev.ansiblevenv.orchestration.fleet.HostsAtOnce.Work;
import dev.ansiblevenv.orchestration.process.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs a playbook on many hosts: analysed, linted and locked once, and remembered for the next
/// call, which may be for those that failed.
public final class FleetDeployment {

  private final Path project;
  private final DeploymentOrchestrator orchestrator;
  private final Fleet fleet;
  private final SupersededSpecs superseded;

  public FleetDeployment(
      Path project, DeploymentOrchestrator orchestrator, Fleet fleet, SupersededSpecs superseded) {
    this.superseded = superseded;
    this.project = project;
    this.orchestrator = orchestrator;
    this.fleet = fleet;
  }

  /// @param request its host does not count
  /// @param retryFailed only the hosts on which the last deploy of this playbook to this pattern
  ///   did not go well; the outcomes are empty when there are none
  /// @throws UsageFailure when there is nothing to be retried
  /// @throws dev.ansiblevenv.diagnostic.Failure before any host is touched: `InvalidInput`,
  ///   `Unresolvable`, `StateConflict`, `Cancelled`
  public HostOutcomes<HostRun> deploy(
      Many many,
      int forks,
      boolean retryFailed,
      DeployRequest request,
      Consumer<FleetProgress<HostRun>> progress) {
    var last = new LastResults(project, source(request.playbook()), many.pattern());
    var results = new LinkedHashMap<String, Integer>();
    var chosen = many;
    if (retryFailed) {
      results.putAll(last.read().orElseThrow(() -> nothingBefore(request, many)));
      chosen = failedOf(many, results);
      if (chosen.targets().isEmpty()) {
        return new HostOutcomes<>(List.of(), false);
      }
    }
    var names = many.targets().stream().map(target -> target.name().text()).toList();
    results.keySet().retainAll(names);
    chosen.targets().forEach(target -> results.put(target.name().text(), LastResults.UNKNOWN));
    var outcomes =
        fleet.<HostRun>prepared(
            chosen.forwardingAgent(request.options().forwardsAgent()),
            forks,
            pythons -> {
              var prepared =
                  orchestrator.prepare(
                      request,
                      pythons,
                      step -> progress.accept(new FleetProgress.Together<>(step)));
              last.write(results);
              return work(request, prepared);
            },
            HostRun::verdict,
            progress);
    outcomes.hosts().forEach(host -> results.put(host.host(), host.exitCode().number()));
    last.write(results);
    fleet
        .follow(chosen)
        .forEach(note -> progress.accept(new FleetProgress.Together<>(new Progress.Warning(note))));
    try {
      superseded.remove();
    } catch (Failure failure) {
      progress.accept(
          new FleetProgress.Together<>(
              new Progress.Warning(
                  "what the edit replaced could not be removed: " + failure.getMessage())));
    }
    return Fleet.interruptedAgain(outcomes);
  }

  private Work<HostRun> work(DeployRequest request, Prepared prepared) {
    return (target, session, steps) -> {
      var tail = new OutputTail();
      var result =
          orchestrator.deploy(
              request,
              prepared,
              target,
              session,
              true,
              step -> {
                if (step instanceof Progress.Output(var bytes)) {
                  tail.add(bytes);
                } else {
                  steps.accept(step);
                }
              });
      return new HostRun(result, tail.lines());
    };
  }

  private static Many failedOf(Many many, Map<String, Integer> results) {
    return many.only(
        many.targets().stream()
            .filter(target -> results.getOrDefault(target.name().text(), 0) != 0)
            .toList());
  }

  private UsageFailure nothingBefore(DeployRequest request, Many many) {
    return new UsageFailure(
        "there is nothing to retry",
        source(request.playbook()),
        "this project has no earlier deploy of it to `" + many.pattern() + "`",
        "deploy without `--retry-failed`");
  }

  private String source(Path playbook) {
    return project.relativize(playbook.toAbsolutePath().normalize()).toString();
  }
}
