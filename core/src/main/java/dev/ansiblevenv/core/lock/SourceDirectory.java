package dev.ansiblevenv.core.lock;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A collection's sources, built as [`ansible-galaxy collection
/// build`](https://docs.ansible.com/ansible/latest/dev_guide/developing_collections_distributing.html#building-your-collection-tarball)
/// does with `build_ignore`; `manifest` directives are not supported.
record SourceDirectory(Path directory, String shown) implements CollectionDirectory {

  private static final List<String> TEXTS =
      List.of(
          "namespace",
          "name",
          "version",
          "authors",
          "readme",
          "tags",
          "description",
          "license",
          "license_file",
          "dependencies",
          "repository",
          "documentation",
          "homepage",
          "issues");

  @Override
  public LocalCollection describe() throws IOException {
    var runtime =
        CollectionDirectory.yaml(
            directory.resolve("meta/runtime.yml"), shown + "/meta/runtime.yml");
    return LocalCollection.of(galaxy(), runtime, shown + "/galaxy.yml");
  }

  @Override
  public void writeTarball(OutputStream out) throws IOException {
    var galaxy = galaxy();
    if (galaxy.containsKey("manifest")) {
      throw new Unresolvable(
          "is not supported yet by this version",
          shown + "/galaxy.yml",
          "it says by `manifest` what belongs to the collection",
          "build it with `ansible-galaxy collection build` and name the tarball");
    }
    var collection = describe();
    var paths = new BuiltFiles(directory, ignored(galaxy, collection)).paths();
    var listing = JSON.std.asBytes(listing(paths));
    try (var tar = new CollectionTar(out)) {
      tar.file("MANIFEST.json", JSON.std.asBytes(manifest(galaxy, Sha256.of(listing))), false);
      tar.file("FILES.json", listing, false);
      for (var path : paths) {
        tar.copy(directory, path);
      }
    }
  }

  private Map<?, ?> galaxy() throws IOException {
    return CollectionDirectory.yaml(directory.resolve("galaxy.yml"), shown + "/galaxy.yml");
  }

  private List<String> ignored(Map<?, ?> galaxy, LocalCollection collection) {
    var patterns = new ArrayList<>(BuiltFiles.ALWAYS_IGNORED);
    patterns.add(collection.name().replace('.', '-') + "-*.tar.gz");
    switch (galaxy.get("build_ignore")) {
      case null -> {}
      case List<?> list -> list.forEach(pattern -> patterns.add(String.valueOf(pattern)));
      default ->
          throw new InvalidInput(
              "is not a collection", shown + "/galaxy.yml", "build_ignore is not a list", "");
    }
    return patterns;
  }

  private Map<String, Object> listing(List<String> paths) throws IOException {
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    rows.add(row(".", null));
    for (var path : paths) {
      var file = directory.resolve(path);
      rows.add(row(path, Files.isDirectory(file) ? null : Sha256.of(Files.readAllBytes(file))));
    }
    var listing = new LinkedHashMap<String, Object>();
    listing.put("files", rows);
    listing.put("format", 1);
    return listing;
  }

  private static Map<String, @Nullable Object> row(String path, @Nullable String sha256) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put("name", path);
    row.put("ftype", sha256 == null ? "dir" : "file");
    row.put("chksum_type", sha256 == null ? null : "sha256");
    row.put("chksum_sha256", sha256);
    row.put("format", 1);
    return row;
  }

  private static Map<String, Object> manifest(Map<?, ?> galaxy, String listingSha256) {
    var info = new LinkedHashMap<String, @Nullable Object>();
    for (var key : TEXTS) {
      info.put(key, plain(galaxy.get(key)));
    }
    if (galaxy.get("dependencies") == null) {
      info.put("dependencies", Map.of());
    }
    var file = new LinkedHashMap<String, Object>();
    file.put("name", "FILES.json");
    file.put("ftype", "file");
    file.put("chksum_type", "sha256");
    file.put("chksum_sha256", listingSha256);
    file.put("format", 1);
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("collection_info", info);
    manifest.put("file_manifest_file", file);
    manifest.put("format", 1);
    return manifest;
  }

  /// What YAML makes of an author's value, in JSON's terms.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case Map<?, ?> map -> {
        var texts = new LinkedHashMap<String, String>();
        map.forEach((key, range) -> texts.put(String.valueOf(key), String.valueOf(range)));
        yield texts;
      }
      default -> String.valueOf(value);
    };
  }
}
