package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.python.PythonFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads the documentation of plugins with the
/// [fragments](https://docs.ansible.com/ansible/latest/dev_guide/developing_modules_documenting.html#documentation-fragments)
/// that it extends. Those of ansible-core require nothing and are not looked up.
final class FragmentReader {

  private final SourceTree tree;

  FragmentReader(SourceTree tree) {
    this.tree = tree;
  }

  /// What the documentation of the plugin and its fragments require, in prose.
  List<String> requirements(String name, SourceFile source) {
    var requirements = new LinkedHashSet<String>();
    gather(documentation(name, source), requirements, new HashSet<>());
    return List.copyOf(requirements);
  }

  private void gather(Documentation documentation, Set<String> into, Set<String> visited) {
    into.addAll(documentation.requirements());
    for (var fragment : documentation.fragments()) {
      if (Catalogue.isFullyQualified(fragment) && visited.add(fragment)) {
        gather(fragment(fragment), into, visited);
      }
    }
  }

  private Documentation documentation(String name, SourceFile source) {
    var slash = source.path().lastIndexOf('/');
    var directory = source.path().substring(0, slash + 1);
    var stem = source.path().substring(slash + 1).replaceFirst("\\.[^.]*$", "");
    var shortName = name.substring(name.lastIndexOf('.') + 1);
    for (var base : new LinkedHashSet<>(List.of(shortName, stem))) {
      for (var extension : List.of(".yml", ".yaml")) {
        var sidecar = tree.text(new SourceFile(source.collection(), directory + base + extension));
        if (sidecar.isPresent()) {
          return Documentation.sidecar(sidecar.get());
        }
      }
    }
    var python = new SourceFile(source.collection(), directory + stem + ".py");
    var file = tree.file(python);
    return file == null ? Documentation.NONE : constant(python, file, "DOCUMENTATION");
  }

  private Documentation fragment(String fragment) {
    var collection = Catalogue.collectionOf(fragment);
    var parts =
        new ArrayList<>(List.of(fragment.substring(collection.length() + 1).split("\\.", -1)));
    var whole =
        new SourceFile(collection, "plugins/doc_fragments/" + String.join("/", parts) + ".py");
    var file = tree.file(whole);
    if (file != null) {
      return constant(whole, file, "DOCUMENTATION");
    }
    var part = parts.removeLast().toUpperCase(Locale.ROOT);
    var source =
        new SourceFile(collection, "plugins/doc_fragments/" + String.join("/", parts) + ".py");
    file = tree.file(source);
    return file == null ? Documentation.NONE : constant(source, file, part);
  }

  private Documentation constant(SourceFile source, PythonFile file, String name) {
    return file.constants()
        .text(name, statement -> tree.module(source, statement))
        .map(Documentation::parse)
        .orElse(Documentation.NONE);
  }
}
