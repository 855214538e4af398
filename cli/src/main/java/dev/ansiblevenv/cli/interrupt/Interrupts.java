package dev.ansiblevenv.cli.interrupt;

import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.Pausable;
import dev.ansiblevenv.orchestration.fleet.FleetProgress;
import dev.ansiblevenv.orchestration.process.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Decides, while runs are followed, what a signal means for them: the first Ctrl-C asks on the
/// terminal, the next cancels, one more ends this process at once. A closed terminal leaves the
/// runs to go on. Where nobody can be asked, or it was said beforehand, that holds for the first
/// Ctrl-C, too, and for `kill`.
///
/// Before a run has started nothing is decided here, and a signal cancels.
public final class Interrupts implements AutoCloseable {

  private enum State {
    FOLLOWING,
    ASKING,
    LEAVING,
    CANCELLING
  }

  private final Console console;
  private final Optional<OnInterrupt> decided;
  private final Pausable lines;
  private final Thread worker = Thread.currentThread();
  private final List<Runnable> leaves = new ArrayList<>();
  private State state = State.FOLLOWING;
  private BooleanSupplier someoneIsAsked = () -> false;
  private CompletableFuture<TerminalQuestion.Answer> answer = new CompletableFuture<>();

  /// For the thread that calls the operation.
  ///
  /// @param lines wait while the question is on the terminal
  public Interrupts(Console console, Optional<OnInterrupt> decided, Pausable lines) {
    this.console = console;
    this.decided = decided;
    this.lines = lines;
  }

  /// While the run itself asks something at the terminal, Ctrl-C cancels without a question.
  public synchronized void unlessAsked(BooleanSupplier asked) {
    someoneIsAsked = asked;
  }

  /// Hears of a run that is followed from now on.
  public Consumer<Progress> watching(Consumer<Progress> next) {
    return step -> {
      if (step instanceof Progress.Running running) {
        follows(running.leave());
      }
      next.accept(step);
    };
  }

  /// The same for many hosts.
  public <R> Consumer<FleetProgress<R>> watchingMany(Consumer<FleetProgress<R>> next) {
    return step -> {
      if (step instanceof FleetProgress.OnHost<R>(var host, Progress.Running running)) {
        follows(running.leave());
      }
      next.accept(step);
    };
  }

  @Override
  public void close() {
    Signals.forget(this);
  }

  private synchronized void follows(Runnable leave) {
    if (leaves.isEmpty()) {
      Signals.listen(this);
    }
    leaves.add(leave);
    if (state == State.LEAVING) {
      leave.run();
    }
  }

  void signalled(String name) {
    var asks = false;
    synchronized (this) {
      if (name.equals("HUP")) {
        leave();
        return;
      }
      switch (state) {
        case FOLLOWING -> {
          asks =
              decided.isEmpty()
                  && name.equals("INT")
                  && console.errIsTerminal()
                  && !someoneIsAsked.getAsBoolean();
          if (asks) {
            state = State.ASKING;
            answer = new CompletableFuture<>();
          } else if (decided.equals(Optional.of(OnInterrupt.DETACH))) {
            leave();
          } else {
            cancel();
          }
        }
        case ASKING, LEAVING -> cancel();
        case CANCELLING -> Signals.endAtOnce();
      }
    }
    if (asks) {
      ask();
    }
  }

  private void ask() {
    var given = lines.whilePaused(() -> TerminalQuestion.ask(console.err(), answer));
    synchronized (this) {
      if (state != State.ASKING) {
        return;
      }
      switch (given) {
        case DETACH -> leave();
        case CANCEL -> cancel();
        case GO_ON -> {
          state = State.FOLLOWING;
          console.err().print("still following\n");
          console.err().flush();
        }
      }
    }
  }

  private synchronized void leave() {
    if (state != State.CANCELLING) {
      state = State.LEAVING;
      answer.complete(TerminalQuestion.Answer.DETACH);
      leaves.forEach(Runnable::run);
    }
  }

  private synchronized void cancel() {
    state = State.CANCELLING;
    answer.complete(TerminalQuestion.Answer.CANCEL);
    Signals.sayCancelling(console.err());
    worker.interrupt();
  }
}
