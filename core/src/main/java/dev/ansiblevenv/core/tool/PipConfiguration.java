package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// [pip's configuration files](https://pip.pypa.io/en/stable/topics/configuration/), for users
/// whose index stands nowhere else. Read as pip does, a later file over an earlier one:
/// `pip/pip.conf` in each of `XDG_CONFIG_DIRS` and `/etc/pip.conf`; `~/.pip/pip.conf`,
/// `pip/pip.conf` in `XDG_CONFIG_HOME`; the file that `PIP_CONFIG_FILE` names (`/dev/null` there
/// turns all files off). The section `[install]` wins over `[global]`, a `PIP_*` variable over
/// every file.
///
/// Looked at are `index-url`, `extra-index-url` and `cert`. `trusted-host` is not: certificates are
/// always checked, and a private authority is named by `cert` or `SSL_CERT_FILE`.
final class PipConfiguration {

  private static final Map<String, String> VARIABLES =
      Map.of(
          "index-url",
          "PIP_INDEX_URL",
          "extra-index-url",
          "PIP_EXTRA_INDEX_URL",
          "cert",
          "PIP_CERT");

  private final Map<String, String> environment;

  PipConfiguration(Map<String, String> environment) {
    this.environment = environment;
  }

  /// The environment, with the `PIP_*` variables set that the files answer for.
  Map<String, String> completed() {
    var settings = new HashMap<String, String>();
    for (var file : files()) {
      settings.putAll(read(file));
    }
    var result = new HashMap<>(environment);
    for (var section : List.of("install", "global")) {
      VARIABLES.forEach((key, variable) -> {
        var value = settings.getOrDefault(section + "." + key, "");
        if (!value.isEmpty() && result.getOrDefault(variable, "").isEmpty()) {
          result.put(variable, value);
        }
      });
    }
    return result;
  }

  private List<Path> files() {
    var named = value("PIP_CONFIG_FILE");
    if (named.equals("/dev/null")) {
      return List.of();
    }
    var files = new ArrayList<Path>();
    var shared = value("XDG_CONFIG_DIRS").isEmpty() ? "/etc/xdg" : value("XDG_CONFIG_DIRS");
    for (var directory : shared.split(":", -1)) {
      files.add(Path.of(directory, "pip", "pip.conf"));
    }
    files.add(Path.of("/etc/pip.conf"));
    var home = value("HOME");
    if (!home.isEmpty()) {
      files.add(Path.of(home, ".pip", "pip.conf"));
      files.add(
          value("XDG_CONFIG_HOME").isEmpty()
              ? Path.of(home, ".config", "pip", "pip.conf")
              : Path.of(value("XDG_CONFIG_HOME"), "pip", "pip.conf"));
    }
    if (!named.isEmpty()) {
      files.add(Path.of(named));
    }
    return files.stream().filter(Files::isRegularFile).toList();
  }

  private static Map<String, String> read(Path file) {
    try {
      return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageFailure(
          "cannot read pip's configuration",
          file.toString(),
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }

  /// The INI dialect of Python's `configparser`: an indented line continues the value above.
  private static Map<String, String> parse(List<String> lines) {
    var settings = new HashMap<String, String>();
    var section = "";
    var key = "";
    for (var line : lines) {
      var text = line.strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
        settings.merge(key, text, (old, more) -> (old + " " + more).strip());
      } else if (text.startsWith("[") && text.endsWith("]")) {
        section = text.substring(1, text.length() - 1);
        key = "";
      } else {
        var end = text.chars().takeWhile(c -> c != '=' && c != ':').count();
        var name = text.substring(0, (int) end).strip().toLowerCase(Locale.ROOT).replace('_', '-');
        key = section + "." + name;
        settings.put(key, text.substring((int) Math.min(end + 1, text.length())).strip());
      }
    }
    return settings;
  }

  private String value(String name) {
    return environment.getOrDefault(name, "");
  }
}
