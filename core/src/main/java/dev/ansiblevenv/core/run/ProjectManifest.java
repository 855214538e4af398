package dev.ansiblevenv.core.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ansiblevenv.core.storage.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What has to be in a run's project directory: one line an entry, sorted by path.
///
///     KIND MODE VALUE PATH
///
/// KIND is `f` (a file, VALUE its SHA-256), `d` (a directory, VALUE `-`) or `l` (a link, VALUE its
/// target). PATH is relative to the project's directory (`.` is the directory itself), or the
/// absolute path of something outside that the project needs. Bytes of PATH and of a target that
/// are not printable ASCII, and `%`, are written as `%XX`.
public final class ProjectManifest {

  /// A larger difference costs less as a whole manifest.
  private static final int MAX_DIFFERENCE = 2000;

  private final byte[] text;
  private final String digest;
  private @Nullable SortedMap<String, String> lines;

  private ProjectManifest(byte[] text, String digest) {
    this.text = text;
    this.digest = digest;
  }

  /// @param lines by path, without line breaks
  public static ProjectManifest of(Map<String, String> lines) {
    var text = new StringBuilder();
    new TreeMap<>(lines).values().forEach(line -> text.append(line).append('\n'));
    return of(text.toString().getBytes(US_ASCII));
  }

  public static ProjectManifest of(byte[] text) {
    return of(text, Sha256.of(text));
  }

  /// @param digest of the text, which was computed before
  public static ProjectManifest of(byte[] text, String digest) {
    return new ProjectManifest(text, digest);
  }

  private static String path(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  /// The SHA-256 of the text.
  public String digest() {
    return digest;
  }

  public byte[] text() {
    return text.clone();
  }

  /// By path.
  public synchronized SortedMap<String, String> lines() {
    var known = lines;
    if (known == null) {
      var read = new TreeMap<String, String>();
      new String(text, US_ASCII).lines().forEach(line -> read.put(path(line), line));
      known = Collections.unmodifiableSortedMap(read);
      lines = known;
    }
    return known;
  }

  /// What leads from another manifest to this one.
  ///
  /// @param removed paths
  /// @param added lines, of changed entries too
  public record Difference(List<String> removed, List<String> added) {}

  /// @return empty when the two have too little in common
  public Optional<Difference> since(ProjectManifest base) {
    var removed = new ArrayList<String>();
    var added = new ArrayList<String>();
    base.lines().keySet().stream().filter(path -> !lines().containsKey(path)).forEach(removed::add);
    lines()
        .forEach((path, line) -> {
          if (!line.equals(base.lines().get(path))) {
            added.add(line);
          }
        });
    return removed.size() + added.size() > MAX_DIFFERENCE
        ? Optional.empty()
        : Optional.of(new Difference(removed, added));
  }

  /// The SHA-256 of the file that a line describes; empty for directories and links.
  public static Optional<String> content(String line) {
    return line.startsWith("f ")
        ? Optional.of(line.substring(line.indexOf(' ', 2) + 1, line.lastIndexOf(' ')))
        : Optional.empty();
  }
}
