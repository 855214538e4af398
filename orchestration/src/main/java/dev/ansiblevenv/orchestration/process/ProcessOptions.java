package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import java.nio.file.Path;
import java.util.List;

/// How a playbook is processed.
///
/// @param skipLint do without ansible-lint's verdict; recorded in the spec
/// @param rolesPath directories searched for roles before those of Ansible's configuration
/// @param variables extra variables of the call
/// @param requireConfinement refuse to run ansible-lint where it cannot be confined
public record ProcessOptions(
    boolean skipLint, List<Path> rolesPath, CallVariables variables, boolean requireConfinement) {

  public static final ProcessOptions DEFAULT =
      new ProcessOptions(false, List.of(), CallVariables.NONE, false);

  public ProcessOptions with(CallVariables called) {
    return new ProcessOptions(skipLint, rolesPath, called, requireConfinement);
  }
}
