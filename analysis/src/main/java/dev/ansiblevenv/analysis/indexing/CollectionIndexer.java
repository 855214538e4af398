package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.CollectionContent;
import dev.ansiblevenv.analysis.catalogue.CollectionIndex;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Indexes collections. Reads only files, and never fails over what they hold: what cannot be
/// understood is left out. Not safe to share between threads.
public final class CollectionIndexer {

  private final Function<String, Optional<Path>> roots;

  /// @param roots where a collection is unpacked, by its name; collections that others import from
  ///   are looked up here, and what one that is missing needs is not known
  public CollectionIndexer(Function<String, Optional<Path>> roots) {
    this.roots = roots;
  }

  /// @param root the directory with `MANIFEST.json` or `galaxy.yml`
  /// @throws IOException when the directory cannot be read
  public CollectionIndex index(String collection, Path root) throws IOException {
    return CollectionIndex.of(content(collection, root, ""));
  }

  /// An index without what the roles use: for a collection of the project, whose roles are read as
  /// part of the closure.
  ///
  /// @throws IOException when the directory cannot be read
  public CollectionIndex indexPlugins(String collection, Path root) throws IOException {
    return CollectionIndex.of(plugins(collection, root.toAbsolutePath().normalize(), ""));
  }

  /// @param where the version was found, for the reader of the index
  public CollectionContent content(String collection, Path root, String where) throws IOException {
    var absolute = root.toAbsolutePath().normalize();
    var content = plugins(collection, absolute, where);
    RoleUses.addTo(content, absolute);
    return content;
  }

  private CollectionContent plugins(String collection, Path absolute, String where)
      throws IOException {
    var manifest = manifest(absolute);
    var version = manifest == null ? null : manifest.text("version");
    var origin = ((version == null ? "0" : version) + " " + where).strip();
    var runtime = Routing.read(absolute.resolve("meta"));
    var content = new CollectionContent(collection, List.of(origin), runtime.requiresAnsible());
    if (manifest != null) {
      var dependencies = YamlMapping.of(manifest.get("dependencies"));
      if (dependencies != null) {
        dependencies
            .entries()
            .forEach(entry ->
                content
                    .dependencies()
                    .put(entry.key(), String.valueOf(YamlMapping.text(entry.value()))));
      }
    }
    content.roles().addAll(roles(absolute));
    var files = RequirementFiles.read(absolute);
    content.system().addAll(files.system());
    var tree =
        new SourceTree(name -> name.equals(collection) ? Optional.of(absolute) : roots.apply(name));
    var needs =
        new PluginNeeds(
            tree,
            name ->
                name.equals(collection)
                    ? files
                    : roots
                        .apply(name)
                        .map(RequirementFiles::read)
                        .orElseGet(RequirementFiles::none),
            true);
    new PluginFiles(collection, absolute, "plugins/modules", tree, needs).addTo(content);
    runtime.addTo(content);
    return content;
  }

  private static @Nullable YamlMapping manifest(Path root) throws IOException {
    for (var name : List.of("MANIFEST.json", "galaxy.yml")) {
      var file = root.resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          var mapping = YamlMapping.of(YamlReader.read(name, RegularFile.read(file)));
          return mapping != null && mapping.has("collection_info")
              ? YamlMapping.of(mapping.get("collection_info"))
              : mapping;
        } catch (InvalidInput e) {
          return null;
        }
      }
    }
    return null;
  }

  private static List<String> roles(Path root) throws IOException {
    var directory = root.resolve("roles");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var entries = Files.list(directory)) {
      return entries
          .filter(Files::isDirectory)
          .map(role -> role.getFileName().toString())
          .filter(name -> name.matches("[A-Za-z0-9_]+"))
          .toList();
    }
  }
}
