package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.core.run.RunSecrets;
import dev.ansiblevenv.orchestration.secret.SecretSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Where passwords come from, under [Ansible's
/// names](https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html).
final class SecretArguments {

  private final ArgSpec vaultIds =
      Options.several(String.class, "ID", "--vault-id")
          .description(
              "A vault password: `LABEL@FILE`, `LABEL@SCRIPT` (on this machine) or `LABEL@prompt`.")
          .build();
  private final ArgSpec vaultPasswordFiles =
      Options.several(String.class, "FILE", "--vault-password-file", "--vault-pass-file")
          .description("A file with the vault password, or a script that prints it.")
          .build();
  private final ArgSpec askVaultPassword =
      Options.flag("-J", "--ask-vault-pass", "--ask-vault-password")
          .description("Ask for the vault password.")
          .build();
  private final ArgSpec becomePasswordFile =
      Options.one(String.class, "FILE", "--become-password-file", "--become-pass-file")
          .description("A file with the become password, or a script that prints it.")
          .build();
  private final ArgSpec askBecomePassword =
      Options.flag("-K", "--ask-become-pass").description("Ask for the become password.").build();

  private final ArgSpec passedVariables =
      Options.several(String.class, "NAME", "--pass-env")
          .description("Pass this environment variable of yours to the run.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    List.of(
            vaultIds,
            vaultPasswordFiles,
            askVaultPassword,
            becomePasswordFile,
            askBecomePassword,
            passedVariables)
        .forEach(spec::add);
    return spec;
  }

  /// Reads files, runs scripts and asks.
  ///
  /// @param given see [SecretSources]
  RunSecrets read(AnsibleVenvCommand program, Path playbook, Optional<Set<String>> given) {
    return program
        .operations()
        .readSecrets(
            playbook,
            new SecretSources(
                Options.all(vaultIds),
                Options.all(vaultPasswordFiles),
                Options.isGiven(askVaultPassword),
                Optional.ofNullable(becomePasswordFile.getValue()),
                Options.isGiven(askBecomePassword),
                Options.all(passedVariables),
                given),
            program.console().workingDirectory(),
            TerminalPrompt.ofThisProcess());
  }
}
