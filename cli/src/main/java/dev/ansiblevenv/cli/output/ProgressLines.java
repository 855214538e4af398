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
/// second on, and below a run's output one line says where the run stands; in a pipe each step is
/// one plain line, written when it begins. Safe for use by several threads.
public final class ProgressLines implements Consumer<Progress>, Pausable, AutoCloseable {

  private static final Duration NOTABLE = Duration.ofSeconds(1);
  private static final Duration LOOKS_ALIVE = Duration.ofMillis(200);

  private final Output output;
  private final Console console;
  private final PrintStream run;
  private final Duration redrawn;
  private final RunStatus status = new RunStatus();
  private @Nullable Instant stepBegan;
  private @Nullable Thread drawer;
  private String drawn = "";
  private boolean lineIsOpen;
  private boolean somebodyTypes;

  public ProgressLines(Output output) {
    this(output, LOOKS_ALIVE);
  }

  /// @param redrawn how often the line about a run is
  ProgressLines(Output output, Duration redrawn) {
    this.output = output;
    this.console = output.console();
    this.run = output.run();
    this.redrawn = redrawn;
  }

  @Override
  public synchronized void accept(Progress progress) {
    endStep();
    switch (progress) {
      case Progress.Step(var text) -> begin(text);
      case Progress.Warning(var text) -> {
        erase();
        output.line(Label.WARNING, text);
      }
      case Progress.Output(var bytes) -> {
        erase();
        write(bytes.duplicate());
      }
      case Progress.Running running -> startDrawing();
      case Progress.Happened(var event) -> {
        output.event(event.text());
        if (output.showsRunStatus()) {
          status.happened(event, console.clock().instant());
        }
      }
    }
  }

  /// Shows where the run stands, unless that would be in the middle of a line of its output.
  synchronized void draw() {
    var line = status.line(console.clock().instant(), console.width() - 1);
    var isFree = stepBegan == null && !lineIsOpen && !somebodyTypes;
    if (output.showsRunStatus() && isFree && !line.equals(drawn)) {
      console.err().print((drawn.isEmpty() ? "" : Console.ERASE_LINE) + line);
      console.err().flush();
      drawn = line;
    }
  }

  /// Leaves the terminal's last line to somebody who types, or takes it back.
  public synchronized void letType(boolean types) {
    erase();
    somebodyTypes = types;
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      console.err().print(Console.ERASE_LINE);
      console.err().flush();
      drawn = "";
    }
  }

  private void startDrawing() {
    if (output.showsRunStatus() && drawer == null) {
      drawer = Thread.ofVirtual().name("run status").start(this::keepDrawing);
    }
  }

  private void keepDrawing() {
    try {
      while (true) {
        Thread.sleep(redrawn);
        draw();
      }
    } catch (InterruptedException e) {
      // The run is followed no longer.
    }
  }

  /// Nothing is shown of a run any more, and the line of the last step ends.
  @Override
  public synchronized void close() {
    if (drawer != null) {
      drawer.interrupt();
      drawer = null;
    }
    erase();
    endStep();
  }

  @Override
  public synchronized <T> T whilePaused(Supplier<T> work) {
    erase();
    endStep();
    return work.get();
  }

  private void endStep() {
    if (stepBegan != null) {
      var took = Duration.between(stepBegan, console.clock().instant());
      console.err().print(took.compareTo(NOTABLE) < 0 ? "\n" : " (" + Elapsed.of(took) + ")\n");
      stepBegan = null;
    }
  }

  private void write(ByteBuffer bytes) {
    var length = bytes.remaining();
    run.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
    run.flush();
    lineIsOpen =
        console.outIsTerminal() && length > 0 && bytes.get(bytes.position() + length - 1) != '\n';
  }

  private void begin(String text) {
    erase();
    console.err().print("  " + Printable.text(text));
    if (console.errIsTerminal()) {
      stepBegan = console.clock().instant();
    } else {
      console.err().print("\n");
    }
  }
}
