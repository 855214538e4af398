package dev.ansiblevenv.testing;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One of the archives that `hostile_archives.py` makes: they hold the unpackers of both languages
/// to the same rules.
///
/// @param verdict `refused`, `unpacked` or `either`; nothing outside the target may change in any
///   case
/// @param files of an unpacked one: path to content, or to `-> target` of a link
public record HostileArchive(Path file, String verdict, Map<String, String> files) {

  /// Writes all of them into a directory.
  public static List<HostileArchive> all(Path directory) {
    try {
      Files.createDirectories(directory);
      PythonScripts.output("hostile_archives.py", List.of(directory.toString()));
      return JSON.std.listFrom(directory.resolve("index.json").toFile()).stream()
          .map(row -> of(directory, (Map<?, ?>) row))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static HostileArchive of(Path directory, Map<?, ?> row) {
    return new HostileArchive(
        directory.resolve(String.valueOf(row.get("file"))),
        String.valueOf(row.get("verdict")),
        (Map<String, String>) Objects.requireNonNull(row.get("files")));
  }

  public boolean isZip() {
    return file.toString().endsWith(".zip");
  }

  @Override
  public String toString() {
    return String.valueOf(file.getFileName());
  }
}
