package dev.ansiblevenv.orchestration.deploy;

import java.nio.file.Path;

/// A playbook to be run on a host in a venv of the project.
///
/// @param venv name of a profile or of a spec
/// @param colour whether the run's output may be coloured
/// @param columns the width the run's output is made for
public record RunOrder(
    Path playbook, String host, String venv, PlaybookOptions options, boolean colour, int columns) {

  RunOrder in(String name) {
    return new RunOrder(playbook, host, name, options, colour, columns);
  }
}
