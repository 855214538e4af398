package dev.ansiblevenv.orchestration.process;

import java.nio.file.Path;
import java.util.List;

/// How a playbook is processed.
///
/// @param skipLint do without ansible-lint's verdict; recorded in the spec
/// @param rolesPath directories searched for roles before those of Ansible's configuration
public record ProcessOptions(boolean skipLint, List<Path> rolesPath) {

  public static final ProcessOptions DEFAULT = new ProcessOptions(false, List.of());
}
