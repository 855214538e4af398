package dev.ansiblevenv.core.wheel;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.PythonPackages;
import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What of a lock a platform has to build from source, since the index has no wheel that fits. Asks
/// neither the host nor an index.
public final class SourceBuilds {

  private SourceBuilds() {}

  /// A package without a wheel.
  ///
  /// @param headers Debian's packages that its build takes beside a compiler and Python's headers,
  ///   separated by spaces; empty where nothing is known
  /// @param system Debian's package that has the same modules; empty where none is known
  /// @param instead a distribution with wheels that plugins take as well; empty where none is known
  public record SourceBuild(
      String name, String version, String headers, String system, String instead) {

    /// What it takes, and what else would do: two lines.
    public List<String> lines() {
      var takes = ("gcc python3-dev " + headers).strip();
      return List.of(
          name
              + " "
              + version
              + " has no wheel for this host; building it takes `"
              + takes
              + "` there (Debian names)",
          alternative());
    }

    private String alternative() {
      if (!instead.isEmpty()) {
        return instead
            + " has a wheel and serves as well: in `ansible-venv.yml`, add it and exclude "
            + name;
      }
      return system.isEmpty()
          ? "no package with a wheel is known to serve as well"
          : "no package with a wheel serves as well; `"
              + system
              + "` does for tasks with `ansible_python_interpreter: /usr/bin/python3`";
    }
  }

  /// @return in the lock's order
  public static List<SourceBuild> of(Lock lock, PythonPlatform platform) {
    var tags = WheelTags.of(platform);
    return PythonPackages.of(lock).packages().stream()
        .filter(each -> Marker.mayHold(each.marker(), platform))
        .filter(each -> tags.best(each.wheels(), Wheel::file).isEmpty())
        .map(each -> build(each.name(), each.version()))
        .toList();
  }

  private static SourceBuild build(String name, String version) {
    var known = Extensions.KNOWN.get(name) instanceof Map<?, ?> fields ? fields : Map.of();
    return new SourceBuild(
        name, version, text(known, "headers"), text(known, "system"), text(known, "instead"));
  }

  private static String text(Map<?, ?> fields, String key) {
    return Objects.requireNonNullElse(fields.get(key), "").toString();
  }

  /// The list that the agent has, too.
  private static final class Extensions {

    static final Map<String, Object> KNOWN = read();

    private static Map<String, Object> read() {
      try (var stream =
          Objects.requireNonNull(
              SourceBuilds.class.getResourceAsStream("/dev/ansiblevenv/agent/extensions.json"))) {
        return JSON.std.mapFrom(stream);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
