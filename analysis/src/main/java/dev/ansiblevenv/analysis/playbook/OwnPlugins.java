package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plugins of the project's own by their names. Ansible prefers them to everything else under a
/// short name; the first of a name wins.
public final class OwnPlugins {

  private static final String LEGACY = "ansible.legacy.";

  private record Name(PluginKind kind, String name) {}

  private final Map<Name, AdjacentPlugin> plugins = new HashMap<>();

  public OwnPlugins(List<AdjacentPlugin> adjacent) {
    for (var plugin : adjacent) {
      plugin.names().forEach(name -> plugins.putIfAbsent(new Name(plugin.kind(), name), plugin));
    }
  }

  /// The file behind a reference; empty where the plugin comes from elsewhere.
  public Optional<AdjacentPlugin> behind(Reference.Plugin plugin) {
    var name = plugin.name();
    var local = name.startsWith(LEGACY) ? name.substring(LEGACY.length()) : name;
    return Catalogue.isFullyQualified(local)
        ? Optional.empty()
        : Optional.ofNullable(plugins.get(new Name(plugin.kind(), local)));
  }
}
