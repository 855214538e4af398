package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;

/// A plugin file beside a playbook, in a role, or in a directory that `ansible.cfg` names. Ansible
/// prefers it to any other plugin of its name, everywhere, once the playbook or role is loaded.
///
/// @param path closure-relative
/// @param text the file; a filter or test file registers names that are not its own
public record AdjacentPlugin(PluginKind kind, String name, String path, String text) {

  /// Whether the file provides a plugin of this name, as far as its text shows.
  public boolean provides(PluginKind wanted, String pluginName) {
    if (kind != wanted) {
      return false;
    }
    return switch (kind) {
      case FILTER, TEST ->
          name.equals(pluginName)
              || text.contains("'" + pluginName + "'")
              || text.contains("\"" + pluginName + "\"");
      default -> name.equals(pluginName);
    };
  }
}
