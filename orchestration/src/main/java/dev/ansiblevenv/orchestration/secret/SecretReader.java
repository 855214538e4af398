package dev.ansiblevenv.orchestration.secret;

import dev.ansiblevenv.core.galaxy.AnsibleConfiguration;
import dev.ansiblevenv.core.run.RunSecrets;
import dev.ansiblevenv.core.run.Secret;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the passwords of a run in Ansible's order: the vault ids that are configured, those that
/// were asked for, password files, and last what is typed. What Ansible only warns of is an error:
/// a file that is not there, a script that fails.
///
/// @param workingDirectory what relative names are relative to
/// @param environment the caller's
public record SecretReader(
    Path project, Path workingDirectory, Map<String, String> environment, Prompt prompt) {

  private static final String VAULT = "vault password";
  private static final String BECOME = "become password";
  private static final String DEFAULTS = "defaults";
  private static final List<String> YES = List.of("1", "true", "yes", "on", "y", "t");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)\\})");

  /// @param playbook decides which `ansible.cfg` counts
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when a password cannot be had
  /// @throws UsageFailure when options exclude each other, or there is no terminal to ask at
  public RunSecrets read(Path playbook, SecretSources sources) {
    exclude(
        sources.askVaultPassword() && !sources.vaultPasswordFiles().isEmpty(),
        "`--ask-vault-pass` and `--vault-password-file`");
    exclude(
        sources.askBecomePassword() && sources.becomePasswordFile().isPresent(),
        "`--ask-become-pass` and `--become-password-file`");
    var file = configuration(playbook);
    var settings =
        file == null
            ? AnsibleConfiguration.none(environment)
            : AnsibleConfiguration.in(file, environment);
    var vaults = new ArrayList<RunSecrets.Vault>();
    var usual =
        settings.get("ANSIBLE_VAULT_IDENTITY", DEFAULTS, "vault_identity").orElse("default");
    settings
        .list("ANSIBLE_VAULT_IDENTITY_LIST", DEFAULTS, "vault_identity_list")
        .forEach(id -> vaults.add(vault(id, usual)));
    sources.vaultIds().forEach(id -> vaults.add(vault(id, usual)));
    sources
        .vaultPasswordFiles()
        .forEach(name ->
            vaults.add(
                new RunSecrets.Vault(usual, at(VAULT, path(name, workingDirectory), usual))));
    var configured =
        configuredFile("ANSIBLE_VAULT_PASSWORD_FILE", "vault_password_file", settings, file)
            .map(path -> at(VAULT, path, usual));
    if (sources.askVaultPassword()
        || isOn(settings, "ANSIBLE_ASK_VAULT_PASS", DEFAULTS, "ask_vault_pass")) {
      vaults.add(new RunSecrets.Vault(usual, typed(VAULT, "Vault password: ")));
    }
    return new RunSecrets(
        vaults,
        configured,
        become(sources, settings, file),
        new PassedVariables(environment).of(sources.passedVariables(), "--pass-env"),
        answers(playbook, sources));
  }

  private Map<String, List<String>> answers(Path playbook, SecretSources sources) {
    return sources.given().isEmpty()
        ? Map.of()
        : new PromptAnswers(prompt).to(PlayPrompts.of(project, playbook), sources.given().get());
  }

  private static void exclude(boolean both, String options) {
    if (both) {
      throw new UsageFailure(options + " exclude each other", "", "", "give one of them");
    }
  }

  /// The one that counts for the run, too.
  private @Nullable Path configuration(Path playbook) {
    for (var directory = playbook.toAbsolutePath().normalize().getParent();
        directory != null && directory.startsWith(project);
        directory = directory.getParent()) {
      var file = directory.resolve("ansible.cfg");
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
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
    return new RunSecrets.Vault(
        label, at(VAULT, path(source, workingDirectory), at <= 0 ? "" : label));
  }

  private Optional<Secret> become(
      SecretSources sources, AnsibleConfiguration settings, @Nullable Path file) {
    if (sources.becomePasswordFile().isPresent()) {
      return sources.becomePasswordFile().map(name -> at(BECOME, path(name, workingDirectory), ""));
    }
    if (sources.askBecomePassword()
        || isOn(settings, "ANSIBLE_BECOME_ASK_PASS", "privilege_escalation", "become_ask_pass")) {
      var answer = prompt.ask("BECOME password: ");
      // Who needs none just presses enter.
      return answer.length == 0 ? Optional.empty() : Optional.of(SecretFile.typed(BECOME, answer));
    }
    return configuredFile("ANSIBLE_BECOME_PASSWORD_FILE", "become_password_file", settings, file)
        .map(path -> at(BECOME, path, ""));
  }

  private Secret at(String purpose, Path path, String label) {
    return new SecretFile(purpose, path, environment).read(label);
  }

  private Secret typed(String purpose, String text) {
    return SecretFile.typed(purpose, prompt.ask(text));
  }

  /// A name in the environment is relative to where the caller is, one in a file to the file.
  private Optional<Path> configuredFile(
      String variable, String key, AnsibleConfiguration settings, @Nullable Path file) {
    var base =
        environment.containsKey(variable) || file == null
            ? workingDirectory
            : file.resolveSibling("");
    return settings
        .get(variable, DEFAULTS, key)
        .map(name -> path(name.replace("{{CWD}}", workingDirectory.toString()), base));
  }

  private static boolean isOn(
      AnsibleConfiguration settings, String variable, String section, String key) {
    return settings
        .get(variable, section, key)
        .filter(value -> YES.stream().anyMatch(value::equalsIgnoreCase))
        .isPresent();
  }

  /// Ansible expands `~` and variables itself: the shell does not where they stand after a label.
  private Path path(String name, Path base) {
    var home = environment.getOrDefault("HOME", "");
    var text = name.equals("~") || name.startsWith("~/") ? home + name.substring(1) : name;
    var expanded =
        VARIABLE
            .matcher(text)
            .replaceAll(found -> {
              var variable = found.group(1) == null ? found.group(2) : found.group(1);
              return Matcher.quoteReplacement(environment.getOrDefault(variable, found.group()));
            });
    return base.resolve(expanded).normalize();
  }
}
