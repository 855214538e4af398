package dev.ansiblevenv.analysis.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The plugins of ansible-core, and where the names live that it once shipped. Read from a file
/// that `src/catalogue/build_catalogue.py` makes out of ansible-core; its lines are described
/// there. Immutable, so safe to share.
///
/// The rules are those of Ansible's plugin loader: `ansible.legacy` and a short name mean
/// ansible-core, whose `ansible_builtin_runtime.yml` forwards names that moved, also when they are
/// written as `ansible.builtin.NAME`. A name in another collection is taken at its word.
public final class Catalogue {

  static final String BUILTIN = "ansible.builtin.";
  private static final String LEGACY = "ansible.legacy.";
  private static final int LONGEST_REDIRECT_CHAIN = 10;

  /// What a builtin plugin's documentation requires and ansible-core does not depend on.
  ///
  /// @param side `control` or `managed-node`
  public record PythonRequirement(String side, String requirement) {}

  private static final class Names {
    final Set<String> builtin = new HashSet<>();
    final Set<String> jinja = new HashSet<>();
    final Map<String, String> redirects = new HashMap<>();
    final Map<String, String> removed = new HashMap<>();
    final Map<String, String> deprecated = new HashMap<>();
    final Map<String, PythonRequirement> python = new HashMap<>();
  }

  private final Map<PluginKind, Names> kinds = new EnumMap<>(PluginKind.class);
  private String coreVersion = "";

  private Catalogue() {
    for (var kind : PluginKind.values()) {
      kinds.put(kind, new Names());
    }
  }

  /// Reads the catalogue that comes with this program.
  public static Catalogue load() {
    var stream =
        Objects.requireNonNull(
            Catalogue.class.getResourceAsStream("catalogue.txt"), "catalogue.txt");
    try (var lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 1 << 16)) {
      var catalogue = new Catalogue();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        catalogue.add(line);
      }
      return catalogue;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    var fields = line.split(" ", 4);
    if (fields[0].equals("core")) {
      coreVersion = fields[1];
      return;
    }
    var kind = PluginKind.ofWord(fields[1]);
    if (kind.isEmpty()) {
      return;
    }
    var names = names(kind.get());
    var third = fields.length > 2 ? fields[2] : "";
    var rest = fields.length > 3 ? fields[3] : "";
    switch (fields[0]) {
      case "builtin" -> names.builtin.addAll(Arrays.asList((third + " " + rest).split(" ", -1)));
      case "jinja" -> names.jinja.addAll(Arrays.asList((third + " " + rest).split(" ", -1)));
      case "redirect" -> {
        for (var name : rest.split(" ", -1)) {
          var equals = name.indexOf('=');
          var old = equals < 0 ? name : name.substring(0, equals);
          names.redirects.put(old, third + "." + name.substring(equals + 1));
        }
      }
      case "removed" -> names.removed.put(third, rest);
      case "deprecated" -> names.deprecated.put(third, rest);
      case "python" -> {
        var need = rest.split(" ", 2);
        names.python.put(third, new PythonRequirement(need[0], need[1]));
      }
      default -> throw new IllegalStateException("catalogue.txt: " + line);
    }
  }

  private Names names(PluginKind kind) {
    return Objects.requireNonNull(kinds.get(kind));
  }

  /// The ansible-core version that the catalogue was built from.
  public String coreVersion() {
    return coreVersion;
  }

  /// @param name as written: short, or fully qualified
  public Resolution resolve(PluginKind kind, String name) {
    var names = names(kind);
    var current = name;
    for (var hop = 0; hop < LONGEST_REDIRECT_CHAIN; hop++) {
      var shortName = ofCore(current);
      if (shortName == null) {
        return new Resolution.Found(current, "");
      }
      if (names.builtin.contains(shortName)) {
        return new Resolution.Found(
            BUILTIN + shortName, names.deprecated.getOrDefault(shortName, ""));
      }
      var message = names.removed.get(shortName);
      if (message != null) {
        return new Resolution.Removed(BUILTIN + shortName, message);
      }
      var target = names.redirects.get(shortName);
      if (target == null) {
        return names.jinja.contains(shortName) ? new Resolution.Native() : new Resolution.Unknown();
      }
      current = target;
    }
    return new Resolution.Unknown();
  }

  /// The name inside ansible-core, or null for a name in another collection.
  private static @Nullable String ofCore(String name) {
    if (name.startsWith(BUILTIN)) {
      return name.substring(BUILTIN.length());
    }
    if (name.startsWith(LEGACY)) {
      return name.substring(LEGACY.length());
    }
    return isFullyQualified(name) ? null : name;
  }

  /// Whether the name has the form `namespace.collection.name`.
  public static boolean isFullyQualified(String name) {
    var first = name.indexOf('.');
    return first > 0
        && name.indexOf('.', first + 1) > first + 1
        && !name.endsWith(".")
        && name.chars().allMatch(c -> c == '.' || c == '_' || Character.isLetterOrDigit(c));
  }

  /// The `namespace.collection` of a fully qualified name; what follows may have dots of its own.
  public static String collectionOf(String fqcn) {
    return fqcn.substring(0, fqcn.indexOf('.', fqcn.indexOf('.') + 1));
  }

  public Optional<PythonRequirement> python(PluginKind kind, String fqcn) {
    return fqcn.startsWith(BUILTIN)
        ? Optional.ofNullable(names(kind).python.get(fqcn.substring(BUILTIN.length())))
        : Optional.empty();
  }

  /// Up to three known names that a misspelt one may have meant, nearest first.
  public List<String> nearest(PluginKind kind, String name) {
    var names = names(kind);
    var known = new HashSet<>(names.builtin);
    known.addAll(names.redirects.keySet());
    var most = Math.max(1, name.length() / 3);
    record Near(String name, int distance) {}
    return known.stream()
        .map(candidate -> new Near(candidate, EditDistance.between(name, candidate, most)))
        .filter(near -> near.distance() <= most)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(3)
        .map(Near::name)
        .toList();
  }
}
