package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import java.util.Locale;
import java.util.Optional;

/// The settings of one entry of `server_list`.
record ServerSettings(AnsibleSettings configuration, String server) {

  /// For a project that is not trusted, a server is the caller's or the project's as a whole: no
  /// login of the caller goes to an address that the project chose.
  Optional<String> get(String key) {
    var isClosed = configuration.boundary().isClosed();
    var isCallers = configuration.environment().containsKey(variable("url"));
    var name =
        SettingName.of(
            isClosed && !isCallers ? "" : variable(key),
            isClosed && isCallers ? "" : section(),
            key);
    return configuration.string(name).filter(value -> !value.isEmpty());
  }

  /// Where a person finds or sets it.
  String where(String key) {
    return "[" + section() + "] " + key;
  }

  InvalidInput invalid(String key, String why) {
    return new InvalidInput(
        "is not a usable Galaxy server", where(key), why, "set it, or " + variable(key));
  }

  private String section() {
    return "galaxy_server." + server;
  }

  private String variable(String key) {
    return "ANSIBLE_GALAXY_SERVER_"
        + server.toUpperCase(Locale.ROOT)
        + "_"
        + key.toUpperCase(Locale.ROOT);
  }
}
