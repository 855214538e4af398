package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// A collection as a directory: its sources with a `galaxy.yml`, or an installed one with a
/// MANIFEST.json.
interface CollectionDirectory {

  LocalCollection describe() throws IOException;

  /// The same files make the same bytes, everywhere and at any time.
  void writeTarball(OutputStream out) throws IOException;

  /// @param shown the path as errors call it
  /// @throws InvalidInput when it is neither, or both
  static CollectionDirectory at(Path directory, String shown) {
    var sources = Files.isRegularFile(directory.resolve("galaxy.yml"));
    var installed = Files.isRegularFile(directory.resolve("MANIFEST.json"));
    if (sources == installed) {
      throw new InvalidInput(
          "is not a collection",
          shown,
          sources ? "it has both galaxy.yml and MANIFEST.json" : "it has no galaxy.yml",
          "");
    }
    return sources
        ? new SourceDirectory(directory, shown)
        : new InstalledDirectory(directory, shown);
  }

  /// Where collections are, as ansible-galaxy looks for them: in the directory itself, else in
  /// those right below it.
  ///
  /// @param directory relative to `root`, empty for itself
  /// @return relative to `root`, sorted; the directory itself where there is none
  static List<String> below(Path root, String directory) throws IOException {
    var place = root.resolve(directory);
    if (isOne(place) || !Files.isDirectory(place)) {
      return List.of(directory);
    }
    try (var children = Files.list(place)) {
      var found =
          children
              .filter(CollectionDirectory::isOne)
              .map(child -> root.relativize(child).toString().replace('\\', '/'))
              .sorted()
              .toList();
      return found.isEmpty() ? List.of(directory) : found;
    }
  }

  private static boolean isOne(Path directory) {
    return Files.isRegularFile(directory.resolve("galaxy.yml"))
        || Files.isRegularFile(directory.resolve("MANIFEST.json"));
  }

  /// The mapping in a YAML file; empty when there is no such file or nothing in it.
  static Map<?, ?> yaml(Path file, String shown) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    return yaml(RegularFile.readText(file), shown);
  }

  static Map<?, ?> yaml(String text, String shown) {
    try {
      var content = new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text);
      return content instanceof Map<?, ?> map ? map : Map.of();
    } catch (YAMLException e) {
      throw new InvalidInput("is not valid YAML", shown, String.valueOf(e.getMessage()), "", e);
    }
  }
}
