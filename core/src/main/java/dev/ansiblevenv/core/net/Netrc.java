package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The logins in `$NETRC`, else `~/.netrc`, which uv and pip use for an index whose URL has none.
final class Netrc {

  private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

  private final Map<String, Credentials> machines;

  private Netrc(Map<String, Credentials> machines) {
    this.machines = machines;
  }

  static Netrc of(Map<String, String> environment) {
    var named = environment.getOrDefault("NETRC", "");
    var home = environment.getOrDefault("HOME", "");
    if (named.isEmpty() && home.isEmpty()) {
      return new Netrc(Map.of());
    }
    var file = named.isEmpty() ? Path.of(home, ".netrc") : Path.of(named);
    if (!Files.exists(file)) {
      return new Netrc(Map.of());
    }
    try {
      return new Netrc(parse(Files.readAllLines(file)));
    } catch (IOException e) {
      throw new UsageFailure("cannot read the logins", file.toString(), "", "", e);
    }
  }

  Optional<Credentials> forHost(String host) {
    return Optional.ofNullable(machines.getOrDefault(host, machines.get("")));
  }

  /// A `macdef` runs to the next blank line; the entry `default` is kept under the empty name.
  private static Map<String, Credentials> parse(List<String> lines) {
    var machines = new HashMap<String, Credentials>();
    var tokens = new ArrayList<String>();
    var inMacro = false;
    for (var line : lines) {
      inMacro = inMacro ? !line.isBlank() : line.stripLeading().startsWith("macdef ");
      if (!inMacro && !line.stripLeading().startsWith("#")) {
        TOKEN
            .matcher(line)
            .results()
            .map(m -> m.group(1) == null ? m.group(2) : m.group(1).replaceAll("\\\\(.)", "$1"))
            .forEach(tokens::add);
      }
    }
    @Nullable String machine = null;
    for (var token = tokens.iterator(); token.hasNext(); ) {
      switch (token.next()) {
        case "machine" -> machine = next(token);
        case "default" -> machine = "";
        case "login" -> {
          var user = next(token);
          if (machine != null) {
            machines.merge(
                machine,
                new Credentials(user, ""),
                (old, _) -> new Credentials(user, old.password()));
          }
        }
        case "password" -> {
          var password = next(token);
          if (machine != null) {
            machines.merge(
                machine,
                new Credentials("", password),
                (old, _) -> new Credentials(old.user(), password));
          }
        }
        default -> {
          // `account` and its value: nobody asks for it over HTTP.
        }
      }
    }
    return Map.copyOf(machines);
  }

  private static String next(Iterator<String> tokens) {
    return tokens.hasNext() ? tokens.next() : "";
  }
}
