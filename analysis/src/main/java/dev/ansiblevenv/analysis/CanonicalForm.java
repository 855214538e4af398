package dev.ansiblevenv.analysis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/// The closure rendered so that only what Ansible can see shows.
///
/// @param files closure-relative path to that file's canonical text; the entry file stands under
///   `<playbook>`
public record CanonicalForm(SortedMap<String, String> files) {

  /// SHA-256 over the whole form, 64 lower-case hex digits.
  public String contentHash() {
    var text = new StringBuilder();
    files.forEach((file, form) -> text.append(file).append('\n').append(form).append('\n'));
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
