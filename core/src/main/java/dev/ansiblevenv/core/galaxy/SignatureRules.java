package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.diagnostic.InvalidInput;
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
  static Optional<SignatureRules> read(AnsibleConfiguration configuration, Path project) {
    var disabled =
        configuration
            .get("ANSIBLE_GALAXY_DISABLE_GPG_VERIFY", "galaxy", "disable_gpg_verify")
            .map(GalaxyServers::isYes)
            .orElse(false);
    var keyring = configuration.get("ANSIBLE_GALAXY_GPG_KEYRING", "galaxy", "gpg_keyring");
    if (disabled || keyring.isEmpty()) {
      return Optional.empty();
    }
    var text =
        configuration
            .get(
                "ANSIBLE_GALAXY_REQUIRED_VALID_SIGNATURE_COUNT",
                "galaxy",
                "required_valid_signature_count")
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
            "ANSIBLE_GALAXY_IGNORE_SIGNATURE_STATUS_CODES",
            "galaxy",
            "ignore_signature_status_codes");
    return Optional.of(
        new SignatureRules(
            project.resolve(configuration.path(keyring.get())).toAbsolutePath().normalize(),
            Optional.ofNullable(count.group(2)).map(Integer::valueOf),
            count.group(1) != null,
            Set.copyOf(
                ignored.stream().map(code -> code.toUpperCase(Locale.ROOT)).distinct().toList())));
  }
}
