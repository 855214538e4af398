package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import dev.ansiblevenv.analysis.python.Distribution;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a plugin needs: what its documentation requires, what it imports without a guard, and,
/// where its documentation names no Python package, what it imports with a guard and gives up
/// without.
final class PluginNeeds {

  private static final String LISTED = "collection's requirements.txt";

  /// Of `ansible.module_utils.common.respawn`.
  private static final String RESPAWN = "respawn_module";

  private final SourceTree tree;
  private final FragmentReader documentation;
  private final Function<String, RequirementFiles> files;
  private final boolean checks;

  /// @param files what a collection declares as a whole, by its name
  /// @param checks whether a guarded import that is checked counts; not in ansible-core, whose
  ///   documentation is complete
  PluginNeeds(SourceTree tree, Function<String, RequirementFiles> files, boolean checks) {
    this.tree = tree;
    this.documentation = new FragmentReader(tree);
    this.files = files;
    this.checks = checks;
  }

  /// @param source of the plugin, in Python
  List<PluginNeed> of(String name, SourceFile source) {
    var closure = ImportClosure.of(tree, source);
    var prose = documentation.requirements(name, source);
    var gathered = new GatheredNeeds(source.collection(), files);
    var imports = closure.imports().stream().map(gathered::settled).toList();
    var imported = Imported.of(imports);
    for (var text : prose) {
      RequirementProse.packages(text, imported).forEach(gathered::documented);
    }
    var optional =
        prose.stream()
            .flatMap(text -> RequirementProse.optional(text, imported).stream())
            .collect(Collectors.toUnmodifiableSet());
    // Azure's modules say so, and leave it to their base class to complain.
    var listed = prose.stream().anyMatch(text -> text.contains(LISTED));
    var silent = checks && !gathered.anyDocumented();
    for (var each : imports) {
      var counts = !each.guarded() || listed && each.own() || silent && each.checked();
      switch (each.distribution()) {
        case Distribution.OnIndex(var distribution) -> {
          if (counts && !(each.guarded() && optional.contains(distribution))) {
            gathered.imported(distribution, each);
          }
        }
        case Distribution.OfSystem(var distribution) -> gathered.system(distribution);
        case Distribution.Unknown module -> {
          if (counts && module.hints().stream().noneMatch(optional::contains)) {
            gathered.unknown(module);
          }
        }
        case Distribution.OfCore _, Distribution.Nothing _ -> {}
      }
    }
    return gathered.all(closure.mentions(RESPAWN));
  }
}
