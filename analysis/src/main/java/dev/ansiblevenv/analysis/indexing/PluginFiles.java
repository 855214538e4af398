package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.CollectionContent;
import dev.ansiblevenv.analysis.catalogue.PluginFacts;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the plugins of a collection by their files.
final class PluginFiles {

  private static final Set<String> KINDS =
      Stream.concat(
              Stream.of(CollectionContent.ACTION),
              Arrays.stream(PluginKind.values()).map(PluginKind::word))
          .collect(Collectors.toUnmodifiableSet());

  private final String collection;
  private final Path root;
  private final String modules;
  private final SourceTree tree;
  private final PluginNeeds needs;

  /// Modules whose files have no code.
  private final Set<String> documented = new TreeSet<>();

  /// @param modules the directory of modules below the root
  PluginFiles(String collection, Path root, String modules, SourceTree tree, PluginNeeds needs) {
    this.collection = collection;
    this.root = root;
    this.modules = modules;
    this.tree = tree;
    this.needs = needs;
  }

  static boolean isKind(String word) {
    return KINDS.contains(word);
  }

  void addTo(CollectionContent content) throws IOException {
    for (var kind : KINDS) {
      var directory = kind.equals("module") ? modules : "plugins/" + kind;
      for (var path : files(root.resolve(directory))) {
        add(content.kind(kind), kind, directory, path);
      }
    }
    documented.forEach(
        name -> moveNeeds(name, content.kind("module"), content.kind(CollectionContent.ACTION)));
  }

  /// A module that is nothing but the documentation of its action plugin runs nowhere: what it
  /// documents, the action plugin needs.
  private static void moveNeeds(String name, PluginFacts modules, PluginFacts actions) {
    var needs = modules.needs().get(name);
    if (needs != null && actions.names().contains(name)) {
      modules.needs().remove(name);
      var all = new ArrayList<>(needs);
      for (var own : actions.needs().getOrDefault(name, List.of())) {
        if (needs.stream().noneMatch(need -> need.distribution().equals(own.distribution()))) {
          all.add(own);
        }
      }
      actions.needs().put(name, all);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .sorted()
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private void add(PluginFacts facts, String kind, String directory, Path path) {
    var below = root.resolve(directory).relativize(path).toString().replace('\\', '/');
    var dot = below.lastIndexOf('.');
    var extension = dot < 0 ? "" : below.substring(dot + 1);
    var name = (dot < 0 ? below : below.substring(0, dot)).replace('/', '.');
    var last = name.substring(name.lastIndexOf('.') + 1);
    if (last.equals("__init__")
        || last.startsWith(".")
        || name.contains("__pycache__")
        || below.startsWith(".")) {
      return;
    }
    var source = new SourceFile(collection, directory + "/" + below);
    switch (kind) {
      case "filter", "test" -> registered(facts, kind, source, name, extension);
      default -> {
        var isCode =
            extension.equals("py")
                || kind.equals("module") && (extension.equals("ps1") || extension.isEmpty());
        if (isCode && !last.startsWith("_")) {
          facts.names().add(name);
          if (extension.equals("py") && !isDocumentation(path)) {
            put(facts, name, source);
            if (kind.equals("module") && !hasCode(source)) {
              documented.add(name);
            }
          }
        }
      }
    }
  }

  private boolean hasCode(SourceFile source) {
    var file = tree.file(source);
    return file == null
        || file.definitions().size() > 1
        || file.imports().stream().anyMatch(each -> !each.module().equals("__future__"));
  }

  /// Of a module for Windows, a Python file only holds the documentation.
  private static boolean isDocumentation(Path python) {
    var name = python.getFileName().toString().replaceFirst("\\.py$", ".ps1");
    return Files.exists(python.resolveSibling(name));
  }

  /// A file of filters or tests registers names; documentation may stand beside it under each.
  private void registered(
      PluginFacts facts, String kind, SourceFile source, String name, String extension) {
    if (extension.equals("yml") || extension.equals("yaml")) {
      facts.names().add(name);
      return;
    }
    var file = extension.equals("py") ? tree.file(source) : null;
    if (file == null) {
      return;
    }
    for (var each : kind.equals("filter") ? file.filters() : file.tests()) {
      facts.names().add(each);
      put(facts, each, source);
    }
  }

  private void put(PluginFacts facts, String name, SourceFile source) {
    var found = needs.of(name, source);
    if (!found.isEmpty()) {
      facts.needs().put(name, found);
    }
  }
}
