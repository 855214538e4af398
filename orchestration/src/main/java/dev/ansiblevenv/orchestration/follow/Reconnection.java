package dev.ansiblevenv.orchestration.follow;

import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// Makes a lost connection again, with growing pauses, for a bounded time. For one thread.
public final class Reconnection {

  /// A server that restarts is back by then, and so is a laptop that found another network.
  public static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Supplier<HostSession> connect;
  private final Duration patience;
  private long pause;
  private long deadline;

  public Reconnection(Supplier<HostSession> connect, Duration patience) {
    this.connect = connect;
    this.patience = patience;
    succeeded();
  }

  /// What a connection was wanted for went on since; the next loss is another one.
  void succeeded() {
    pause = FIRST_PAUSE_MILLIS;
    deadline = Long.MAX_VALUE;
  }

  /// @return a connection on which the host has answered
  /// @throws HostUnreachable when it could not be made in time
  HostSession again(RunId run) throws InterruptedException {
    if (deadline == Long.MAX_VALUE) {
      deadline = System.nanoTime() + patience.toNanos();
    }
    while (true) {
      Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      try {
        return answering();
      } catch (HostUnreachable e) {
        if (System.nanoTime() - deadline > 0) {
          throw givenUp(e, run);
        }
      }
    }
  }

  /// @return a connection on which the host has answered
  /// @throws HostUnreachable when it cannot be made at once
  HostSession once() throws InterruptedException {
    Thread.sleep(FIRST_PAUSE_MILLIS);
    return answering();
  }

  private HostSession answering() throws InterruptedException {
    var session = connect.get();
    try {
      session.facts();
      return session;
    } catch (Cancelled e) {
      session.close();
      Thread.interrupted();
      throw new InterruptedException(e.what());
    } catch (Failure e) {
      session.close();
      throw e;
    }
  }

  private HostUnreachable givenUp(HostUnreachable why, RunId run) {
    return new HostUnreachable(
        "the connection was lost and could not be made again",
        why.where(),
        why.what() + (why.why().isEmpty() ? "" : ": " + why.why()),
        "the run goes on there: `ansible-venv attach " + run + "` follows it",
        why);
  }
}
