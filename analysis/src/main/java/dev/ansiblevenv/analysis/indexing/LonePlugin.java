package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import java.util.List;
import java.util.Optional;

/// What a plugin needs that belongs to no collection: one beside a playbook or in a role.
public final class LonePlugin {

  private LonePlugin() {}

  /// @param source of the plugin, in Python
  public static List<PluginNeed> needs(String source) {
    var file = new SourceFile("", "plugin.py");
    var tree = new SourceTree(_ -> Optional.empty());
    tree.hold(file, source);
    return new PluginNeeds(tree, _ -> RequirementFiles.none(), true).of("plugin", file);
  }
}
