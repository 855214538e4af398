package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.process.Progress;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shows what an operation is doing: steps and warnings as lines on standard error, the playbook's
/// own output byte for byte. On a terminal a step's line ends with the time that it took, from a
/// second on; in a pipe each step is one plain line, written when it begins. Safe for use by
/// several threads.
public final class ProgressLines implements Consumer<Progress>, Pausable, AutoCloseable {

  private static final Duration NOTABLE = Duration.ofSeconds(1);

  private final Output output;
  private final Console console;
  private final PrintStream run;
  private @Nullable Instant stepBegan;

  public ProgressLines(Output output) {
    this.output = output;
    this.console = output.console();
    this.run = output.run();
  }

  @Override
  public synchronized void accept(Progress progress) {
    close();
    switch (progress) {
      case Progress.Step(var text) -> begin(text);
      case Progress.Warning(var text) -> output.line(Label.WARNING, text);
      case Progress.Output(var bytes) -> write(bytes.duplicate());
      case Progress.Running running -> {}
      case Progress.Happened(var event) -> output.event(event.text());
    }
  }

  @Override
  public synchronized <T> T whilePaused(Supplier<T> work) {
    close();
    return work.get();
  }

  /// Ends the line of the last step.
  @Override
  public synchronized void close() {
    if (stepBegan != null) {
      var took = Duration.between(stepBegan, console.clock().instant());
      console.err().print(took.compareTo(NOTABLE) < 0 ? "\n" : " (" + Elapsed.of(took) + ")\n");
      stepBegan = null;
    }
  }

  private void write(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    run.write(copy, 0, copy.length);
    run.flush();
  }

  private void begin(String text) {
    console.err().print("  " + text);
    if (console.errIsTerminal()) {
      stepBegan = console.clock().instant();
    } else {
      console.err().print("\n");
    }
  }
}
