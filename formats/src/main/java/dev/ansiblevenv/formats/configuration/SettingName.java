package dev.ansiblevenv.formats.configuration;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Where Ansible reads a setting: environment variables first, else keys of `ansible.cfg`. Of
/// several that are set the last one counts, as in [Ansible's configuration
/// settings](https://docs.ansible.com/ansible/latest/reference_appendices/config.html).
public record SettingName(List<String> variables, List<IniKey> keys) {

  /// @param key in lower case
  public record IniKey(String section, String key) {}

  private static final String DEFAULTS = "defaults";

  public static final SettingName HOME = of("ANSIBLE_HOME", DEFAULTS, "home");
  public static final SettingName ROLES_PATH = of("ANSIBLE_ROLES_PATH", DEFAULTS, "roles_path");
  public static final SettingName INVENTORY = of("ANSIBLE_INVENTORY", DEFAULTS, "inventory");
  public static final SettingName COLLECTIONS_PATH =
      new SettingName(
          List.of("ANSIBLE_COLLECTIONS_PATHS", "ANSIBLE_COLLECTIONS_PATH"),
          List.of(
              new IniKey(DEFAULTS, "collections_paths"), new IniKey(DEFAULTS, "collections_path")));

  /// Where Ansible looks for plugins and modules, besides what is its own or beside a playbook.
  public static final List<SettingName> PLUGINS =
      Stream.of(
              "action_plugins",
              "become_plugins",
              "cache_plugins",
              "callback_plugins",
              "cliconf_plugins",
              "connection_plugins",
              "doc_fragment_plugins",
              "filter_plugins",
              "httpapi_plugins",
              "inventory_plugins",
              "library",
              "lookup_plugins",
              "module_utils",
              "netconf_plugins",
              "strategy_plugins",
              "terminal_plugins",
              "test_plugins",
              "vars_plugins")
          .map(key -> of("ANSIBLE_" + key.toUpperCase(Locale.ROOT), DEFAULTS, key))
          .toList();

  public SettingName {
    variables = List.copyOf(variables);
    keys = List.copyOf(keys);
  }

  public static SettingName of(String variable, String section, String key) {
    return new SettingName(List.of(variable), List.of(new IniKey(section, key)));
  }
}
