package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.orchestration.fleet.FleetProgress;
import dev.ansiblevenv.orchestration.fleet.HostOutcome;
import dev.ansiblevenv.orchestration.process.Progress;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Shows how an operation on many hosts goes on, on standard error: a line for each host that is
/// done, and on a terminal one line below them that counts. Nothing of two hosts is mixed. Safe for
/// use by several threads.
///
/// @param <R> what the operation gives for a host
public final class FleetLines<R> implements Consumer<FleetProgress<R>>, Pausable, AutoCloseable {

  private final Output output;
  private final HostWords<R> words;
  private final ProgressLines together;
  private final Set<String> running = new HashSet<>();
  private final Set<String> hints = new HashSet<>();
  private boolean counting;
  private int chosen;
  private int done;
  private int bad;

  public FleetLines(Output output, HostWords<R> words) {
    this.output = output;
    this.words = words;
    this.together = new ProgressLines(output);
  }

  @Override
  public synchronized void accept(FleetProgress<R> progress) {
    switch (progress) {
      case FleetProgress.Together<R>(var step) -> together.accept(step);
      case FleetProgress.Chosen<R>(var hosts) -> {
        together.close();
        chosen = hosts;
      }
      case FleetProgress.Begun<R>(var host) -> running.add(host);
      case FleetProgress.OnHost<R>(var host, Progress.Warning(var text)) -> {
        erase();
        output.line(Label.WARNING, host + ": " + text);
      }
      case FleetProgress.OnHost<R> other -> {}
      case FleetProgress.Ended<R>(var outcome) -> ended(outcome);
    }
    count();
  }

  @Override
  public synchronized void close() {
    together.close();
    erase();
  }

  @Override
  public synchronized <T> T whilePaused(Supplier<T> work) {
    erase();
    return work.get();
  }

  private void ended(HostOutcome<R> outcome) {
    running.remove(outcome.host());
    done++;
    bad += outcome.isGood() ? 0 : 1;
    erase();
    outcome.failure().ifPresent(failure -> failed(outcome.host(), failure));
    outcome
        .result()
        .ifPresent(result -> {
          var said = words.said(result);
          if (!outcome.isGood() || !said.isEmpty()) {
            output.note(
                outcome.host()
                    + ": "
                    + HostsView.status(outcome)
                    + " in "
                    + Elapsed.of(outcome.time())
                    + (said.isEmpty() ? "" : ", " + said));
          }
          if (!outcome.isGood()) {
            words.below(result).forEach(line -> output.note("  | " + line));
          }
        });
  }

  private void failed(String host, Failure failure) {
    var why = failure.why().isEmpty() ? "" : ": " + failure.why();
    output.line(Label.ERROR, host + ": " + failure.what() + why);
    if (!failure.next().isEmpty() && hints.add(failure.next())) {
      output.line(Label.HINT, failure.next());
    }
  }

  private void count() {
    var console = output.console();
    if (console.errIsTerminal() && chosen > 0 && done < chosen) {
      var text =
          done
              + " of "
              + chosen
              + " done, "
              + running.size()
              + " running"
              + (bad == 0 ? "" : ", " + bad + " failed");
      console
          .err()
          .print(
              Console.ERASE_LINE + text.substring(0, Math.min(text.length(), console.width() - 1)));
      console.err().flush();
      counting = true;
    }
  }

  private void erase() {
    if (counting) {
      output.console().err().print(Console.ERASE_LINE);
      counting = false;
    }
  }
}
