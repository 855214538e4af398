package dev.ansiblevenv.orchestration.secret;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the passwords of a run come from, as Ansible's options of the same names say it. Files and
/// scripts are those of this machine.
///
/// @param vaultIds `LABEL@SOURCE` or `SOURCE`; a source is a file, an executable one that prints
///   the password, or `prompt`
/// @param vaultPasswordFiles files or executables
/// @param becomePasswordFile file or executable
/// @param passedVariables names of this machine's environment variables that the run gets
/// @param given the extra variables of the call, which plays do not ask for; empty where no play
///   asks, since none runs
public record SecretSources(
    List<String> vaultIds,
    List<String> vaultPasswordFiles,
    boolean askVaultPassword,
    Optional<String> becomePasswordFile,
    boolean askBecomePassword,
    List<String> passedVariables,
    Optional<Set<String>> given) {

  /// Only what the project's `ansible.cfg` and the environment name.
  public static final SecretSources CONFIGURED =
      new SecretSources(
          List.of(), List.of(), false, Optional.empty(), false, List.of(), Optional.of(Set.of()));

  public SecretSources {
    vaultIds = List.copyOf(vaultIds);
    vaultPasswordFiles = List.copyOf(vaultPasswordFiles);
    passedVariables = List.copyOf(passedVariables);
  }
}
