package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import dev.ansiblevenv.orchestration.follow.Following;
import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;

/// A playbook to be run on a host in the environment it needs.
///
/// @param forceRecreate build the environment anew although a healthy one is there
/// @param push send everything that a build needs, so that the host needs no network
/// @param colour whether the run's output may be coloured
/// @param columns the width the run's output is made for
/// @param following how the run is followed
public record DeployRequest(
    Path playbook,
    String host,
    boolean forceRecreate,
    boolean push,
    ProcessOptions process,
    PlaybookOptions options,
    boolean colour,
    int columns,
    Following following) {

  private static final int USUAL_COLUMNS = 80;

  /// The playbook is processed with the variables that its run is given.
  public DeployRequest {
    process = process.with(new CallVariables(options.extraVars()));
  }

  /// With everything else as usual, for a caller without a terminal.
  public DeployRequest(Path playbook, String host, boolean forceRecreate) {
    this(
        playbook,
        host,
        forceRecreate,
        false,
        ProcessOptions.DEFAULT,
        PlaybookOptions.NONE,
        false,
        USUAL_COLUMNS,
        Following.OUTPUT);
  }

  RunOrder run(String venv) {
    return new RunOrder(playbook, host, venv, options, colour, columns, following);
  }
}
