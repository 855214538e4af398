package dev.ansiblevenv.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.ansiblevenv.cli.output.Printable;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.secret.Prompt;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Asks at the terminal, as `getpass` does, also where standard input and output are something
/// else. What is not to be shown is not asked for where that cannot be switched off.
///
/// @param isInteractive whether standard input is a terminal
record TerminalPrompt(boolean isInteractive) implements Prompt {

  private static final Path TERMINAL = Path.of("/dev/tty");

  /// The launcher asks the terminal, because Java cannot ask for one stream alone.
  static TerminalPrompt ofThisProcess() {
    return new TerminalPrompt(Boolean.getBoolean("ansiblevenv.in.terminal"));
  }

  @Override
  public byte[] ask(String text, boolean shown) {
    try (var terminal = FileChannel.open(TERMINAL, READ, WRITE)) {
      if (shown) {
        terminal.write(UTF_8.encode(Printable.text(text)));
        return line(terminal);
      }
      var before = stty("-g").strip();
      stty("-echo");
      try {
        terminal.write(UTF_8.encode(Printable.text(text)));
        return line(terminal);
      } finally {
        restore(before);
      }
    } catch (ClosedByInterruptException e) {
      throw new Cancelled("cancelled", "", "", "", e);
    } catch (IOException e) {
      throw new UsageFailure(
          "cannot ask for a password",
          "",
          "there is no terminal",
          "name a file or a script: `--vault-password-file`, `--vault-id LABEL@FILE`,"
              + " `--become-password-file`",
          e);
    }
  }

  @Override
  public void tell(String text) {
    try (var terminal = FileChannel.open(TERMINAL, WRITE)) {
      terminal.write(UTF_8.encode(Printable.text(text) + "\n"));
    } catch (IOException e) {
      throw new UsageFailure("cannot ask a question", "", "there is no terminal", "", e);
    }
  }

  private static byte[] line(FileChannel terminal) throws IOException {
    var line = new ByteArrayOutputStream();
    var one = ByteBuffer.allocate(1);
    while (terminal.read(one.clear()) > 0 && one.get(0) != '\n') {
      line.write(one.get(0));
    }
    if (one.position() == 0 && line.size() == 0) {
      throw new UsageFailure("nothing was typed", "", "the terminal's input ended", "");
    }
    return line.toByteArray();
  }

  /// Also for a thread that was interrupted, which could not wait for a process.
  private static void restore(String settings) throws IOException {
    var interrupted = Thread.interrupted();
    try (var terminal = FileChannel.open(TERMINAL, WRITE)) {
      stty(settings);
      terminal.write(UTF_8.encode("\n"));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String stty(String argument) throws IOException {
    var process =
        new ProcessBuilder("stty", argument)
            .redirectInput(new File(TERMINAL.toString()))
            .redirectErrorStream(true)
            .start();
    try (var output = process.getInputStream()) {
      var said = new String(output.readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("stty: " + said.strip());
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("cancelled", "", "", "", e);
    }
  }
}
