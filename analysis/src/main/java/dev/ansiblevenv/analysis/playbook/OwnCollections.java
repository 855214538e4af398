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
/// directory above it. They need not be fetched. What a collection holds that lies elsewhere in the
/// project is known as well, but Ansible does not look there.
final class OwnCollections {

  private final ProjectFiles files;
  private static final int DEEPEST = 4;
  private static final int MOST_DIRECTORIES = 1000;

  private final Map<String, Path> roots = new TreeMap<>();
  private final Map<String, Path> elsewhere = new TreeMap<>();
  private boolean searched;

  OwnCollections(ProjectFiles files, Path basedir) {
    this.files = files;
    for (var directory = basedir;
        directory != null && directory.startsWith(files.project());
        directory = directory.getParent()) {
      declared(directory, roots);
      adjacent(directory.resolve("collections").resolve("ansible_collections"));
    }
    files.list(files.project()).forEach(directory -> declared(directory, roots));
  }

  /// The whole project is searched only for a collection that is not where Ansible looks.
  private @Nullable Path root(String collection) {
    var root = roots.get(collection);
    if (root == null && !searched) {
      searched = true;
      search();
    }
    return root == null ? elsewhere.get(collection) : root;
  }

  private void search() {
    List<Path> level = List.of(files.project());
    var seen = 0;
    for (var depth = 0; depth < DEEPEST; depth++) {
      var next = new ArrayList<Path>();
      for (var directory : level) {
        for (var child : files.list(directory)) {
          if (seen < MOST_DIRECTORIES
              && files.isDirectory(child)
              && !child.getFileName().toString().startsWith(".")) {
            seen++;
            declared(child, elsewhere);
            next.add(child);
          }
        }
      }
      level = next;
    }
  }

  private void declared(Path directory, Map<String, Path> found) {
    var file = directory.resolve("galaxy.yml");
    if (!files.isFile(file)) {
      return;
    }
    try {
      var name = String.valueOf(files.name(file));
      var galaxy = YamlMapping.of(YamlReader.read(name, files.read(file)));
      if (galaxy != null && galaxy.has("namespace") && galaxy.has("name")) {
        found.putIfAbsent(galaxy.text("namespace") + "." + galaxy.text("name"), directory);
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

  /// The collection that a playbook belongs to, or null. Called by its collection's name, as it is
  /// meant to be, it finds the collection's content by short names.
  @Nullable String ofPlaybook(Path file) {
    return roots.entrySet().stream()
        .filter(root -> file.startsWith(root.getValue().resolve("playbooks")))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /// A file or directory of a collection in the project, or null.
  @Nullable Path content(String collection, String kind, String name) {
    var root = root(collection);
    if (root == null) {
      return null;
    }
    var path = root.resolve(kind).resolve(name);
    return files.exists(path) ? path : null;
  }
}
