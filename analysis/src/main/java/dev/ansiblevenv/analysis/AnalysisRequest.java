package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to analyse.
///
/// @param project the project directory: closure paths are relative to it
/// @param playbook the entry file
/// @param rolesPath directories searched for roles before those of the configuration
/// @param settings Ansible's configuration as it counts for the playbook
/// @param fetchedRoles directories of roles that are not the user's files, by name: looked into
///   where no role of that name is on disk, and no part of the content hash
/// @param variables extra variables of the call; the hash covers what they decide, not their values
/// @param note what the user is told about the configuration file that counts
public record AnalysisRequest(
    Path project,
    Path playbook,
    List<Path> rolesPath,
    AnsibleSettings settings,
    Map<String, Path> fetchedRoles,
    CallVariables variables,
    Optional<String> note) {

  public AnalysisRequest {
    fetchedRoles = Map.copyOf(fetchedRoles);
  }

  public AnalysisRequest(
      Path project, Path playbook, List<Path> rolesPath, AnsibleSettings settings) {
    this(project, playbook, rolesPath, settings, Map.of(), CallVariables.NONE, Optional.empty());
  }

  /// For a caller in the project directory.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the `ansible.cfg` that counts cannot be
  ///   read
  public AnalysisRequest(
      Path project, Path playbook, List<Path> rolesPath, Map<String, String> environment) {
    this(
        project,
        playbook,
        rolesPath,
        new ConfigurationLookup(project.toAbsolutePath(), project.toAbsolutePath(), environment)
            .forPlaybook(playbook.toAbsolutePath()));
  }

  public AnalysisRequest noting(Optional<String> text) {
    return new AnalysisRequest(
        project, playbook, rolesPath, settings, fetchedRoles, variables, text);
  }

  public AnalysisRequest with(CallVariables called) {
    return new AnalysisRequest(project, playbook, rolesPath, settings, fetchedRoles, called, note);
  }

  AnalysisRequest with(Map<String, Path> roles) {
    return new AnalysisRequest(project, playbook, rolesPath, settings, roles, variables, note);
  }
}
