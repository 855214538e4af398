package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collections whose content is in the project: one that the project or a directory in it is
/// (`galaxy.yml`), and those in `collections/ansible_collections/` beside the playbook or in a
/// directory above it. They need not be fetched.
final class OwnCollections {

  private final ProjectFiles files;
  private final Map<String, Path> roots = new TreeMap<>();

  OwnCollections(ProjectFiles files, Path basedir) {
    this.files = files;
    for (var directory = basedir;
        directory != null && directory.startsWith(files.project());
        directory = directory.getParent()) {
      declared(directory);
      adjacent(directory.resolve("collections").resolve("ansible_collections"));
    }
    files.list(files.project()).forEach(this::declared);
  }

  private void declared(Path directory) {
    var file = directory.resolve("galaxy.yml");
    if (!files.isFile(file)) {
      return;
    }
    try {
      var name = String.valueOf(files.name(file));
      var galaxy = YamlMapping.of(YamlReader.read(name, files.read(file)));
      if (galaxy != null && galaxy.has("namespace") && galaxy.has("name")) {
        roots.putIfAbsent(galaxy.text("namespace") + "." + galaxy.text("name"), directory);
      }
    } catch (InvalidInput e) {
      // Ansible does not read galaxy.yml when it runs a playbook, so a broken one changes nothing.
      return;
    }
  }

  private void adjacent(Path directory) {
    for (var namespace : files.list(directory)) {
      for (var collection : files.list(namespace)) {
        if (files.isDirectory(collection)) {
          roots.putIfAbsent(namespace.getFileName() + "." + collection.getFileName(), collection);
        }
      }
    }
  }

  Set<String> names() {
    return roots.keySet();
  }

  /// The plugins that the collections hold, by the names of their files.
  List<OwnPlugin> plugins() {
    var plugins = new ArrayList<OwnPlugin>();
    for (var root : roots.entrySet()) {
      for (var kind : PluginKind.values()) {
        var directory = root.getValue().resolve("plugins");
        var word = kind == PluginKind.MODULE ? "modules" : kind.word();
        add(plugins, kind, root.getKey(), directory.resolve(word));
        if (kind == PluginKind.MODULE) {
          add(plugins, kind, root.getKey(), directory.resolve("action"));
        }
      }
    }
    return plugins;
  }

  private void add(List<OwnPlugin> plugins, PluginKind kind, String collection, Path directory) {
    for (var file : files.list(directory)) {
      var name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      plugins.add(new OwnPlugin(kind, collection + "." + name));
    }
  }

  /// A file or directory of a collection in the project, or null.
  @Nullable Path content(String collection, String kind, String name) {
    var root = roots.get(collection);
    if (root == null) {
      return null;
    }
    var path = root.resolve(kind).resolve(name);
    return files.exists(path) ? path : null;
  }
}
