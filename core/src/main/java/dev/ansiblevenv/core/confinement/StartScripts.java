package dev.ansiblevenv.core.confinement;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Python files of this program, laid where an interpreter can read them. Their directory is named
/// by their content and is written once.
public final class StartScripts {

  private final Path parent;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /// @param parent in the controller's cache
  public StartScripts(Path parent) {
    this.parent = parent;
  }

  /// @param owner beside which the resource lies
  public StartScripts with(Class<?> owner, String name) throws IOException {
    try (var content = owner.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException(name + " is not in this program's jar");
      }
      files.put(name.substring(name.lastIndexOf('/') + 1), content.readAllBytes());
    }
    return this;
  }

  public StartScripts with(String name, String content) {
    files.put(name, content.getBytes(UTF_8));
    return this;
  }

  /// @return the directory
  public Path written() throws IOException {
    var digest = Sha256.digest();
    files.forEach((name, content) -> {
      digest.update((name + "\n" + content.length + "\n").getBytes(UTF_8));
      digest.update(content);
    });
    var directory = parent.resolve("scripts-" + Sha256.hex(digest).substring(0, 16));
    for (var file : files.entrySet()) {
      var target = directory.resolve(file.getKey());
      if (!Files.exists(target)) {
        DurableFile.write(target, file.getValue());
      }
    }
    return directory;
  }
}
