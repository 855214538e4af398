package dev.ansiblevenv.analysis;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to analyse.
///
/// @param project the project directory: closure paths are relative to it, and Ansible's
///   `ansible.cfg` is looked for there
/// @param playbook the entry file
/// @param rolesPath directories searched for roles before those of the configuration
/// @param environment the caller's environment; only the variables that Ansible itself reads for
///   paths are looked at
/// @param fetchedRoles directories of roles that are not the user's files, by name: looked into
///   where no role of that name is on disk, and no part of the content hash
/// @param variables extra variables of the call; the hash covers what they decide, not their values
public record AnalysisRequest(
    Path project,
    Path playbook,
    List<Path> rolesPath,
    Map<String, String> environment,
    Map<String, Path> fetchedRoles,
    CallVariables variables) {

  public AnalysisRequest {
    fetchedRoles = Map.copyOf(fetchedRoles);
  }

  public AnalysisRequest(
      Path project, Path playbook, List<Path> rolesPath, Map<String, String> environment) {
    this(project, playbook, rolesPath, environment, Map.of(), CallVariables.NONE);
  }

  public AnalysisRequest with(CallVariables called) {
    return new AnalysisRequest(project, playbook, rolesPath, environment, fetchedRoles, called);
  }

  AnalysisRequest with(Map<String, Path> roles) {
    return new AnalysisRequest(project, playbook, rolesPath, environment, roles, variables);
  }
}
