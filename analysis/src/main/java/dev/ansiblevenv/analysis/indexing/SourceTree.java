package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.python.Distribution;
import dev.ansiblevenv.analysis.python.Distributions;
import dev.ansiblevenv.analysis.python.PythonFile;
import dev.ansiblevenv.analysis.python.PythonImport;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The Python files of a collection and of those that it imports from, each read once. Not safe to
/// share between threads.
final class SourceTree {

  private static final String COLLECTIONS = "ansible_collections.";

  private final Function<String, Optional<Path>> roots;
  private final Set<String> modules;
  private final Map<String, Optional<Path>> known = new HashMap<>();
  private final Map<SourceFile, Optional<PythonFile>> files = new HashMap<>();

  /// @param roots where a collection is unpacked; empty for one that is not at hand
  SourceTree(Function<String, Optional<Path>> roots) {
    this(roots, Set.of());
  }

  /// @param modules names of Python files that are nobody's but the project's
  SourceTree(Function<String, Optional<Path>> roots, Set<String> modules) {
    this.roots = roots;
    this.modules = modules;
  }

  /// What brings a module that is no file of a collection.
  ///
  /// @param module dotted
  Distribution distribution(String module) {
    var found = Distributions.of(module);
    return modules.contains(module.split("\\.", 2)[0]) && !(found instanceof Distribution.Nothing)
        ? new Distribution.Unknown(module, List.of())
        : found;
  }

  /// Takes the text for that of the file.
  void hold(SourceFile file, String text) {
    files.put(file, Optional.of(PythonFile.read(text)));
  }

  /// @return null where there is no such file
  @Nullable PythonFile file(SourceFile file) {
    return files.computeIfAbsent(file, this::read).orElse(null);
  }

  private Optional<PythonFile> read(SourceFile file) {
    return text(file).map(PythonFile::read);
  }

  Optional<String> text(SourceFile file) {
    try {
      var root = known.computeIfAbsent(file.collection(), roots);
      if (root.isEmpty()) {
        return Optional.empty();
      }
      var path = root.get().resolve(file.path());
      return Files.isRegularFile(path)
          ? Optional.of(new String(RegularFile.read(path), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Whether the statement imports from a collection.
  static boolean isOfCollection(PythonImport statement) {
    return statement.level() > 0 || statement.module().startsWith(COLLECTIONS);
  }

  /// The files that are loaded for an import from a collection: the packages on the way, the
  /// module, and those of its names that are modules.
  Set<SourceFile> loaded(SourceFile from, PythonImport statement) {
    var parts = new ArrayList<String>();
    var collection = from.collection();
    if (statement.level() > 0) {
      parts.addAll(from.parent(statement.level()));
    }
    if (!statement.module().isEmpty()) {
      parts.addAll(Arrays.asList(statement.module().split("\\.", -1)));
    }
    if (statement.level() == 0) {
      if (parts.size() < 4) {
        return Set.of();
      }
      collection = parts.get(1) + "." + parts.get(2);
      parts.subList(0, 3).clear();
    }
    var loaded = new LinkedHashSet<SourceFile>();
    for (var i = 1; i < parts.size(); i++) {
      addIfThere(collection, String.join("/", parts.subList(0, i)) + "/__init__.py", loaded);
    }
    var module = String.join("/", parts);
    module(collection, module, loaded);
    for (var name : statement.names()) {
      module(collection, module + "/" + name.name(), loaded);
    }
    return loaded;
  }

  /// The file that a name of the statement is defined in, where the statement imports a module.
  @Nullable PythonFile module(SourceFile from, PythonImport statement) {
    if (!isOfCollection(statement)) {
      return null;
    }
    var last = List.copyOf(loaded(from, statement)).reversed();
    return last.isEmpty() ? null : file(last.getFirst());
  }

  private void module(String collection, String path, Set<SourceFile> into) {
    if (!addIfThere(collection, path + ".py", into)) {
      addIfThere(collection, path + "/__init__.py", into);
    }
  }

  private boolean addIfThere(String collection, String path, Set<SourceFile> into) {
    var file = new SourceFile(collection, path);
    var there = file(file) != null;
    if (there) {
      into.add(file);
    }
    return there;
  }
}
