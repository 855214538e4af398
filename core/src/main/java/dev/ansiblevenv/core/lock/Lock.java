package dev.ansiblevenv.core.lock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Exact versions with hashes of everything an environment holds.
///
/// @param pylock the text of `pylock.toml` (PEP 751)
/// @param collections transitively closed, sorted by name
public record Lock(String pylock, List<LockedCollection> collections) {

  /// SHA-256 over what gets installed: equal digests make equal environments. 64 lower-case hex
  /// digits.
  public String digest() {
    var text = new StringBuilder(pylock);
    for (var collection : collections) {
      text.append(collection.name()).append(' ').append(collection.sha256()).append('\n');
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
