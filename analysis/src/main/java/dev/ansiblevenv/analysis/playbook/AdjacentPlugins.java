package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.python.PythonFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Plugins of the project's own: beside the playbook, in roles, and where `ansible.cfg` says.
final class AdjacentPlugins {

  private static final String ACTIONS = "action_plugins";
  private static final Pattern COLLECTION_IMPORT =
      Pattern.compile("\\bansible_collections\\.([a-z_][a-z0-9_]*)\\.([a-z_][a-z0-9_]*)");

  private final ClosureReader reader;

  AdjacentPlugins(ClosureReader reader) {
    this.reader = reader;
  }

  /// The plugin directories of a playbook's directory or of a role.
  void inDirectory(Path directory) {
    for (var kind : PluginKind.values()) {
      plugins(directory.resolve(kind.directory()), kind);
    }
    plugins(directory.resolve(ACTIONS), PluginKind.MODULE);
    utilities(directory.resolve("module_utils"));
    utilities(directory.resolve("doc_fragments"));
  }

  /// Called last: of directories outside of the project only what is used counts, so that the same
  /// project is the same on each machine.
  void configured(AnsibleConfig config) {
    for (var kind : PluginKind.values()) {
      config.pluginDirectories(kind).forEach(directory -> plugins(directory, kind));
    }
    config.actionPlugins().forEach(directory -> plugins(directory, PluginKind.MODULE));
    config.moduleUtils().forEach(this::utilities);
  }

  private void plugins(Path directory, PluginKind kind) {
    if (!reader.visit("plugins", directory)) {
      return;
    }
    var isOurs = directory.startsWith(reader.files().project());
    for (var path : below(directory)) {
      if (!isCode(path)) {
        continue;
      }
      var name = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      var text = new String(reader.files().read(path), StandardCharsets.UTF_8);
      if (name.equals("__init__")) {
        if (isOurs) {
          read(path);
        }
        continue;
      }
      var names = names(kind, name, text);
      if (isOurs || isUsed(kind, names)) {
        read(path);
        var file = String.valueOf(reader.files().name(path));
        var isAction = file.contains(ACTIONS + "/");
        reader.collected().add(new AdjacentPlugin(kind, names, isAction, file, text));
      }
    }
  }

  private boolean isUsed(PluginKind kind, Set<String> names) {
    return reader.collected().references().stream()
        .anyMatch(reference ->
            reference instanceof Reference.Plugin plugin
                && plugin.kind() == kind
                && names.contains(plugin.name()));
  }

  private static Set<String> names(PluginKind kind, String name, String text) {
    return switch (kind) {
      case FILTER -> PythonFile.read(text).filters();
      case TEST -> PythonFile.read(text).tests();
      default -> Set.of(name);
    };
  }

  private List<Path> below(Path directory) {
    return reader.files().isDirectory(directory)
        ? reader.files().below(directory, path -> path.endsWith("__pycache__"))
        : List.of();
  }

  private static boolean isCode(Path path) {
    var name = path.getFileName().toString();
    return !name.startsWith(".")
        && !name.endsWith(".pyc")
        && !name.endsWith("~")
        && !name.endsWith(".md")
        && !name.endsWith(".txt")
        && !name.endsWith(".yml")
        && !name.endsWith(".json");
  }

  private void utilities(Path directory) {
    if (!reader.visit("plugins", directory)) {
      return;
    }
    for (var path : below(directory)) {
      if (path.toString().endsWith(".py")
          && (path.startsWith(reader.files().project()) || isImported(path))) {
        read(path);
      }
    }
  }

  private boolean isImported(Path path) {
    var name = path.getFileName().toString().replaceFirst("\\.py$", "");
    return reader.collected().adjacentPlugins().stream()
        .anyMatch(plugin -> plugin.text().contains("module_utils." + name));
  }

  /// Reads the file into the closure; a collection that it imports from is needed.
  private String read(Path path) {
    var content = reader.files().read(path);
    var file = String.valueOf(reader.files().name(path));
    reader.collected().add(file, FileKind.RAW, content);
    var text = new String(content, StandardCharsets.UTF_8);
    var imports = COLLECTION_IMPORT.matcher(text);
    while (imports.find()) {
      var line =
          1 + (int) text.substring(0, imports.start()).chars().filter(c -> c == '\n').count();
      var name = imports.group(1) + "." + imports.group(2);
      reader.add(new Reference.Collection(new Site(file, line), name, "import"));
    }
    return text;
  }
}
