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

  void configured(AnsibleConfig config) {
    for (var kind : PluginKind.values()) {
      config.pluginDirectories(kind).forEach(directory -> plugins(directory, kind));
    }
    config.moduleUtils().forEach(this::utilities);
  }

  private void plugins(Path directory, PluginKind kind) {
    if (!reader.visit("plugins", directory)) {
      return;
    }
    for (var path : below(directory)) {
      if (isCode(path)) {
        var text = read(path);
        var name = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        if (!name.equals("__init__")) {
          var file = String.valueOf(reader.files().name(path));
          var isAction = file.contains(ACTIONS + "/");
          reader
              .collected()
              .add(new AdjacentPlugin(kind, names(kind, name, text), isAction, file, text));
        }
      }
    }
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
      if (path.toString().endsWith(".py")) {
        read(path);
      }
    }
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
