package dev.ansiblevenv.core.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Whether the files that `ssh` reads speak of jump hosts at all. Most do not, and then it need not
/// be asked for each of many hosts.
final class SshConfigurationFiles {

  private static final Pattern INCLUDE = Pattern.compile("(?im)^\\s*include[\\s=]+(.*)$");
  private static final int MOST_NESTED = 16;

  private final Path home;
  private final Path system;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  /// @param home of the user as the system knows it: `ssh` does not go by `HOME`
  /// @param system where the configuration of the machine lies, `/etc/ssh`
  SshConfigurationFiles(Path home, Path system) {
    this.home = home;
    this.system = system;
  }

  /// Certain only if not.
  ///
  /// @param file that counts instead of the usual ones; empty for those
  boolean mayNameJumpHosts(String file) {
    return known.computeIfAbsent(
        file,
        each ->
            switch (each) {
              case "none" -> false;
              case "" ->
                  named(home.resolve(".ssh/config"), home.resolve(".ssh"), 0)
                      || named(system.resolve("ssh_config"), system, 0);
              default -> named(fromHome(each), home.resolve(".ssh"), 0);
            });
  }

  private boolean named(Path file, Path base, int depth) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      var text = Files.readString(file);
      return depth > MOST_NESTED
          || text.toLowerCase(Locale.ROOT).contains("proxyjump")
          || INCLUDE
              .matcher(text)
              .results()
              .flatMap(line -> List.of(line.group(1).strip().split("\\s+", -1)).stream())
              .anyMatch(pattern -> included(pattern.replace("\"", ""), base, depth + 1));
    } catch (IOException e) {
      return true;
    }
  }

  private boolean included(String pattern, Path base, int depth) {
    if (pattern.matches(".*[%$?\\[{\\\\].*") || pattern.matches(".*\\*.*/.*")) {
      return true;
    }
    var path = base.resolve(fromHome(pattern));
    if (!pattern.contains("*")) {
      return named(path, base, depth);
    }
    var directory = path.resolveSibling("");
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (var files = Files.newDirectoryStream(directory, path.getFileName().toString())) {
      for (var file : files) {
        if (named(file, base, depth)) {
          return true;
        }
      }
      return false;
    } catch (IOException | UncheckedIOException e) {
      return true;
    }
  }

  private Path fromHome(String path) {
    return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
  }
}
