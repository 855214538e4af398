package dev.ansiblevenv.analysis.canonical;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The closure rendered so that only what Ansible can see shows. Immutable.
///
/// @param files closure-relative path to that file's [CanonicalText]; the entry file stands under
///   [#ENTRY], so that renaming it changes nothing
public record CanonicalForm(SortedMap<String, String> files) {

  /// The first line of every form. Whoever alters the rendering raises the number, as all content
  /// hashes change with it.
  public static final String VERSION = "ansible-venv canonical form 1";

  /// The name under which the entry file counts.
  public static final String ENTRY = "<playbook>";

  private static final int DIGEST_LENGTH = 16;

  public CanonicalForm {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /// @param entry the playbook that the user named
  /// @param others the rest of its closure, in any order
  /// @throws InvalidInput when a file that is to be YAML is not
  public static CanonicalForm of(ClosureFile entry, Collection<ClosureFile> others) {
    var files = new TreeMap<String, String>();
    for (var file : others) {
      files.put(file.path().equals(ENTRY) ? "./" + ENTRY : file.path(), CanonicalText.of(file));
    }
    files.put(ENTRY, CanonicalText.of(entry));
    return new CanonicalForm(files);
  }

  /// The whole form for people and for the hash: the version, then each file behind a line with its
  /// name. No line of a file's text begins like such a line.
  public String text() {
    var text = new StringBuilder(VERSION).append('\n');
    files.forEach((file, form) ->
        text.append("=== ").append(ScalarText.quoted(file)).append('\n').append(form));
    return text.toString();
  }

  /// SHA-256 over [#text()] in UTF-8, 64 lower-case hex digits.
  public String contentHash() {
    return ContentHasher.sha256(text());
  }

  /// Per file the first 16 hex digits of the SHA-256 over its text: enough to tell later which
  /// files have changed.
  public SortedMap<String, String> digests() {
    var digests = new TreeMap<String, String>();
    files.forEach(
        (file, form) -> digests.put(file, ContentHasher.sha256(form).substring(0, DIGEST_LENGTH)));
    return digests;
  }
}
