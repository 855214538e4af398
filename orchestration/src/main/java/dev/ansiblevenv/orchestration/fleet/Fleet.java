package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.deploy.EnsureRequest;
import dev.ansiblevenv.orchestration.deploy.EnsuredVenv;
import dev.ansiblevenv.orchestration.deploy.HostVenvs;
import dev.ansiblevenv.orchestration.deploy.Hosts;
import dev.ansiblevenv.orchestration.deploy.NamedLocks;
import dev.ansiblevenv.orchestration.deploy.Target;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import dev.ansiblevenv.orchestration.fleet.HostsAtOnce.Work;
import dev.ansiblevenv.orchestration.process.Progress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What is asked of many hosts in the same words as of one.
///
/// When the thread is interrupted, the work on every host is cancelled and its answer waited for, a
/// bounded time; the outcomes then say so, and the thread stays interrupted.
public final class Fleet {

  /// Two cores are no quicker with more. Hosts that do not answer do not count.
  public static final int USUAL_FORKS = 32;

  private final Hosts hosts;
  private final NamedLocks locks;
  private final HostVenvs venvs;

  public Fleet(Hosts hosts, NamedLocks locks, HostVenvs venvs) {
    this.hosts = hosts;
    this.locks = locks;
    this.venvs = venvs;
  }

  /// @param forks so many hosts at once
  /// @param verdict what a call for one host would exit with
  /// @param progress told by several threads
  public <R> HostOutcomes<R> each(
      Many many,
      int forks,
      Work<R> work,
      Function<R, ExitCode> verdict,
      Consumer<FleetProgress<R>> progress) {
    try (var atOnce = new HostsAtOnce(hosts, forks)) {
      return interruptedAgain(atOnce.each(many.targets(), work, verdict, progress));
    }
  }

  /// Makes sure that each host has a venv, of one lock for all.
  ///
  /// @param request its host does not count
  /// @throws dev.ansiblevenv.diagnostic.Failure as for one host, when there is no lock to be had
  public HostOutcomes<EnsuredVenv> ensure(
      Many many, int forks, EnsureRequest request, Consumer<FleetProgress<EnsuredVenv>> progress) {
    return interruptedAgain(
        prepared(
            many,
            forks,
            pythons -> {
              var named =
                  locks.locked(
                      request.venv(),
                      pythons,
                      step -> progress.accept(new FleetProgress.Together<>(step)));
              return (target, session, steps) ->
                  venvs.ensure(
                      target,
                      named.name(),
                      named.lock(),
                      request.forceRecreate(),
                      request.push(),
                      session,
                      steps);
            },
            result -> ExitCode.DONE,
            progress));
  }

  /// Makes the inventory say what the records of these hosts say.
  ///
  /// @return in one line each, what it does not say now
  List<String> follow(Many many) {
    return venvs.follow(many.targets().stream().map(Target::name).toList());
  }

  /// Work on hosts that something has to be done for first, which may have to ask them. Its failure
  /// is everyone's, unless it is that no host could be reached.
  ///
  /// @param preparation is given what asks for the oldest Python
  <R> HostOutcomes<R> prepared(
      Many many,
      int forks,
      Function<Supplier<String>, Work<R>> preparation,
      Function<R, ExitCode> verdict,
      Consumer<FleetProgress<R>> progress) {
    try (var atOnce = new HostsAtOnce(hosts, forks)) {
      return atOnce.each(
          many.targets(), work(atOnce, many, preparation, progress), verdict, progress);
    }
  }

  private static <R> Work<R> work(
      HostsAtOnce atOnce,
      Many many,
      Function<Supplier<String>, Work<R>> preparation,
      Consumer<FleetProgress<R>> progress) {
    Consumer<String> warning =
        text -> progress.accept(new FleetProgress.Together<>(new Progress.Warning(text)));
    try {
      return preparation.apply(new LowestPython(atOnce, many, warning));
    } catch (HostUnreachable nobody) {
      if (!atOnce.reachesNoneOf(many.targets())) {
        throw nobody;
      }
      return (target, session, steps) -> {
        throw nobody;
      };
    }
  }

  static <R> HostOutcomes<R> interruptedAgain(HostOutcomes<R> outcomes) {
    if (outcomes.cancelled()) {
      Thread.currentThread().interrupt();
    }
    return outcomes;
  }
}
