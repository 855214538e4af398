package dev.ansiblevenv.core.run;

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
public record RunSecrets(
    List<Vault> vaults, Optional<Secret> vaultPasswordFile, Optional<Secret> becomePassword) {

  public static final RunSecrets NONE =
      new RunSecrets(List.of(), Optional.empty(), Optional.empty());

  public RunSecrets {
    vaults = List.copyOf(vaults);
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
    return message;
  }
}
