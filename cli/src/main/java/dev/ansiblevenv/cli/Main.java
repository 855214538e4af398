package dev.ansiblevenv.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point.
@Command(name = "ansible-venv", version = "ansible-venv 0.1.0", mixinStandardHelpOptions = true)
public final class Main {

  Main() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main()).setOut(new PrintWriter(System.out, true)).execute(args));
  }
}
