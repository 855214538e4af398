package dev.ansiblevenv.core.lint;

import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// SHA-256 in 64 lower-case hex digits.
final class FileHash {

  private static final long MAX_BYTES = 64L << 20;

  private FileHash() {}

  /// Of a file's bytes; empty for what is no regular file, or one too large to be read for this.
  static String of(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES ? Sha256.of(file) : "";
  }

  static String of(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
