package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.ReleaseSpecifier;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.toml.Toml;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Python packages of a lock with the wheels that each may be installed from.
///
/// @param requiresPython a PEP 440 specifier; empty for any
public record PythonPackages(String requiresPython, List<PythonPackage> packages) {

  /// @param marker PEP 508, when it is installed; empty for always
  /// @param wheels in the lock's order; empty when there is only source
  public record PythonPackage(String name, String version, String marker, List<Wheel> wheels) {}

  /// @param file its name on an index
  /// @param uri where it is fetched from
  /// @param sha256 64 lower-case hex digits
  public record Wheel(String file, URI uri, String sha256) {}

  private static final String WHERE = "pylock.toml";

  /// As the agent's protocol has it.
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+!-]{0,250}\\.whl");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /// @throws StateConflict when `pylock` is not a lock file
  public static PythonPackages of(Lock lock) {
    // Checks what is not looked at here.
    var known = Pylock.parse(lock.pylock(), WHERE).packages();
    try {
      var document = Toml.parse(lock.pylock());
      var packages = new ArrayList<PythonPackage>();
      if (document.get("packages") instanceof List<?> tables) {
        for (var i = 0; i < known.size(); i++) {
          var locked = known.get(i);
          packages.add(
              new PythonPackage(
                  locked.name(), locked.version(), locked.marker(), wheels(tables.get(i))));
        }
      }
      return new PythonPackages(text(document, "requires-python"), List.copyOf(packages));
    } catch (Toml.Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether the lock may be installed with a Python of this version.
  public boolean admits(String python) {
    return ReleaseSpecifier.parse(requiresPython)
        .filter(specifier -> specifier.accepts(python))
        .isPresent();
  }

  private static List<Wheel> wheels(Object entry) {
    if (!(entry instanceof Map<?, ?> table)) {
      return List.of();
    }
    Stream<?> wheels = table.get("wheels") instanceof List<?> list ? list.stream() : Stream.of();
    return Stream.concat(wheels, Stream.ofNullable(table.get("archive")))
        .flatMap(wheel -> wheel instanceof Map<?, ?> fields ? wheel(fields).stream() : null)
        .toList();
  }

  /// Empty for what cannot be had by content: another kind of hash, a file that is no wheel.
  private static Optional<Wheel> wheel(Map<?, ?> fields) {
    var sha256 = fields.get("hashes") instanceof Map<?, ?> hashes ? text(hashes, "sha256") : "";
    try {
      var uri = new URI(text(fields, "url"));
      var path = uri.getPath() == null ? "" : uri.getPath();
      var named = text(fields, "name");
      var file = named.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : named;
      return FILE.matcher(file).matches() && SHA256.matcher(sha256).matches()
          ? Optional.of(new Wheel(file, uri, sha256))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<?, ?> table, String key) {
    return table.get(key) instanceof String text ? text : "";
  }
}
