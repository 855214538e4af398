package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.inventory.VariableFileNames;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Files of variables: `vars_files`, `include_vars`, `group_vars/` and `host_vars/`, and those of
/// roles.
final class VariableFiles {

  private final ClosureReader reader;

  VariableFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// @return the file's root; empty for an empty or encrypted file
  Optional<Node> read(Context context, Path file) {
    var root = reader.yaml().read(file, FileKind.DATA, context.certain());
    if (reader.visit("variables", file)) {
      root.ifPresent(node -> {
        var inside = context.in(file).with(context.scope().with(node));
        reader.later(() -> reader.strings().templates(inside, node));
      });
    }
    return root;
  }

  /// A play's `vars_files`; an entry that is a list names the first of several that exists.
  Scope varsFiles(Context context, @Nullable Node node) {
    var scope = context.scope();
    var entries = node instanceof SequenceNode list ? list.getValue() : listOf(node);
    for (var entry : entries) {
      var text = YamlMapping.text(entry);
      var inside = context.with(scope);
      var found =
          text == null
              ? reader.named().each(inside, "vars", firstOf(entry))
              : reader.named().named(inside, "vars", text);
      for (var file : found.files()) {
        scope = scope.with(read(context.onlyIf(found.certain()), file).orElse(null));
      }
      if (found.files().isEmpty()) {
        var site = reader.site(context, YamlMapping.lineOf(entry));
        reader.add(new Reference.Unknown(site, "vars", text == null ? "vars_files" : text));
      }
    }
    return scope;
  }

  private static List<Value> firstOf(Node entry) {
    return List.of(new Value.FirstFound(List.of(new Value.Data(entry))));
  }

  private static List<Node> listOf(@Nullable Node node) {
    return node == null || YamlMapping.text(node) == null ? List.of() : List.of(node);
  }

  /// The module `include_vars`.
  void include(Context context, Action action, Site site) {
    var directory = action.argument("dir");
    if (directory != null) {
      includeDirectory(context, directory, site);
      return;
    }
    var name = action.freeOr("file");
    if (name == null) {
      return;
    }
    var found = reader.named().named(context, "vars", name);
    found.files().forEach(file -> read(context.onlyIf(found.certain()), file));
    if (found.files().isEmpty()) {
      reader.add(new Reference.Unknown(site, "vars", name));
    }
  }

  private void includeDirectory(Context context, String name, Site site) {
    var bases = new LinkedHashSet<Path>();
    if (context.role() != null) {
      bases.add(context.role().resolve("vars"));
      bases.add(context.role());
    }
    bases.add(context.directory());
    bases.add(context.basedir());
    var evaluator = new Evaluator(context.scope());
    for (var pattern : evaluator.texts(evaluator.values(name))) {
      var found = new ArrayList<Path>();
      for (var base : bases) {
        if (found.isEmpty() && FileSearch.saysSomething(pattern)) {
          reader
              .search()
              .matches(base, pattern)
              .filter(path ->
                  reader.files().isDirectory(path)
                      || FileSearch.isKnown(pattern)
                          && Files.isDirectory(path)
                          && reader.files().admit(path, pattern))
              .forEach(found::add);
        }
      }
      found.forEach(
          directory -> included(directory).forEach(file -> read(context.onlyIf(false), file)));
      if (found.isEmpty()) {
        reader.add(new Reference.Unknown(site, "vars", name));
      }
    }
  }

  /// `group_vars/` and `host_vars/` beside the playbook and the inventories. Which of them a run
  /// reads depends on the inventory; only `all` is read in every run.
  void ofHosts(Context context) {
    beside(context, context.basedir());
    reader.inventoryDirectories().forEach(directory -> beside(context, directory));
  }

  private void beside(Context context, Path directory) {
    if (!reader.visit("groups", directory)) {
      return;
    }
    for (var kind : List.of("group_vars", "host_vars")) {
      for (var path : reader.files().list(directory.resolve(kind))) {
        if (!VariableFileNames.isHidden(name(path)) && counts(path)) {
          var certain = kind.equals("group_vars") && stem(path).equals("all");
          inDirectory(path).forEach(file -> read(context.onlyIf(certain), file));
        }
      }
    }
  }

  /// The files of a group or host.
  ///
  /// @param directory `group_vars` or `host_vars`
  List<Path> ofName(Path directory, String name) {
    for (var extension : VariableFileNames.EXTENSIONS) {
      var place = FileSearch.resolved(directory, name + extension);
      if (place != null && reader.files().exists(place)) {
        return inDirectory(place);
      }
    }
    return List.of();
  }

  /// Of `web`, `web.yml`, `web.yaml` and `web.json` only the first counts. A directory is one of a
  /// group or host that has its whole name.
  private boolean counts(Path path) {
    if (reader.files().isDirectory(path)) {
      return true;
    }
    var rank = VariableFileNames.EXTENSIONS.indexOf(VariableFileNames.extension(name(path)));
    return rank >= 0
        && VariableFileNames.EXTENSIONS.subList(0, rank).stream()
            .noneMatch(earlier -> reader.files().exists(path.resolveSibling(stem(path) + earlier)));
  }

  /// The files of variables in a directory and those below it, or a file itself, as Ansible's
  /// `find_vars_files` finds them: directories with an extension are backups.
  List<Path> inDirectory(Path path) {
    return reader
        .files()
        .below(
            path,
            each ->
                !each.equals(path)
                    && !VariableFileNames.isRead(name(each), reader.files().isDirectory(each)));
  }

  /// The files that `include_vars: {dir: …}` reads, hidden ones and those of all directories.
  private List<Path> included(Path directory) {
    return reader.files().below(directory, _ -> false).stream()
        .filter(file -> {
          var extension = VariableFileNames.extension(name(file));
          return !extension.isEmpty() && VariableFileNames.EXTENSIONS.contains(extension);
        })
        .toList();
  }

  private static String stem(Path path) {
    var name = name(path);
    return name.substring(0, name.length() - VariableFileNames.extension(name).length());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
