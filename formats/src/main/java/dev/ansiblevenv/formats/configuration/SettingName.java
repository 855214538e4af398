package dev.ansiblevenv.formats.configuration;

import java.util.List;

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

  public SettingName {
    variables = List.copyOf(variables);
    keys = List.copyOf(keys);
  }

  public static SettingName of(String variable, String section, String key) {
    return new SettingName(List.of(variable), List.of(new IniKey(section, key)));
  }
}
