package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a plugin needs that belongs to no collection: one beside a playbook or in a role.
public final class LonePlugin {

  private LonePlugin() {}

  /// @param source of the plugin, in Python
  /// @param listed distributions that the project's requirements files name, normalised: they say
  ///   which one a module is in
  /// @param modules names of the project's own Python files: an import of one means the file
  public static List<PluginNeed> needs(String source, Set<String> listed, Set<String> modules) {
    var file = new SourceFile("", "plugin.py");
    var tree = new SourceTree(_ -> Optional.empty(), modules);
    tree.hold(file, source);
    var packages = new TreeMap<String, List<PackageRequirement>>();
    for (var name : listed) {
      packages.put(name, List.of(new PackageRequirement(name, "", "", "")));
    }
    var files = new RequirementFiles(packages, List.of());
    return new PluginNeeds(tree, _ -> files, true).of("plugin", file);
  }
}
