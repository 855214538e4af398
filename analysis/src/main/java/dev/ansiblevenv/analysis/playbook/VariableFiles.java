package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.inventory.VariableFileNames;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Files of variables: `vars_files`, `include_vars`, `group_vars/` and `host_vars/`, and those of
/// roles.
final class VariableFiles {

  /// Options of `include_vars` that leave out files or choose others.
  private static final List<String> LIMITING =
      List.of("depth", "files_matching", "ignore_files", "extensions", "hash_behaviour");

  private final ClosureReader reader;
  private final Map<Path, Map<String, Node>> contents = new HashMap<>();
  private final Set<Path> ofHosts = new HashSet<>();

  VariableFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// @return the file's root; empty for an empty or encrypted file
  Optional<Node> read(Context context, Path file) {
    var root = reader.yaml().read(file, FileKind.DATA, context.certain());
    root.ifPresent(node -> {
      var first = reader.enter(context, "variables", file);
      if (first != null) {
        var inside = first.in(file).with(first.scope().withUnsure(Level.ROLE_DEFAULTS, node));
        reader.later(() -> reader.strings().templates(inside, node));
      }
    });
    return root;
  }

  /// A play's `vars_files`; an entry that is a list names the first of several that exists.
  Scope varsFiles(Context context, @Nullable Node node) {
    var scope = context.scope();
    var entries = node instanceof SequenceNode list ? list.getValue() : listOf(node);
    for (var entry : entries) {
      var inside = context.with(scope);
      var found = named(inside, entry);
      var surely = found.certain() && found.files().size() == 1;
      for (var file : found.files()) {
        var root = read(context.onlyIf(found.certain()), file).orElse(null);
        scope =
            surely ? scope.with(Level.VARS_FILES, root) : scope.withUnsure(Level.VARS_FILES, root);
      }
      if (!surely) {
        var later = new HashMap<String, Value>();
        scope = scope.withUnsure(Level.VARS_FILES, later);
        reader.decide(true, () -> foundLater(inside, entry, later));
      }
    }
    return scope;
  }

  private FileSearch.Found named(Context context, Node entry) {
    var text = YamlMapping.text(entry);
    return text == null
        ? reader.named().each(context, "vars", firstOf(entry))
        : reader.named().named(context, "vars", text, Level.Stage.VARS_FILES);
  }

  /// Which files there are may depend on what is read after the play began.
  private void foundLater(Context context, Node entry, Map<String, Value> variables) {
    var found = named(context, entry);
    for (var file : found.files()) {
      var root = read(context.onlyIf(false), file).orElse(null);
      Scope.values(root)
          .forEach((name, value) -> {
            var before = variables.get(name);
            var all = new LinkedHashSet<Value>(Value.each(before));
            if (all.add(value)) {
              variables.put(name, new Value.OneOf(List.copyOf(all)));
              reader.changed();
            }
          });
    }
    if (found.files().isEmpty() || found.open()) {
      var text = YamlMapping.text(entry);
      var site = reader.site(context, YamlMapping.lineOf(entry));
      reader.add(new Reference.Unknown(site, "vars", text == null ? "vars_files" : text));
    }
  }

  private static List<Value> firstOf(Node entry) {
    return List.of(new Value.FirstFound(List.of(new Value.Data(entry))));
  }

  private static List<Node> listOf(@Nullable Node node) {
    return node == null || YamlMapping.text(node) == null ? List.of() : List.of(node);
  }

  /// The module `include_vars`.
  void include(Context context, Action action, Site site) {
    var files = included(context, action, site);
    if (isWholeDirectory(action)) {
      assign(together(context, action, files));
    } else {
      files.forEach(file -> assign(together(context, action, List.of(file))));
    }
  }

  private void assign(Map<String, Value> variables) {
    variables.forEach((name, value) -> reader.assignments().add(Level.INCLUDE_VARS, name, value));
  }

  /// What the module surely sets where its arguments are no templates.
  Map<String, Value> surelyIncluded(Context context, Action action) {
    var files = included(context, action, null);
    return isWholeDirectory(action) || files.size() == 1
        ? together(context, action, files)
        : Map.of();
  }

  private static boolean isWholeDirectory(Action action) {
    return action.argument("dir") != null
        && !action.isComputed()
        && LIMITING.stream().noneMatch(option -> action.argument(option) != null);
  }

  /// Of several files the last wins.
  private Map<String, Value> together(Context context, Action action, List<Path> files) {
    var variables = new HashMap<String, Value>();
    for (var file : files) {
      var root = reader.yaml().read(file, FileKind.DATA, false).orElse(null);
      variables.putAll(under(context, action, root));
    }
    return variables;
  }

  /// The variables of a file; with `name`, they are members of one variable.
  private static Map<String, Value> under(Context context, Action action, @Nullable Node root) {
    var name = action.argument("name");
    if (name == null) {
      return Scope.values(root);
    }
    var variables = new HashMap<String, Value>();
    if (root != null) {
      for (var each : new Evaluator(context.scope()).names(name)) {
        variables.put(each, new Value.Data(root));
      }
    }
    return variables;
  }

  private List<Path> included(Context context, Action action, @Nullable Site site) {
    var directory = action.argument("dir");
    if (directory != null) {
      return includedDirectory(context, directory, site);
    }
    var name = action.freeOr("file");
    if (name == null) {
      return List.of();
    }
    var found = reader.named().named(context, "vars", name);
    found.files().forEach(file -> read(context.onlyIf(found.certain()), file));
    if (site != null && (found.files().isEmpty() || found.open())) {
      reader.add(new Reference.Unknown(site, "vars", name));
    }
    return found.files();
  }

  private List<Path> includedDirectory(Context context, String name, @Nullable Site site) {
    var all = new ArrayList<Path>();
    var bases = new LinkedHashSet<Path>();
    if (context.role() != null) {
      bases.add(context.role().resolve("vars"));
      bases.add(context.role());
    }
    bases.add(context.place().directory());
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
      for (var directory : found) {
        for (var file : included(directory)) {
          read(context.onlyIf(false), file);
          all.add(file);
        }
      }
      if (site != null && (found.isEmpty() || !FileSearch.isKnown(pattern))) {
        reader.add(new Reference.Unknown(site, "vars", name));
      }
    }
    return all;
  }

  /// `group_vars/` and `host_vars/` beside the playbook and the inventories. Which of them a run
  /// reads depends on the inventory; only `all` is read in every run.
  void ofHosts(Context context) {
    beside(context, context.basedir());
    reader.inventoryDirectories().forEach(directory -> beside(context, directory));
  }

  /// Whether the file is one of those that {@link #ofHosts} reads.
  boolean areOfHosts(Path file) {
    return ofHosts.contains(file);
  }

  private void beside(Context context, Path directory) {
    if (!reader.visit("groups", directory)) {
      return;
    }
    for (var kind : List.of("group_vars", "host_vars")) {
      for (var path : reader.files().list(directory.resolve(kind))) {
        if (!VariableFileNames.isHidden(name(path)) && counts(path)) {
          var certain = kind.equals("group_vars") && stem(path).equals("all");
          for (var file : inDirectory(path)) {
            ofHosts.add(file);
            read(context.onlyIf(certain), file);
          }
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

  /// The files of all groups or hosts.
  ///
  /// @param directory `group_vars` or `host_vars`
  List<Path> inDirectoryOf(Path directory) {
    return reader.files().list(directory).stream()
        .filter(path -> !VariableFileNames.isHidden(name(path)) && counts(path))
        .flatMap(path -> inDirectory(path).stream())
        .toList();
  }

  /// The variables of a file; none where it cannot be read.
  Map<String, Node> of(Path file) {
    return contents.computeIfAbsent(
        file,
        path -> {
          var root = reader.yaml().read(path, FileKind.DATA, false).orElse(null);
          var mapping = YamlMapping.of(root);
          var variables = new HashMap<String, Node>();
          if (mapping != null) {
            mapping.entries().forEach(entry -> variables.put(entry.key(), entry.value()));
          }
          return variables;
        });
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
