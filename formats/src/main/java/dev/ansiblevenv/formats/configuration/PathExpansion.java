package dev.ansiblevenv.formats.configuration;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path in a setting, expanded as Ansible's `resolve_path` does: `{{CWD}}`, then `$NAME` and
/// `${NAME}`, then `~` and `~user`. What is not known stays as it is written.
///
/// @param workingDirectory absolute; where `ansible-playbook` would be typed
record PathExpansion(Path workingDirectory, Map<String, String> environment) {

  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\{[^}]*\\})");
  private static final Path ACCOUNTS = Path.of("/etc/passwd");

  /// @param base absolute; of a relative path
  /// @param where the setting is, for errors
  /// @return absolute and normalized; nothing need be there
  Path resolve(String path, Path base, String where) {
    try {
      var here = path.replace("{{CWD}}", workingDirectory.toString());
      return base.resolve(withHome(withVariables(here))).normalize();
    } catch (InvalidPathException e) {
      throw new InvalidInput("not a path", where, e.getReason(), "", e);
    }
  }

  private String withVariables(String path) {
    if (path.indexOf('$') < 0) {
      return path;
    }
    return VARIABLE
        .matcher(path)
        .replaceAll(found -> {
          var name = found.group(1).replaceAll("[{}]", "");
          return Matcher.quoteReplacement(environment.getOrDefault(name, found.group()));
        });
  }

  private String withHome(String path) {
    if (!path.startsWith("~")) {
      return path;
    }
    var slash = path.indexOf('/');
    var user = slash < 0 ? path.substring(1) : path.substring(1, slash);
    var rest = slash < 0 ? "" : path.substring(slash);
    var home = user.isEmpty() ? environment.getOrDefault("HOME", "") : homeOf(user);
    return home.isEmpty() ? path : home.replaceFirst("/+$", "") + (rest.isEmpty() ? "/" : rest);
  }

  private static String homeOf(String user) {
    try {
      return Files.readAllLines(ACCOUNTS, StandardCharsets.ISO_8859_1).stream()
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 5 && fields[0].equals(user))
          .map(fields -> fields[5])
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
