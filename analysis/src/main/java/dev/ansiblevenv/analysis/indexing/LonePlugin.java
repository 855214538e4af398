package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import dev.ansiblevenv.analysis.python.Distributions;
import java.util.List;
import java.util.Optional;

/// What a plugin needs that belongs to no collection: one beside a playbook or in a role.
public final class LonePlugin {

  private LonePlugin() {}

  /// Whether only the name of an imported module says which package it may come from: it may as
  /// well be a file of the project's, or of the operating system.
  public static boolean isGuess(PluginNeed need) {
    return switch (need.why()) {
      case IMPORT, CHECKED -> !Distributions.isKnown(need.requirement());
      case DOCUMENTED, SYSTEM -> false;
    };
  }

  /// @param source of the plugin, in Python
  public static List<PluginNeed> needs(String source) {
    var file = new SourceFile("", "plugin.py");
    var tree = new SourceTree(_ -> Optional.empty());
    tree.hold(file, source);
    return new PluginNeeds(tree, _ -> RequirementFiles.none(), true).of("plugin", file);
  }
}
