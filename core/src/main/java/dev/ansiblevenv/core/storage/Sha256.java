package dev.ansiblevenv.core.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 as 64 lower-case hex digits.
public final class Sha256 {

  private Sha256() {}

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String of(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /// Whether a regular file is there and has this content.
  public static boolean isOf(Path file, String sha256) throws IOException {
    return Files.isRegularFile(file) && of(file).equals(sha256);
  }

  /// Of a file's content, read piece by piece.
  public static String of(Path file) throws IOException {
    var digest = digest();
    var buffer = new byte[1 << 16];
    try (var in = Files.newInputStream(file)) {
      for (int length; (length = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, length);
      }
    }
    return hex(digest);
  }
}
