package dev.ansiblevenv.core.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The passwords that a run is given.
///
/// @param vaults of [vault
///   ids](https://docs.ansible.com/ansible/latest/vault_guide/vault_managing_passwords.html), in
///   the order in which Ansible tries them
/// @param vaultPasswordFile instead of the file that the project's `ansible.cfg` names
/// @param environment variables of this machine that the run gets
/// @param answers to `vars_prompt`, by variable, in the order in which plays ask for it
public record RunSecrets(
    List<Vault> vaults,
    Optional<Secret> vaultPasswordFile,
    Optional<Secret> becomePassword,
    Map<String, String> environment,
    Map<String, List<String>> answers) {

  public static final RunSecrets NONE =
      new RunSecrets(List.of(), Optional.empty(), Optional.empty(), Map.of(), Map.of());

  public RunSecrets {
    vaults = List.copyOf(vaults);
    environment = Map.copyOf(environment);
    answers = Map.copyOf(answers);
  }

  /// With these variables besides those that it has.
  public RunSecrets passing(Map<String, String> more) {
    var all = new HashMap<>(environment);
    all.putAll(more);
    return new RunSecrets(vaults, vaultPasswordFile, becomePassword, all, answers);
  }

  /// Without what is secret.
  @Override
  public String toString() {
    return "RunSecrets[vaults=%s, environment=%s, answers=%s]"
        .formatted(vaults, environment.keySet(), answers.keySet());
  }

  private static void putJson(Map<String, Object> message, String name, Map<String, ?> content) {
    if (content.isEmpty()) {
      return;
    }
    try {
      message.put(name, Base64.getEncoder().encodeToString(JSON.std.asBytes(content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param label of the vault id; without comma and `@`
  public record Vault(String label, Secret secret) {}

  Map<String, Object> message() {
    var message = new LinkedHashMap<String, Object>();
    if (!vaults.isEmpty()) {
      message.put(
          "vault_ids",
          vaults.stream()
              .map(vault -> Map.of("label", vault.label(), "content", vault.secret().base64()))
              .toList());
    }
    vaultPasswordFile.ifPresent(secret -> message.put("vault_password_file", secret.base64()));
    becomePassword.ifPresent(secret -> message.put("become_password", secret.base64()));
    putJson(message, "environment", environment);
    putJson(message, "prompts", answers);
    return message;
  }
}
