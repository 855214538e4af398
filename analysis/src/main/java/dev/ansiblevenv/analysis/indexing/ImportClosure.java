package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.python.Definition;
import dev.ansiblevenv.analysis.python.Guard;
import dev.ansiblevenv.analysis.python.PythonFile;
import dev.ansiblevenv.analysis.python.PythonImport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a plugin imports, itself and through the files of collections that it imports. A function
/// or class of another file counts only where its name is mentioned by what counts, so that what a
/// large `module_utils` file can do for others is not held against this plugin.
final class ImportClosure {

  /// An import with the guarded import of a whole file that it stands behind.
  private record Gated(PythonImport statement, SourceFile file, @Nullable Gated gate) {

    boolean guarded() {
      return statement.guard() != Guard.NONE || gate != null;
    }
  }

  private record Loading(SourceFile file, @Nullable Gated gate) {}

  private final SourceTree tree;
  private final SourceFile entry;
  private final Map<SourceFile, Loading> loadings = new LinkedHashMap<>();
  private final Set<String> mentioned = new HashSet<>();
  private final Set<String> checks = new HashSet<>();
  private final Map<SourceFile, Set<String>> reached = new HashMap<>();

  private ImportClosure(SourceTree tree, SourceFile entry) {
    this.tree = tree;
    this.entry = entry;
  }

  static ImportClosure of(SourceTree tree, SourceFile plugin) {
    var closure = new ImportClosure(tree, plugin);
    closure.load();
    closure.reach();
    return closure;
  }

  /// Whether what counts mentions the name.
  boolean mentions(String name) {
    return mentioned.contains(name);
  }

  private void load() {
    Deque<Loading> open = new ArrayDeque<>(List.of(new Loading(entry, null)));
    while (!open.isEmpty()) {
      var loading = open.removeFirst();
      var before = loadings.get(loading.file());
      var file = tree.file(loading.file());
      if (file == null || before != null && (before.gate() == null || loading.gate() != null)) {
        continue;
      }
      loadings.put(loading.file(), loading);
      for (var statement : file.imports()) {
        if (SourceTree.isOfCollection(statement) && counts(statement)) {
          var gate =
              statement.guard() == Guard.NONE
                  ? loading.gate()
                  : new Gated(statement, loading.file(), loading.gate());
          for (var next : tree.loaded(loading.file(), statement)) {
            open.add(new Loading(next, gate));
          }
        }
      }
    }
  }

  private static boolean counts(PythonImport statement) {
    return statement.guard() != Guard.TYPE_CHECKING && statement.guard() != Guard.FALLBACK;
  }

  private void reach() {
    for (var more = true; more; ) {
      more = false;
      for (var source : loadings.keySet()) {
        var file = tree.file(source);
        var names = reached.computeIfAbsent(source, _ -> new HashSet<>());
        if (file != null && names.size() < file.definitions().size()) {
          more |= reach(source, file, names);
        }
      }
    }
  }

  private boolean reach(SourceFile source, PythonFile file, Set<String> names) {
    var more = false;
    for (var definition : file.definitions().entrySet()) {
      var name = definition.getKey();
      if ((name.isEmpty() || source.equals(entry) || mentioned.contains(name)) && names.add(name)) {
        add(definition.getValue());
        more = true;
      }
    }
    return more;
  }

  private void add(Definition definition) {
    mentioned.addAll(definition.mentions());
    checks.addAll(definition.checks());
  }

  List<ForeignImport> imports() {
    var imports = new ArrayList<ForeignImport>();
    for (var loading : loadings.values()) {
      var file = tree.file(loading.file());
      if (file == null) {
        continue;
      }
      for (var statement : file.imports()) {
        if (!SourceTree.isOfCollection(statement)
            && counts(statement)
            && isReached(loading, statement)) {
          var gated = new Gated(statement, loading.file(), loading.gate());
          var checked = isChecked(gated);
          for (var module : modules(statement)) {
            imports.add(
                new ForeignImport(
                    module,
                    tree.distribution(module),
                    loading.file().collection(),
                    loading.file().equals(entry),
                    gated.guarded(),
                    checked));
          }
        }
      }
    }
    return imports;
  }

  private boolean isReached(Loading loading, PythonImport statement) {
    return reached.getOrDefault(loading.file(), Set.of()).contains(statement.definition());
  }

  private boolean isChecked(Gated gated) {
    var statement = gated.statement();
    var fails =
        statement.guard() == Guard.NONE
            || statement.refused()
            || statement.flags().stream().anyMatch(checks::contains);
    return fails && (gated.gate() == null || isChecked(gated.gate()));
  }

  /// Of `from azure.mgmt import compute` the module is `azure.mgmt.compute`.
  private static List<String> modules(PythonImport statement) {
    var isNamespace = statement.top().equals("azure") || statement.top().equals("google");
    return isNamespace && !statement.names().isEmpty()
        ? statement.names().stream().map(name -> statement.module() + "." + name.name()).toList()
        : List.of(statement.module());
  }
}
