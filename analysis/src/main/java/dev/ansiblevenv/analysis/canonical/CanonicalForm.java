package dev.ansiblevenv.analysis.canonical;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The closure rendered so that only what Ansible can see shows. Immutable.
public final class CanonicalForm {

  /// The first line of every form. Whoever alters the rendering raises the number, as all content
  /// hashes change with it.
  public static final String VERSION = "ansible-venv canonical form 1";

  /// The name under which the entry file counts.
  public static final String ENTRY = "<playbook>";

  /// The name under which those names of plugins and roles count that extra variables of the call
  /// decide. Files that they decide count as every file does; their values do not count.
  public static final String CALL = "<decided by extra variables>";

  private static final int DIGEST_LENGTH = 16;

  private final SortedMap<String, String> files;
  private final String contentHash;

  /// @param files as [#files()] describes them
  public CanonicalForm(SortedMap<String, String> files) {
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    var hasher = new ContentHasher();
    parts(hasher::add);
    this.contentHash = hasher.hash();
  }

  /// Closure-relative path to that file's [CanonicalText]; the entry file stands under [#ENTRY], so
  /// that renaming it changes nothing.
  public SortedMap<String, String> files() {
    return files;
  }

  /// @param entry the playbook that the user named
  /// @param others the rest of its closure, in any order
  public static CanonicalForm of(ClosureFile entry, Collection<ClosureFile> others) {
    var files = new TreeMap<String, String>();
    for (var file : others) {
      files.put(file.path().equals(ENTRY) ? "./" + ENTRY : file.path(), file.text());
    }
    files.put(ENTRY, entry.text());
    return new CanonicalForm(files);
  }

  /// The whole form for people and for the hash: the version, then each file behind a line with its
  /// name. No line of a file's text begins like such a line.
  public String text() {
    var text = new StringBuilder();
    parts(text::append);
    return text.toString();
  }

  private void parts(Consumer<String> reader) {
    reader.accept(VERSION + "\n");
    files.forEach((file, form) -> {
      reader.accept("=== " + ScalarText.quoted(file) + "\n");
      reader.accept(form);
    });
  }

  /// SHA-256 over [#text()] in UTF-8, 64 lower-case hex digits.
  public String contentHash() {
    return contentHash;
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
