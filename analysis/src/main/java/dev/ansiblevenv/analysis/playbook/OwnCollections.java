package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.requirement.GalaxyCollection;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Collections that are on disk: those in `collections/ansible_collections/` beside the playbook or
/// in a directory above it, those on the configured collections path, and one that the project or a
/// directory in it is (`galaxy.yml`). They need not be fetched. What a collection holds that lies
/// elsewhere in the project is known as well, but Ansible does not look there.
final class OwnCollections {

  private final ProjectFiles files;
  private static final Pattern PLUGIN_FILE = Pattern.compile("[^.].*\\.(py|ps1|yml|yaml|cs)|[^.]+");
  private static final Pattern REDIRECT =
      Pattern.compile("\\bredirect['\"]?\\s*:\\s*['\"]?(\\w+\\.\\w+)\\.");
  private static final int DEEPEST = 4;
  private static final int MOST_DIRECTORIES = 1000;

  private final Map<String, Path> roots = new TreeMap<>();
  private final Map<String, Path> elsewhere = new TreeMap<>();
  private final Set<String> touched = new TreeSet<>();
  private boolean searched;

  /// @param path directories with `ansible_collections/` in them
  OwnCollections(ProjectFiles files, Path basedir, List<Path> path) {
    this.files = files;
    adjacent(basedir.resolve("collections").resolve("ansible_collections"));
    path.forEach(directory -> adjacent(directory.resolve("ansible_collections")));
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
    for (var name : List.of("galaxy.yml", "MANIFEST.json")) {
      var file = directory.resolve(name);
      if (files.isFile(file)) {
        declaredIn(file, directory, found);
      }
    }
  }

  private void declaredIn(Path file, Path directory, Map<String, Path> found) {
    try {
      var name = String.valueOf(files.name(file));
      var document = YamlMapping.of(YamlReader.read(name, files.read(file)));
      var manifest = document == null ? null : YamlMapping.of(document.get("collection_info"));
      var galaxy = manifest == null ? document : manifest;
      if (galaxy != null && galaxy.has("namespace") && galaxy.has("name")) {
        found.putIfAbsent(galaxy.text("namespace") + "." + galaxy.text("name"), directory);
      }
    } catch (InvalidInput e) {
      // Ansible does not read these files when it runs a playbook, so a broken one changes nothing.
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

  /// Those that Ansible finds where they are. A directory that a requirements file asks for is to
  /// be installed like any other collection.
  Set<String> namesWithout(List<Requirements.In<GalaxyCollection>> required) {
    var directories = new HashSet<Path>();
    for (var in : required) {
      var entry = in.entry();
      if (entry.type().equals("dir") || entry.type().equals("subdirs")) {
        var directory = FileSearch.resolved(files.project(), entry.place());
        if (directory != null) {
          directories.add(directory.normalize());
        }
      }
    }
    var names = new TreeSet<String>();
    roots.forEach((name, root) -> {
      if (isAdjacent(root)
          || !(directories.contains(root) || directories.contains(root.getParent()))) {
        names.add(name);
      }
    });
    return names;
  }

  private static boolean isAdjacent(Path root) {
    var above = root.resolveSibling("..").normalize().getFileName();
    return above != null && above.toString().equals("ansible_collections");
  }

  /// The collections of the project that are used: what their plugins need depends on files of
  /// theirs, which belong to the closure.
  Map<String, Path> used(Collected collected, Optional<String> home) {
    var used = new TreeSet<>(touched);
    home.ifPresent(used::add);
    for (var reference : collected.references()) {
      if (reference instanceof Reference.Plugin plugin) {
        used.addAll(plugin.collections());
        if (Catalogue.isFullyQualified(plugin.name())) {
          used.add(Catalogue.collectionOf(plugin.name()));
        }
      }
    }
    var found = new TreeMap<String, Path>();
    var open = new ArrayDeque<>(used);
    while (!open.isEmpty()) {
      var name = open.removeFirst();
      var root = roots.get(name);
      if (root != null && found.putIfAbsent(name, root) == null) {
        for (var file : pluginFiles(root)) {
          collected.add(String.valueOf(files.name(file)), FileKind.RAW, files.read(file));
        }
        open.addAll(redirectedTo(root));
      }
    }
    return found;
  }

  private List<String> redirectedTo(Path root) {
    var runtime = root.resolve("meta").resolve("runtime.yml");
    return files.isFile(runtime)
        ? REDIRECT
            .matcher(new String(files.read(runtime), StandardCharsets.UTF_8))
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList()
        : List.of();
  }

  /// The files that decide which plugins a collection has, and what they need.
  private List<Path> pluginFiles(Path root) {
    var found = new ArrayList<Path>();
    for (var name :
        List.of(
            "galaxy.yml",
            "meta/runtime.yml",
            "meta/execution-environment.yml",
            "requirements.txt")) {
      if (files.isFile(root.resolve(name))) {
        found.add(root.resolve(name));
      }
    }
    declaredPackages(root.resolve("meta/execution-environment.yml"))
        .map(name -> root.resolve(name).normalize())
        .filter(file -> file.startsWith(root) && files.isFile(file) && !found.contains(file))
        .ifPresent(found::add);
    var open = new ArrayDeque<>(List.of(root.resolve("plugins")));
    while (!open.isEmpty()) {
      for (var child : files.list(open.removeFirst())) {
        if (files.isDirectory(child)) {
          if (!child.endsWith("__pycache__")) {
            open.add(child);
          }
        } else if (PLUGIN_FILE.matcher(child.getFileName().toString()).matches()) {
          found.add(child);
        }
      }
    }
    return found;
  }

  /// The file of Python packages that `meta/execution-environment.yml` names.
  private Optional<String> declaredPackages(Path environment) {
    if (!files.isFile(environment)) {
      return Optional.empty();
    }
    try {
      var name = String.valueOf(files.name(environment));
      var document = YamlMapping.of(YamlReader.read(name, files.read(environment)));
      var dependencies = document == null ? null : YamlMapping.of(document.get("dependencies"));
      return dependencies == null
          ? Optional.empty()
          : Optional.ofNullable(YamlMapping.text(dependencies.get("python")));
    } catch (InvalidInput e) {
      return Optional.empty();
    }
  }

  /// The collection that a playbook belongs to, or null. Called by its collection's name, as it is
  /// meant to be, it finds the collection's content by short names.
  @Nullable String ofPlaybook(Path directory) {
    return roots.entrySet().stream()
        .filter(root -> directory.startsWith(root.getValue().resolve("playbooks")))
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
    touched.add(collection);
    var path = FileSearch.resolved(root.resolve(kind), name);
    return path != null && files.exists(path) ? path : null;
  }
}
