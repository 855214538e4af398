package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.orchestration.deploy.HostConnections;
import dev.ansiblevenv.orchestration.deploy.Hosts;
import dev.ansiblevenv.orchestration.deploy.Target;
import dev.ansiblevenv.orchestration.process.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does the same on many hosts, a bounded number of them at a time. A host that fails or is slow
/// holds up no other.
///
/// When the calling thread is interrupted, so is the work on every host: runs are cancelled, and
/// their answers waited for, a bounded time. The outcomes then say so, and the thread's interrupt
/// is taken: there is still something to be written down.
///
/// What is asked of the same hosts one after another goes over one connection to each, as far as no
/// more are kept than hosts are worked on at once; and a host that could not be reached is not
/// tried a second time.
public final class HostsAtOnce implements AutoCloseable {

  /// A cancelled run gets 5 seconds before it is killed.
  private static final Duration CANCELS_WITHIN = Duration.ofSeconds(30);

  private static final int MOST_TRIES = 5;
  private static final long FIRST_PAUSE_MILLIS = 300;

  private final HostConnections connections;
  private final int atOnce;
  private final Map<String, Failure> unreachable = new ConcurrentHashMap<>();
  private final Map<String, HostSession> kept = new ConcurrentHashMap<>();

  HostsAtOnce(Hosts hosts, int atOnce) {
    this.connections = hosts.connections();
    this.atOnce = atOnce;
  }

  boolean reachesNoneOf(List<Target> targets) {
    return targets.stream().allMatch(target -> unreachable.containsKey(name(target)));
  }

  /// What is done on one host.
  public interface Work<R> {

    /// @throws Failure that is this host's alone
    R on(Target target, HostSession session, Consumer<Progress> progress);
  }

  /// @param verdict what a call for one host would exit with
  /// @param progress told by several threads
  <R> HostOutcomes<R> each(
      List<Target> targets,
      Work<R> work,
      Function<R, ExitCode> verdict,
      Consumer<FleetProgress<R>> progress) {
    return each(targets, work, verdict, progress, 0);
  }

  /// The same for a question that something else follows.
  <R> HostOutcomes<R> asked(List<Target> targets, Work<R> work) {
    return each(targets, work, answer -> ExitCode.DONE, progress -> {}, atOnce);
  }

  @Override
  public void close() {
    kept.values().forEach(HostSession::close);
    connections.close();
  }

  /// @param keeping the connections of so many hosts, the first ones: their turn comes first again
  private <R> HostOutcomes<R> each(
      List<Target> targets,
      Work<R> work,
      Function<R, ExitCode> verdict,
      Consumer<FleetProgress<R>> progress,
      int keeping) {
    var seats = new Semaphore(atOnce, true);
    var names = Thread.ofVirtual().name("host ", 1).factory();
    progress.accept(new FleetProgress.Chosen<>(targets.size()));
    // Not closed: that would wait for a host that does not answer to a cancel.
    var threads = Executors.newThreadPerTaskExecutor(names);
    try {
      var futures = new ArrayList<Future<HostOutcome<R>>>();
      for (var target : targets) {
        var keeps = futures.size() < keeping;
        var host = new OneHost<>(target, work, verdict, progress, new Seat(seats), keeps);
        futures.add(threads.submit(host::outcome));
      }
      return outcomes(targets, futures, threads::shutdownNow);
    } finally {
      threads.shutdown();
    }
  }

  static <R> HostOutcomes<R> outcomes(
      List<Target> targets, List<Future<HostOutcome<R>>> futures, Runnable interruptAll) {
    var outcomes = new ArrayList<HostOutcome<R>>();
    var deadline = 0L;
    var cancelled = false;
    for (var i = 0; i < futures.size(); ) {
      var future = futures.get(i);
      try {
        if (!cancelled) {
          outcomes.add(future.get());
        } else if (awaited(future, deadline)) {
          outcomes.add(future.get());
        } else {
          outcomes.add(
              HostOutcome.failed(name(targets.get(i)), unheard(targets.get(i)), CANCELS_WITHIN));
        }
        i++;
      } catch (InterruptedException e) {
        cancelled = true;
        deadline = System.nanoTime() + CANCELS_WITHIN.toNanos();
        interruptAll.run();
      } catch (ExecutionException e) {
        interruptAll.run();
        throw defect(e);
      }
    }
    return new HostOutcomes<>(outcomes, cancelled);
  }

  private static boolean awaited(Future<?> future, long deadline)
      throws InterruptedException, ExecutionException {
    try {
      future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static String name(Target target) {
    return target.name().text();
  }

  private static Cancelled unheard(Target target) {
    return new Cancelled(
        "was asked to cancel and has not answered",
        name(target),
        "",
        "its run may go on: `ansible-venv list-host " + name(target) + " --refresh`");
  }

  private static RuntimeException defect(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(e.getCause());
  }

  private final class OneHost<R> {
    private final Target target;
    private final Work<R> work;
    private final Function<R, ExitCode> verdict;
    private final Consumer<FleetProgress<R>> progress;
    private final Seat seat;
    private final boolean keeps;
    private long began = System.nanoTime();

    OneHost(
        Target target,
        Work<R> work,
        Function<R, ExitCode> verdict,
        Consumer<FleetProgress<R>> progress,
        Seat seat,
        boolean keeps) {
      this.target = target;
      this.work = work;
      this.verdict = verdict;
      this.progress = progress;
      this.seat = seat;
      this.keeps = keeps;
    }

    HostOutcome<R> outcome() {
      var outcome = worked();
      progress.accept(new FleetProgress.Ended<>(outcome));
      return outcome;
    }

    private HostOutcome<R> worked() {
      try {
        seat.take();
      } catch (InterruptedException e) {
        return failed(new Cancelled("was not begun", name(target), "", "", e));
      }
      try {
        return seated();
      } catch (Failure failure) {
        return failed(failure);
      } catch (RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          return failed(new Cancelled("cancelled", name(target), "", "", e));
        }
        throw e;
      } finally {
        seat.leave();
      }
    }

    private HostOutcome<R> seated() {
      began = System.nanoTime();
      progress.accept(new FleetProgress.Begun<>(name(target)));
      var session = answering();
      var good = false;
      try {
        var result =
            work.on(
                target,
                session,
                step -> progress.accept(new FleetProgress.OnHost<>(name(target), step)));
        good = true;
        return new HostOutcome<>(
            name(target), verdict.apply(result), Optional.of(result), Optional.empty(), time());
      } finally {
        if (good && keeps) {
          kept.put(name(target), session);
        } else {
          session.close();
        }
      }
    }

    private HostSession answering() {
      var failure = unreachable.get(name(target));
      if (failure != null) {
        throw failure;
      }
      var before = kept.remove(name(target));
      if (before != null && !before.isLost()) {
        return before;
      }
      return connected();
    }

    /// Nothing was asked of a host that is only busy, so it may be tried again.
    private HostSession connected() {
      for (var attempt = 1; ; attempt++) {
        try {
          return seat.whileWaiting(this::greeted, HostSession::close);
        } catch (InterruptedException e) {
          throw cancelled(e);
        } catch (HostUnreachable e) {
          if (!e.isBusy() || attempt == MOST_TRIES) {
            unreachable.put(name(target), e);
            throw e;
          }
          pause(attempt);
        }
      }
    }

    private HostSession greeted() throws InterruptedException {
      var session = connections.connect(target);
      try {
        session.facts();
        return session;
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    }

    private void pause(int attempt) {
      var millis = FIRST_PAUSE_MILLIS << attempt;
      try {
        Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis));
      } catch (InterruptedException e) {
        throw cancelled(e);
      }
    }

    private Cancelled cancelled(InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Cancelled("cancelled", name(target), "", "", e);
    }

    private HostOutcome<R> failed(Failure failure) {
      return HostOutcome.failed(name(target), failure, time());
    }

    private Duration time() {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }
}
