package dev.ansiblevenv.cli;

import picocli.CommandLine;

/// What the JVM is shown once, at build time, so that it records what a start needs.
public final class StartupTraining {

  private StartupTraining() {}

  public static void main(String[] args) {
    new CommandLine(new Main()).getUsageMessage();
  }
}
