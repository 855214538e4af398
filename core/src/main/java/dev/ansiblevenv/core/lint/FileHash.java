package dev.ansiblevenv.core.lint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 in 64 lower-case hex digits.
final class FileHash {

  private FileHash() {}

  /// Of a file's bytes; empty for what is no regular file.
  static String of(Path file) throws IOException {
    return Files.isRegularFile(file) ? of(Files.readAllBytes(file)) : "";
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
