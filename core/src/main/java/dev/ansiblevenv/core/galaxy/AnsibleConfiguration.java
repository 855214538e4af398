package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Settings as Ansible finds them: an environment variable, else the one `ansible.cfg` that
/// [applies](https://docs.ansible.com/ansible/latest/reference_appendices/config.html#the-configuration-file).
public final class AnsibleConfiguration {

  private final Map<String, String> environment;
  private final Map<String, Map<String, String>> sections;

  private AnsibleConfiguration(
      Map<String, String> environment, Map<String, Map<String, String>> sections) {
    this.environment = environment;
    this.sections = sections;
  }

  /// @throws InvalidInput when the file that applies cannot be read or is no INI file
  static AnsibleConfiguration read(Path project, Map<String, String> environment) {
    var file = file(project, environment);
    return new AnsibleConfiguration(
        environment, file.map(AnsibleConfiguration::parse).orElse(Map.of()));
  }

  /// What one file and the environment say.
  ///
  /// @throws InvalidInput when the file cannot be read or is no INI file
  public static AnsibleConfiguration in(Path file, Map<String, String> environment) {
    return new AnsibleConfiguration(environment, parse(file));
  }

  /// What the environment says alone.
  public static AnsibleConfiguration none(Map<String, String> environment) {
    return new AnsibleConfiguration(environment, Map.of());
  }

  /// The value of a setting, without the quotes that an INI value may stand in. An empty variable
  /// is as good as none.
  public Optional<String> get(String variable, String section, String key) {
    return Optional.ofNullable(environment.get(variable))
        .or(() -> Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key)))
        .map(AnsibleConfiguration::unquoted)
        .filter(value -> !value.isEmpty());
  }

  /// A setting that holds a list: entries separated by commas.
  public List<String> list(String variable, String section, String key) {
    return get(variable, section, key).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .map(AnsibleConfiguration::unquoted)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /// The user's home directory.
  Path home() {
    return home(environment);
  }

  /// A path that may begin with `~`.
  Path path(String value) {
    return value.startsWith("~/") ? home().resolve(value.substring(2)) : Path.of(value);
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("HOME", "/"));
  }

  private static Optional<Path> file(Path project, Map<String, String> environment) {
    var candidates = new ArrayList<Path>();
    var named = environment.getOrDefault("ANSIBLE_CONFIG", "");
    if (!named.isEmpty()) {
      var home = home(environment);
      var path = project.resolve(named.startsWith("~/") ? home + named.substring(1) : named);
      candidates.add(Files.isDirectory(path) ? path.resolve("ansible.cfg") : path);
    }
    if (!isWritableByAll(project)) {
      candidates.add(project.resolve("ansible.cfg"));
    }
    candidates.add(home(environment).resolve(".ansible.cfg"));
    candidates.add(Path.of("/etc/ansible/ansible.cfg"));
    return candidates.stream().filter(Files::isRegularFile).findFirst();
  }

  /// Ansible takes no configuration from a directory in which anybody could have put it.
  private static boolean isWritableByAll(Path directory) {
    try {
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, Map<String, String>> parse(Path file) {
    try {
      return sections(file, Files.readString(file, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new InvalidInput(
          "cannot read the Ansible configuration",
          file.toString(),
          String.valueOf(e.getMessage()),
          "make it a readable text file in UTF-8",
          e);
    }
  }

  /// As Python's `configparser` reads it with Ansible's settings: keys in any case, `=` or `:`,
  /// comments from `#` or `;` at a line's start and from ` ;` within it, indented lines continue a
  /// value.
  private static Map<String, Map<String, String>> sections(Path file, List<String> lines) {
    var sections = new HashMap<String, Map<String, String>>();
    Map<String, String> section = null;
    String key = null;
    for (int number = 1; number <= lines.size(); number++) {
      var line = lines.get(number - 1);
      var text = withoutComment(line).strip();
      if (text.isEmpty()) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && section != null && key != null) {
        section.merge(key, text, (value, more) -> value + "\n" + more);
      } else if (text.startsWith("[") && text.contains("]")) {
        section =
            sections.computeIfAbsent(text.substring(1, text.indexOf(']')), _ -> new HashMap<>());
        key = null;
      } else if (section == null) {
        throw new InvalidInput(
            "is not a valid Ansible configuration",
            file + ":" + number,
            "a setting stands before any [section]",
            "");
      } else {
        var at = delimiter(text);
        key = text.substring(0, at).strip().toLowerCase(Locale.ROOT);
        section.put(key, at == text.length() ? "" : text.substring(at + 1).strip());
      }
    }
    return sections;
  }

  private static String withoutComment(String line) {
    var start = line.stripLeading();
    if (start.startsWith("#") || start.startsWith(";")) {
      return "";
    }
    for (int at = line.indexOf(';'); at > 0; at = line.indexOf(';', at + 1)) {
      if (Character.isWhitespace(line.charAt(at - 1))) {
        return line.substring(0, at);
      }
    }
    return line;
  }

  private static int delimiter(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '=' || text.charAt(at) == ':') {
        return at;
      }
    }
    return text.length();
  }

  private static String unquoted(String value) {
    var text = value.strip();
    var quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
