package dev.ansiblevenv.orchestration.follow;

import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.Position;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.Watcher;
import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.process.Progress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows one run over as many connections as it takes: a lost one is made again, and the run is
/// taken up where it was lost. Nothing is told twice and nothing is left out, because the log is on
/// the host and this counts what has arrived of it. For one following thread; it may be left from
/// another.
public final class FollowedRun implements Watcher {

  private final String host;
  private final RunId run;
  private final Following wishes;
  private final Reconnection reconnection;
  private final Consumer<Progress> progress;
  private Position position = Position.START;
  private boolean started;
  private boolean moved;
  private boolean askedAgain;
  private volatile boolean leaving;
  private @Nullable Thread follower;

  public FollowedRun(
      String host,
      RunId run,
      Following wishes,
      Reconnection reconnection,
      Consumer<Progress> progress) {
    this.host = host;
    this.run = run;
    this.wishes = wishes;
    this.reconnection = reconnection;
    this.progress = progress;
  }

  /// Something that follows the run, on one connection.
  public interface Attempt {
    /// @return empty when the watcher has left
    Optional<RunResult> on(HostSession session, Watcher watcher);
  }

  /// Takes up a run that was started before. Interrupting the thread cancels the run.
  ///
  /// @param session stays open
  /// @throws dev.ansiblevenv.diagnostic.Failure `StateConflict` when the host has no such run;
  ///   `HostUnreachable` when the connection is lost for too long; the run then goes on
  public RunReport attach(HostSession session) {
    began();
    return lasting(session, (current, watcher) -> taken(current), () -> true);
  }

  /// Starts the run and follows it. A start whose answer was lost is asked about, not repeated: the
  /// run's name is ours.
  ///
  /// @param session stays open
  /// @param start called once more on a new connection if the host knows nothing of the run
  /// @param mayBeginAgain whether that is so when a connection is lost before the run has started
  public RunReport start(HostSession session, Attempt start, BooleanSupplier mayBeginAgain) {
    return lasting(session, start, mayBeginAgain);
  }

  private RunReport lasting(HostSession first, Attempt start, BooleanSupplier mayBeginAgain) {
    var session = first;
    follows(Thread.currentThread());
    try {
      for (Attempt attempt = start; ; attempt = again(start)) {
        try {
          return new RunReport(host, run, attempt.on(session, this));
        } catch (HostUnreachable lost) {
          if (!session.isLost()
              || !session.mayHaveBegun()
              || !(started || mayBeginAgain.getAsBoolean())) {
            throw lost;
          }
          var answered = session.hasAnswered();
          if (!answered && askedAgain) {
            throw lost;
          }
          closeAgain(session, first);
          session = answered ? reconnected() : onceMore(lost);
        }
      }
    } catch (InterruptedException e) {
      return interrupted(e);
    } catch (Cancelled e) {
      if (leaving) {
        return new RunReport(host, run, Optional.empty());
      }
      throw e;
    } finally {
      follows(null);
      closeAgain(session, first);
    }
  }

  private static void closeAgain(HostSession session, HostSession first) {
    if (session != first) {
      session.close();
    }
  }

  private HostSession reconnected() throws InterruptedException {
    progress.accept(
        new Progress.Warning(
            "the connection to `"
                + host
                + "` was lost"
                + (started ? "; run " + run + " goes on" : "")
                + "; connecting again"));
    if (moved) {
      reconnection.succeeded();
      moved = false;
    }
    var session = reconnection.again(run);
    progress.accept(new Progress.Step("Connected to `" + host + "` again"));
    return session;
  }

  /// The run was asked for and no word came back. It may have begun all the same, which only the
  /// host can say.
  private HostSession onceMore(HostUnreachable lost) throws InterruptedException {
    askedAgain = true;
    try {
      return reconnection.once();
    } catch (HostUnreachable e) {
      lost.addSuppressed(e);
      throw lost;
    }
  }

  /// What to do on a new connection.
  private Attempt again(Attempt start) {
    return (session, watcher) -> {
      if (started || isKnownTo(session)) {
        return taken(session);
      }
      try {
        return start.on(session, watcher);
      } catch (StateConflict conflict) {
        // An agent of the lost connection may have started it since.
        if (started || !isKnownTo(session)) {
          throw conflict;
        }
        return taken(session);
      }
    };
  }

  private boolean isKnownTo(HostSession session) {
    return session.list().runs().stream().anyMatch(known -> known.id().equals(run));
  }

  private Optional<RunResult> taken(HostSession session) {
    if (!started) {
      began();
    }
    return session.follow(run, position, this);
  }

  @Override
  public void happened(Event event) {
    var behind = position.after(event);
    switch (event) {
      case Event.Started begun -> {
        if (!started) {
          began();
        }
      }
      case Event.OutputChunk(var bytes) -> progress.accept(new Progress.Output(bytes));
      case Event.JobEvent job -> progress.accept(new Progress.Happened(job));
      case Event.Waiting(var why) -> progress.accept(new Progress.Step("Waiting " + why));
      case Event.Cancelling cancelling ->
          progress.accept(new Progress.Warning("cancelling run " + run));
    }
    position = behind;
    moved = true;
  }

  private void began() {
    started = true;
    progress.accept(new Progress.Running(run.text(), host, this::leave));
    if (wishes.detach()) {
      leave();
    }
  }

  @Override
  public boolean wantsJobEvents() {
    return wishes.jobEvents();
  }

  @Override
  public boolean leaves() {
    return leaving;
  }

  private synchronized void leave() {
    leaving = true;
    if (follower != null) {
      follower.interrupt();
    }
  }

  /// An interrupt that was meant for the following is not one for what comes after it.
  private synchronized void follows(@Nullable Thread thread) {
    if (thread == null && leaving) {
      Thread.interrupted();
    }
    follower = thread;
    if (thread != null && leaving) {
      thread.interrupt();
    }
  }

  private RunReport interrupted(InterruptedException e) {
    if (leaving) {
      return new RunReport(host, run, Optional.empty());
    }
    Thread.currentThread().interrupt();
    throw new Cancelled(
        "given up while there was no connection",
        host,
        "the host could not be told to end the run",
        "`ansible-venv cancel " + run + " --on " + host + "` does",
        e);
  }
}
