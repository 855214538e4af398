package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What Ansible's configuration says about [signatures of
/// collections](https://docs.ansible.com/ansible/latest/collections_guide/collections_installing.html#installing-collections-with-signature-verification).
///
/// @param keyring of GnuPG
/// @param count how many signatures have to be good; empty for all
/// @param isStrict whether one has to be
/// @param ignored GnuPG's status codes that make a signature count for nothing rather than as bad
public record SignatureRules(
    Path keyring, Optional<Integer> count, boolean isStrict, Set<String> ignored) {

  private static final Pattern COUNT = Pattern.compile("(\\+)?(?:([0-9]{1,6})|all)");

  /// @return empty when no keyring is configured, or nothing is to be verified
  /// @throws InvalidInput when a setting makes no sense
  static Optional<SignatureRules> read(AnsibleSettings configuration) {
    var disabled =
        configuration
            .bool(setting("ANSIBLE_GALAXY_DISABLE_GPG_VERIFY", "disable_gpg_verify"))
            .orElse(false);
    var keyring = setting("ANSIBLE_GALAXY_GPG_KEYRING", "gpg_keyring");
    if (disabled || configuration.string(keyring).orElse("").isEmpty()) {
      return Optional.empty();
    }
    var text =
        configuration
            .string(
                setting(
                    "ANSIBLE_GALAXY_REQUIRED_VALID_SIGNATURE_COUNT",
                    "required_valid_signature_count"))
            .filter(value -> !value.isEmpty())
            .orElse("1");
    var count = COUNT.matcher(text);
    if (!count.matches()) {
      throw new InvalidInput(
          "is not a number of signatures: `" + text + "`",
          "[galaxy] required_valid_signature_count",
          "it is a number or `all`, with a `+` before it if there has to be a good one",
          "");
    }
    var ignored =
        configuration.list(
            setting(
                "ANSIBLE_GALAXY_IGNORE_SIGNATURE_STATUS_CODES", "ignore_signature_status_codes"));
    return Optional.of(
        new SignatureRules(
            configuration.path(keyring).orElseThrow(),
            Optional.ofNullable(count.group(2)).map(Integer::valueOf),
            count.group(1) != null,
            Set.copyOf(
                ignored.stream().map(code -> code.toUpperCase(Locale.ROOT)).distinct().toList())));
  }

  private static SettingName setting(String variable, String key) {
    return SettingName.of(variable, "galaxy", key);
  }
}
