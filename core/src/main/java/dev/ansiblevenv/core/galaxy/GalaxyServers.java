package dev.ansiblevenv.core.galaxy;

import dev.ansiblevenv.core.net.Credentials;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// The servers that Ansible would ask, in its order: `[galaxy] server_list` with a section
/// `[galaxy_server.NAME]` each, or the one `[galaxy] server`, or the public Galaxy; every setting
/// also from its environment variable. See [Configuring the ansible-galaxy
/// client](https://docs.ansible.com/ansible/latest/collections_guide/collections_installing.html#configuring-the-ansible-galaxy-client).
///
/// @param servers at least one; a collection comes from the first that has it
/// @param signatures empty where collections need no signature
public record GalaxyServers(List<ConfiguredServer> servers, Optional<SignatureRules> signatures) {

  private static final String PUBLIC_GALAXY = "https://galaxy.ansible.com";

  private static final Set<String> YES = Set.of("true", "yes", "y", "on", "1", "t", "1.0");

  public GalaxyServers {
    servers = List.copyOf(servers);
  }

  /// @throws InvalidInput when the configuration is malformed, or asks for what is not supported:
  ///   skipping certificate checks
  public static GalaxyServers read(AnsibleSettings configuration) {
    var signatures = SignatureRules.read(configuration);
    var names = configuration.list(setting("ANSIBLE_GALAXY_SERVER_LIST", "server_list"));
    if (names.isEmpty()) {
      return new GalaxyServers(List.of(single(configuration)), signatures);
    }
    var servers = new LinkedHashMap<String, ConfiguredServer>();
    names.forEach(name -> servers.put(name, listed(configuration, name)));
    return new GalaxyServers(List.copyOf(servers.values()), signatures);
  }

  /// The servers of several configurations, as far as they tell how to log in. For what was locked,
  /// whose server is known.
  ///
  /// @throws InvalidInput as [#read]
  public static GalaxyServers readAll(List<AnsibleSettings> configurations) {
    var servers = new LinkedHashMap<URI, ConfiguredServer>();
    Optional<SignatureRules> signatures = Optional.empty();
    for (var configuration : configurations) {
      var each = read(configuration);
      each.servers().forEach(server -> servers.putIfAbsent(server.url(), server));
      signatures = signatures.or(each::signatures);
    }
    return new GalaxyServers(List.copyOf(servers.values()), signatures);
  }

  /// The server that a requirement's `source` means: one of these by name or URL.
  public Optional<ConfiguredServer> find(String nameOrUrl) {
    return servers.stream()
        .filter(s -> s.name().equals(nameOrUrl) || sameUrl(s.url(), nameOrUrl))
        .findFirst();
  }

  /// A server that is configured nowhere but named by a requirement.
  ///
  /// @throws InvalidInput when it is not an http or https URL
  public static ConfiguredServer unlisted(String url, String where) {
    return new ConfiguredServer(
        url,
        url(url, where),
        loginIn(url).orElse(new ConfiguredServer.Login.Anonymous()),
        Duration.ofSeconds(60));
  }

  private static boolean sameUrl(URI url, String other) {
    return url.toString().equals(other) || url.toString().equals(other + "/");
  }

  private static ConfiguredServer listed(AnsibleSettings configuration, String name) {
    var settings = new ServerSettings(configuration, name);
    var url = settings.get("url").orElseThrow(() -> settings.invalid("url", "has no value"));
    checkCertificates(settings.get("validate_certs").map(v -> !isYes(v)), settings.where("url"));
    var login =
        settings
            .get("username")
            .<ConfiguredServer.Login>map(user ->
                new ConfiguredServer.Login.Password(user, settings.get("password").orElse("")))
            .or(() -> settings.get("auth_url").map(authority -> keycloak(authority, settings)))
            .or(() -> settings.get("token").map(ConfiguredServer.Login.Token::new))
            .or(() -> loginIn(url))
            .orElse(new ConfiguredServer.Login.Anonymous());
    var timeout = settings.get("timeout").or(() -> defaultTimeout(configuration));
    return new ConfiguredServer(
        name,
        url(url, settings.where("url")),
        login,
        timeout.map(value -> seconds(value, settings.where("timeout"))).orElse(defaultTimeout()));
  }

  /// A client's own secret comes before a token, as it does for ansible-galaxy.
  private static ConfiguredServer.Login keycloak(String authority, ServerSettings settings) {
    var secret = settings.get("client_secret");
    var token = settings.get("token");
    if (secret.isEmpty() && token.isEmpty()) {
      throw settings.invalid("auth_url", "needs a `token` or a `client_secret`");
    }
    var uri = url(authority, settings.where("auth_url")).toString();
    return new ConfiguredServer.Login.Keycloak(
        URI.create(authority.endsWith("/") ? uri : uri.substring(0, uri.length() - 1)),
        settings.get("client_id").orElse("cloud-services"),
        secret,
        token);
  }

  private static ConfiguredServer single(AnsibleSettings configuration) {
    var text =
        text(configuration, setting("ANSIBLE_GALAXY_SERVER", "server")).orElse(PUBLIC_GALAXY);
    var where = "[galaxy] server";
    checkCertificates(
        configuration.bool(setting("ANSIBLE_GALAXY_IGNORE", "ignore_certs")),
        "[galaxy] ignore_certs");
    var url = url(text, where);
    var login =
        token(configuration)
            .<ConfiguredServer.Login>map(ConfiguredServer.Login.Token::new)
            .or(() -> loginIn(text))
            .orElse(new ConfiguredServer.Login.Anonymous());
    var timeout =
        defaultTimeout(configuration)
            .map(value -> seconds(value, "[galaxy] server_timeout"))
            .orElse(defaultTimeout());
    return new ConfiguredServer(url.toString(), url, login, timeout);
  }

  /// The token that `ansible-galaxy` keeps for the one server of those who configured no list.
  private static Optional<String> token(AnsibleSettings configuration) {
    var file =
        configuration
            .path(setting("ANSIBLE_GALAXY_TOKEN_PATH", "token_path"))
            .orElseGet(() -> configuration.home().resolve("galaxy_token"));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      return yaml.<Object>load(Files.readString(file)) instanceof Map<?, ?> map
              && map.get("token") instanceof String token
          ? Optional.of(token)
          : Optional.empty();
    } catch (IOException | YAMLException e) {
      // The cause's text may quote the token.
      throw new InvalidInput(
          "cannot read the Galaxy token", file.toString(), "it is not a YAML file", "");
    }
  }

  private static void checkCertificates(Optional<Boolean> skipped, String where) {
    if (skipped.orElse(false)) {
      throw new InvalidInput(
          "asks to skip the check of the server's certificate",
          where,
          "a lock of collections from nobody knows where would be worthless",
          "name the PEM file of your authority in SSL_CERT_FILE, and remove the setting");
    }
  }

  private static Optional<ConfiguredServer.Login> loginIn(String url) {
    try {
      return Credentials.in(URI.create(url))
          .map(c -> new ConfiguredServer.Login.Password(c.user(), c.password()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static URI url(String text, String where) {
    try {
      var uri = URI.create(text.replaceFirst("://[^/?#]*@", "://"));
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return text.endsWith("/") ? uri : URI.create(uri + "/");
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one error; its text would repeat the URL with its password.
    }
    throw new InvalidInput("is not the http or https URL of a Galaxy server", where, "", "");
  }

  private static Duration seconds(String value, String where) {
    try {
      return Duration.ofSeconds(Math.max(1, Long.parseLong(value)));
    } catch (NumberFormatException e) {
      throw new InvalidInput("is not a number of seconds", where, "it is `" + value + "`", "", e);
    }
  }

  private static Optional<String> defaultTimeout(AnsibleSettings configuration) {
    return text(configuration, setting("ANSIBLE_GALAXY_SERVER_TIMEOUT", "server_timeout"));
  }

  static Duration defaultTimeout() {
    return Duration.ofSeconds(60);
  }

  static boolean isYes(String value) {
    return YES.contains(value.toLowerCase(Locale.ROOT));
  }

  private static SettingName setting(String variable, String key) {
    return SettingName.of(variable, "galaxy", key);
  }

  private static Optional<String> text(AnsibleSettings configuration, SettingName name) {
    return configuration.string(name).filter(value -> !value.isEmpty());
  }
}
