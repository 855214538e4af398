package dev.ansiblevenv.orchestration.secret;

import dev.ansiblevenv.core.run.RunSecrets;
import dev.ansiblevenv.core.run.Secret;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import dev.ansiblevenv.formats.file.Boundary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the passwords of a run in Ansible's order: the vault ids that are configured, those that
/// were asked for, password files, and last what is typed. What Ansible only warns of is an error:
/// a file that is not there, a script that fails.
///
/// @param settings as they count for the playbook
/// @param workingDirectory absolute; what names on the command line are relative to
public record SecretReader(
    Path project, Path playbook, AnsibleSettings settings, Path workingDirectory, Prompt prompt) {

  private static final String VAULT = "vault password";
  private static final String BECOME = "become password";
  private static final String DEFAULTS = "defaults";

  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when a password cannot be had
  /// @throws UsageFailure when options exclude each other, or there is no terminal to ask at
  public RunSecrets read(SecretSources sources) {
    exclude(
        sources.askVaultPassword() && !sources.vaultPasswordFiles().isEmpty(),
        "`--ask-vault-pass` and `--vault-password-file`");
    exclude(
        sources.askBecomePassword() && sources.becomePasswordFile().isPresent(),
        "`--ask-become-pass` and `--become-password-file`");
    if (settings.boundary().isClosed()) {
      refuseConfigured();
    }
    var vaults = new ArrayList<RunSecrets.Vault>();
    var usual =
        settings
            .string(SettingName.of("ANSIBLE_VAULT_IDENTITY", DEFAULTS, "vault_identity"))
            .filter(value -> !value.isEmpty())
            .orElse("default");
    settings
        .list(SettingName.of("ANSIBLE_VAULT_IDENTITY_LIST", DEFAULTS, "vault_identity_list"))
        .forEach(id -> vaults.add(vault(id, usual)));
    sources.vaultIds().forEach(id -> vaults.add(vault(id, usual)));
    sources
        .vaultPasswordFiles()
        .forEach(name -> vaults.add(new RunSecrets.Vault(usual, at(VAULT, path(name), usual))));
    var configured =
        configuredFile("ANSIBLE_VAULT_PASSWORD_FILE", "vault_password_file")
            .map(path -> at(VAULT, path, usual));
    if (sources.askVaultPassword() || isOn("ANSIBLE_ASK_VAULT_PASS", DEFAULTS, "ask_vault_pass")) {
      vaults.add(new RunSecrets.Vault(usual, typed(VAULT, "Vault password: ")));
    }
    return new RunSecrets(
        vaults,
        configured,
        become(sources),
        new PassedVariables(settings.environment()).of(sources.passedVariables(), "--pass-env"),
        answers(sources));
  }

  private Map<String, List<String>> answers(SecretSources sources) {
    return sources.given().isEmpty()
        ? Map.of()
        : new PromptAnswers(prompt).to(PlayPrompts.of(project, playbook), sources.given().get());
  }

  /// The file of a project that is not trusted would be read, or run.
  private void refuseConfigured() {
    for (var key : List.of("vault_password_file", "vault_identity_list", "become_password_file")) {
      settings
          .inFile(DEFAULTS, key)
          .ifPresent(value -> {
            throw Boundary.outside(key + " = " + value.value(), "ansible.cfg:" + value.line());
          });
    }
  }

  private static void exclude(boolean both, String options) {
    if (both) {
      throw new UsageFailure(options + " exclude each other", "", "", "give one of them");
    }
  }

  private RunSecrets.Vault vault(String id, String usual) {
    var at = id.indexOf('@');
    var label = at <= 0 ? usual : id.substring(0, at);
    var source = id.substring(at + 1);
    if (label.chars().anyMatch(c -> c == ',' || Character.isISOControl(c))) {
      throw new UsageFailure(
          "`" + label + "` cannot be the label of a vault id",
          "--vault-id",
          "",
          "do without a comma");
    }
    if (source.equals("prompt")) {
      return new RunSecrets.Vault(label, typed(VAULT, "Vault password (" + label + "): "));
    }
    if (source.equals("prompt_ask_vault_pass")) {
      return new RunSecrets.Vault(label, typed(VAULT, "Vault password: "));
    }
    return new RunSecrets.Vault(label, at(VAULT, path(source), at <= 0 ? "" : label));
  }

  private Optional<Secret> become(SecretSources sources) {
    if (sources.becomePasswordFile().isPresent()) {
      return sources.becomePasswordFile().map(name -> at(BECOME, path(name), ""));
    }
    if (sources.askBecomePassword()
        || isOn("ANSIBLE_BECOME_ASK_PASS", "privilege_escalation", "become_ask_pass")) {
      var answer = prompt.ask("BECOME password: ");
      // Who needs none just presses enter.
      return answer.length == 0 ? Optional.empty() : Optional.of(SecretFile.typed(BECOME, answer));
    }
    return configuredFile("ANSIBLE_BECOME_PASSWORD_FILE", "become_password_file")
        .map(path -> at(BECOME, path, ""));
  }

  private Secret at(String purpose, Path path, String label) {
    return new SecretFile(purpose, path, settings.environment()).read(label);
  }

  private Secret typed(String purpose, String text) {
    return SecretFile.typed(purpose, prompt.ask(text));
  }

  private Optional<Path> configuredFile(String variable, String key) {
    var name = SettingName.of(variable, DEFAULTS, key);
    return settings
        .string(name)
        .filter(value -> !value.isEmpty())
        .flatMap(_ -> settings.path(name));
  }

  private boolean isOn(String variable, String section, String key) {
    return settings.bool(SettingName.of(variable, section, key)).orElse(false);
  }

  /// Ansible expands `~` and variables itself: the shell does not where they stand after a label.
  private Path path(String name) {
    return settings.expanded(name, workingDirectory);
  }
}
