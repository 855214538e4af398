package dev.ansiblevenv.core.run;

import java.util.Arrays;
import java.util.Base64;

/// A password that never shows: it travels to the host in the stream, and is there only in memory.
public final class Secret {

  private final byte[] content;

  /// @param content at least one byte
  public Secret(byte[] content) {
    if (content.length == 0) {
      throw new IllegalArgumentException("a secret is not empty");
    }
    this.content = content.clone();
  }

  String base64() {
    return Base64.getEncoder().encodeToString(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && Arrays.equals(content, secret.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Secret";
  }
}
