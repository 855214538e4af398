package dev.ansiblevenv.orchestration.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A text of the cache that says by its first line whether it is whole: SHA-256 of what follows.
record SealedFile(Path path) {

  /// Empty when it is not there, or is not what was written.
  Optional<String> read() {
    try {
      var bytes = Files.readAllBytes(path);
      var text = new String(bytes, UTF_8);
      var end = text.indexOf('\n');
      var content = text.substring(end + 1);
      return end > 0 && text.substring(0, end).equals(seal(content))
          ? Optional.of(content)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Does nothing where the cache cannot be written: what is kept there can be made again.
  void write(String content) {
    try {
      DurableFile.write(path, (seal(content) + "\n" + content).getBytes(UTF_8));
    } catch (IOException e) {
      // The next look makes it again.
    }
  }

  private static String seal(String content) {
    return Sha256.of(content.getBytes(UTF_8));
  }
}
