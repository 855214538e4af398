package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keeps of a lock only the files that the user's `--hash` options allow, as [pip's hash-checking
/// mode](https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode) does for each
/// package that has such options.
final class HashedFiles {

  private static final Pattern TABLE = Pattern.compile("(?m)^(?=\\[\\[packages]])");
  private static final Pattern FILE = Pattern.compile("\\{ (?:name|url|path) = .*?\\} *\\},?\\s*");
  private static final Pattern FIELD = Pattern.compile("(?m)^(name|version) = \"([^\"]*)\"");

  /// `name`, then a PEP 440 specifier.
  private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._-]+)\\s*([^;@]*)(?:;.*)?");

  private final List<PythonBound> hashed;

  HashedFiles(List<PythonBound> bounds) {
    this.hashed = bounds.stream().filter(bound -> !bound.hashes().isEmpty()).toList();
  }

  /// @param pylock as uv writes it: a package a table, a file a line
  /// @throws Unresolvable when a package has no file that is allowed; names file:line
  String only(String pylock) {
    if (hashed.isEmpty()) {
      return pylock;
    }
    return TABLE.splitAsStream(pylock).map(this::allowed).collect(Collectors.joining());
  }

  private String allowed(String table) {
    var name = field(table, "name");
    var version = field(table, "version");
    if (name == null || version == null) {
      return table;
    }
    var applying = hashed.stream().filter(bound -> admits(bound, name, version)).toList();
    if (applying.isEmpty()) {
      return table;
    }
    Set<String> hashes = new LinkedHashSet<>();
    applying.forEach(bound -> hashes.addAll(bound.hashes()));
    var files = new ArrayList<String>();
    var kept =
        FILE.matcher(table)
            .replaceAll(match -> {
              var file = match.group();
              var isAllowed = hashes.stream().anyMatch(hash -> has(file, hash));
              files.add(isAllowed ? file : "");
              return isAllowed ? Matcher.quoteReplacement(file) : "";
            });
    if (files.stream().allMatch(String::isEmpty)) {
      throw refused(name, version, applying);
    }
    return kept.replaceAll("(?m)^sdist = (?!\\{)", "")
        .replaceAll("(?m)^wheels = \\[\\s*\\]\\R?", "");
  }

  private static boolean admits(PythonBound bound, String name, String version) {
    var line = LINE.matcher(bound.line().strip());
    return line.matches()
        && line.group(1).toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-").equals(name)
        && PythonSpecifier.parse(line.group(2)).filter(s -> s.accepts(version)).isPresent();
  }

  /// @param hash `sha256:…`
  private static boolean has(String file, String hash) {
    var parts = hash.split(":", 2);
    return parts.length == 2 && file.contains(parts[0] + " = \"" + parts[1] + "\"");
  }

  private static Unresolvable refused(String name, String version, List<PythonBound> applying) {
    return new Unresolvable(
        "no file of " + name + " " + version + " has a hash that is allowed",
        applying.getFirst().because(),
        "the index has the version, but only files with other hashes than `--hash` names",
        "compare the hashes with the index: either they are wrong, or somebody changed the files");
  }

  private static @Nullable String field(String table, String wanted) {
    var fields = FIELD.matcher(table);
    while (fields.find()) {
      if (fields.group(1).equals(wanted)) {
        return fields.group(2);
      }
    }
    return null;
  }
}
