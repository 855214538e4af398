package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.orchestration.follow.Following;
import java.nio.file.Path;

/// A playbook to be run on a host in a venv of the project.
///
/// @param venv name of a profile or of a spec
/// @param colour whether the run's output may be coloured
/// @param columns the width the run's output is made for
/// @param following how it is followed
public record RunOrder(
    Path playbook,
    String host,
    String venv,
    PlaybookOptions options,
    boolean colour,
    int columns,
    Following following) {

  RunOrder in(String name) {
    return new RunOrder(playbook, host, name, options, colour, columns, following);
  }
}
