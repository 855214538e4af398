package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.net.TrustedCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What uv sees of the user's environment: the way to the network and the indexes, the caches, and
/// nothing that would change what is resolved or where it is installed (`UV_PROJECT*`, `UV_PYTHON`,
/// `UV_CONSTRAINT`, `VIRTUAL_ENV`, `PYTHON*` …).
///
/// - An index that stands only in pip's settings is handed on as uv's; uv's own settings win, and
///   so does a `uv.toml` of the user or the machine that names an index.
/// - Pages of links for pip (`PIP_FIND_LINKS`) are handed on as uv's; directories of this machine
///   are not, because no host has them.
/// - CA files named only for pip are handed on as `SSL_CERT_FILE`.
/// - uv's cache stays the user's own (`UV_CACHE_DIR`, else uv's default): it is shared with the uv
///   that the user runs, and lies where environments can link to it.
/// - uv never downloads a Python by itself.
public final class UvEnvironment {

  private static final Set<String> KEPT =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "TMPDIR",
          "LANG",
          "NETRC",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "SSL_CLIENT_CERT",
          "UV_DEFAULT_INDEX",
          "UV_INDEX",
          "UV_INDEX_URL",
          "UV_EXTRA_INDEX_URL",
          "UV_INDEX_STRATEGY",
          "UV_FIND_LINKS",
          "UV_INSECURE_HOST",
          "UV_KEYRING_PROVIDER",
          "UV_CREDENTIALS_DIR",
          "UV_CACHE_DIR",
          "UV_LINK_MODE",
          "UV_CONFIG_FILE",
          "UV_NO_CONFIG",
          "UV_NO_SYSTEM_CONFIG",
          "UV_SYSTEM_CERTS",
          "UV_NATIVE_TLS",
          "UV_OFFLINE",
          "UV_EXCLUDE_NEWER",
          "UV_HTTP_TIMEOUT",
          "UV_HTTP_CONNECT_TIMEOUT",
          "UV_HTTP_RETRIES",
          "UV_REQUEST_TIMEOUT",
          "UV_CONCURRENT_DOWNLOADS",
          "UV_CONCURRENT_BUILDS",
          "UV_CONCURRENT_INSTALLS");

  private static final Pattern KEPT_BY_FORM =
      Pattern.compile(
          "(?i:https?_proxy|all_proxy|no_proxy)|LC_\\w+|XDG_\\w+|UV_INDEX_\\w+_(USERNAME|PASSWORD)");

  private static final Pattern NAMES_AN_INDEX =
      Pattern.compile(
          "(?m)^\\s*(\\[\\[\\s*(pip\\.)?index\\s*\\]\\]|(default-|extra-)?index(-url)?\\s*=)");

  private final Map<String, String> environment;

  /// @param environment completed by [PipConfiguration]: [Controller#environment]
  public UvEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  public Map<String, String> variables() {
    var result = new TreeMap<String, String>();
    environment.forEach((name, value) -> {
      if (KEPT.contains(name) || KEPT_BY_FORM.matcher(name).matches()) {
        result.put(name, value);
      }
    });
    result.putAll(new TrustedCertificates(environment).forOtherPrograms());
    if (!configurationFileNamesAnIndex()) {
      handOn(result, "PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL");
      handOn(result, "PIP_EXTRA_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL");
    }
    var links = value("PIP_FIND_LINKS").strip();
    if (!isSet("UV_FIND_LINKS") && links.matches("https?://\\S+(\\s+https?://\\S+)*")) {
      result.put("UV_FIND_LINKS", links.replaceAll("\\s+", ","));
    }
    result.put("UV_NO_PROGRESS", "1");
    result.put("UV_PYTHON_DOWNLOADS", "never");
    result.put("NO_COLOR", "1");
    return result;
  }

  private void handOn(Map<String, String> result, String from, String to, String older) {
    if (isSet(from) && !isSet(to) && !isSet(older)) {
      result.put(to, value(from));
    }
  }

  private boolean configurationFileNamesAnIndex() {
    return configurationFiles()
        .anyMatch(file -> {
          try {
            return NAMES_AN_INDEX.matcher(Files.readString(file)).find();
          } catch (IOException e) {
            // uv reads the same file, and says better what is wrong with it.
            return false;
          }
        });
  }

  private Stream<Path> configurationFiles() {
    if (Arrays.asList("1", "true").contains(value("UV_NO_CONFIG").toLowerCase(Locale.ROOT))) {
      return Stream.of();
    }
    if (isSet("UV_CONFIG_FILE")) {
      return Stream.of(Path.of(value("UV_CONFIG_FILE")));
    }
    var user = isSet("XDG_CONFIG_HOME") ? value("XDG_CONFIG_HOME") : value("HOME") + "/.config";
    var shared = isSet("XDG_CONFIG_DIRS") ? value("XDG_CONFIG_DIRS").split(":", -1)[0] : "/etc/xdg";
    return Stream.of(
            Path.of(user, "uv", "uv.toml"),
            Path.of(shared, "uv", "uv.toml"),
            Path.of("/etc/uv/uv.toml"))
        .filter(Files::isRegularFile);
  }

  private boolean isSet(String name) {
    return !value(name).isBlank();
  }

  private String value(String name) {
    return environment.getOrDefault(name, "");
  }
}
