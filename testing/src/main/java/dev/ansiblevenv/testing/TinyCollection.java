package dev.ansiblevenv.testing;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A collection of a few bytes as a real tarball, which ansible-galaxy installs like any other:
/// MANIFEST.json, FILES.json with checksums, `meta/runtime.yml` where Ansible versions matter.
///
/// ```java
/// TinyCollection.named("acme.web", "1.2.0").requiring("acme.base", ">=1.0.0").in(directory);
/// ```
public final class TinyCollection {

  private final String name;
  private final String version;
  private final Map<String, String> dependencies = new LinkedHashMap<>();
  private final SortedMap<String, String> files = new TreeMap<>();

  private TinyCollection(String name, String version) {
    this.name = name;
    this.version = version;
    files.put("README.md", "# " + name + "\n");
  }

  /// @param name `namespace.name`
  public static TinyCollection named(String name, String version) {
    return new TinyCollection(name, version);
  }

  /// Depends on another collection.
  ///
  /// @param range as `galaxy.yml` writes it: `>=1.0.0,<2.0.0`
  public TinyCollection requiring(String dependency, String range) {
    dependencies.put(dependency, range);
    return this;
  }

  /// Which ansible-core it is for, a PEP 440 specifier such as `>=2.16.0`.
  public TinyCollection requiringAnsible(String specifier) {
    return with("meta/runtime.yml", "requires_ansible: \"" + specifier + "\"\n");
  }

  /// A text file of it, its directories included.
  public TinyCollection with(String path, String content) {
    files.put(path, content);
    return this;
  }

  /// Writes `namespace-name-version.tar.gz` and returns its path.
  public Path in(Path directory) {
    var target = directory.resolve(name.replace('.', '-') + "-" + version + ".tar.gz");
    try {
      Files.createDirectories(directory);
      var filesJson = JSON.std.asString(Map.of("format", 1, "files", listing()));
      var manifest = JSON.std.asString(manifest(filesJson));
      try (var tar =
          new TarArchiveOutputStream(
              new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(target))))) {
        put(tar, "MANIFEST.json", manifest);
        put(tar, "FILES.json", filesJson);
        for (var directoryName : directories()) {
          var entry = new TarArchiveEntry(directoryName + "/");
          entry.setMode(0755);
          tar.putArchiveEntry(entry);
          tar.closeArchiveEntry();
        }
        for (var file : files.entrySet()) {
          put(tar, file.getKey(), file.getValue());
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> manifest(String filesJson) {
    var info = new LinkedHashMap<String, Object>();
    info.put("namespace", name.substring(0, name.indexOf('.')));
    info.put("name", name.substring(name.indexOf('.') + 1));
    info.put("version", version);
    info.put("authors", List.of("a test"));
    info.put("readme", "README.md");
    info.put("tags", List.of());
    info.put("description", "for tests");
    info.put("license", List.of("MIT"));
    info.put("dependencies", dependencies);
    return Map.of(
        "collection_info",
        info,
        "file_manifest_file",
        Map.of(
            "name", "FILES.json",
            "ftype", "file",
            "chksum_type", "sha256",
            "chksum_sha256", sha256(filesJson),
            "format", 1),
        "format",
        1);
  }

  private List<Map<String, Object>> listing() {
    var rows = new ArrayList<Map<String, Object>>();
    rows.add(Map.of("name", ".", "ftype", "dir", "format", 1));
    directories().forEach(path -> rows.add(Map.of("name", path, "ftype", "dir", "format", 1)));
    files.forEach((path, content) ->
        rows.add(
            Map.of(
                "name",
                path,
                "ftype",
                "file",
                "chksum_type",
                "sha256",
                "chksum_sha256",
                sha256(content),
                "format",
                1)));
    return rows;
  }

  private List<String> directories() {
    return files.keySet().stream()
        .flatMap(path -> {
          var parents = new ArrayList<String>();
          for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            parents.add(path.substring(0, at));
          }
          return parents.stream();
        })
        .distinct()
        .sorted()
        .toList();
  }

  private static void put(TarArchiveOutputStream tar, String path, String content)
      throws IOException {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(path);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static String sha256(String content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
