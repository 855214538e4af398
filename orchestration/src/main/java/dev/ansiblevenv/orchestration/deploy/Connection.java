package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.analysis.inventory.ShellWords;
import dev.ansiblevenv.core.host.LocalTransport;
import dev.ansiblevenv.core.host.SshDestination;
import dev.ansiblevenv.core.host.SshTransport;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a host is reached: by the [connection
/// variables](https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#connecting-to-hosts-behavioral-inventory-parameters)
/// that the inventory gives it, else by the settings of `ansible.cfg`, and else as `ssh NAME`
/// would.
///
/// @param workingDirectory what relative paths of keys are relative to, as for Ansible
/// @param environment the caller's
record Connection(
    Path workingDirectory, Map<String, String> environment, AnsibleSettings settings) {

  /// Where a host keeps everything of ours.
  static final String STORE = "ansible_venv_home";

  private static final String[] KEYS = {"ansible_ssh_private_key_file", "ansible_private_key_file"};
  private static final String DEFAULTS = "defaults";
  private static final String SSH = "ssh_connection";
  private static final SettingName TRANSPORT =
      SettingName.of("ANSIBLE_TRANSPORT", DEFAULTS, "transport");
  private static final SettingName USER =
      SettingName.of("ANSIBLE_REMOTE_USER", DEFAULTS, "remote_user");
  private static final SettingName PORT =
      SettingName.of("ANSIBLE_REMOTE_PORT", DEFAULTS, "remote_port");
  private static final SettingName KEY =
      SettingName.of("ANSIBLE_PRIVATE_KEY_FILE", DEFAULTS, "private_key_file");

  /// Variables with arguments of ssh, and the settings that count where they are not set.
  private static final Map<String, SettingName> ARGUMENTS = arguments();

  private static Map<String, SettingName> arguments() {
    var names = new LinkedHashMap<String, SettingName>();
    names.put("ansible_ssh_args", SettingName.of("ANSIBLE_SSH_ARGS", SSH, "ssh_args"));
    names.put(
        "ansible_ssh_common_args",
        SettingName.of("ANSIBLE_SSH_COMMON_ARGS", SSH, "ssh_common_args"));
    names.put(
        "ansible_ssh_extra_args", SettingName.of("ANSIBLE_SSH_EXTRA_ARGS", SSH, "ssh_extra_args"));
    return names;
  }

  /// @throws InvalidInput when the inventory asks for what is not one of ours, or, in a project
  ///   that is not trusted, for more than an address, a port and a user
  Transport to(Target target) {
    var name = target.name().text();
    var kind =
        variable(target, "ansible_connection")
            .or(() -> Localhost.isLocal(name) ? Optional.of("local") : settings.string(TRANSPORT))
            .orElse("ssh");
    var isLocal = kind.equals("local") || kind.equals("ansible.builtin.local");
    if (settings.boundary().isClosed()) {
      requireHarmless(target, isLocal);
    }
    return switch (kind) {
      case "local", "ansible.builtin.local" -> new LocalTransport(name, environment);
      case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh" ->
          new SshTransport(destination(target), environment, target.forwardsAgent());
      default ->
          throw refused(name, "ansible_connection", "it is `" + kind + "`", "use `ssh` or `local`");
    };
  }

  /// Arguments of ssh may be programs to run here; a host that is meant to be another machine must
  /// not turn out to be this one.
  private void requireHarmless(Target target, boolean isLocal) {
    var name = target.name().text();
    if (isLocal && !Localhost.isLocal(name)) {
      throw untrusted(name, "ansible_connection");
    }
    if (isLocal && variable(target, STORE).isPresent()) {
      throw untrusted(name, STORE);
    }
    ARGUMENTS.forEach((variable, setting) -> {
      if (variable(target, variable).or(() -> settings.string(setting)).isPresent()) {
        throw untrusted(name, variable);
      }
    });
    variable(target, KEYS)
        .ifPresent(path -> settings.boundary().require(Path.of(file(path)), name));
  }

  private static InvalidInput untrusted(String host, String variable) {
    return refused(
        host,
        variable,
        "the project is not trusted",
        "what your ssh needs to know belongs into `~/.ssh/config`");
  }

  SshDestination destination(Target target) {
    var name = target.name().text();
    for (var password : List.of("ansible_password", "ansible_ssh_pass", "ansible_ssh_password")) {
      if (target.known().map(host -> host.variables().containsKey(password)).orElse(false)) {
        throw refused(
            name, password, "logging in by password is not supported", "use a key: `ssh-copy-id`");
      }
    }
    var address = variable(target, "ansible_host", "ansible_ssh_host").orElse(name);
    var user =
        variable(target, "ansible_user", "ansible_ssh_user")
            .or(() -> settings.string(USER))
            .orElse("");
    requireNoOption(name, "ansible_host", address);
    requireNoOption(name, "ansible_user", user);
    return new SshDestination(
        name,
        address,
        variable(target, "ansible_port", "ansible_ssh_port")
            .or(() -> settings.string(PORT))
            .map(text -> OptionalInt.of(port(name, text)))
            .orElse(OptionalInt.empty()),
        user,
        variable(target, KEYS)
            .map(this::file)
            .or(() -> settings.path(KEY).map(Path::toString))
            .orElse(""),
        arguments(target));
  }

  private List<String> arguments(Target target) {
    var all = new ArrayList<String>();
    ARGUMENTS.forEach((variable, setting) ->
        variable(target, variable)
            .or(() -> settings.string(setting))
            .ifPresent(text -> {
              try {
                all.addAll(ShellWords.split(text));
              } catch (IllegalArgumentException e) {
                throw refused(
                    target.name().text(),
                    variable,
                    String.valueOf(e.getMessage()),
                    "close the quotes");
              }
            }));
    return all;
  }

  private String file(String path) {
    var home = environment.getOrDefault("HOME", "");
    return workingDirectory
        .resolve(path.startsWith("~/") ? home + path.substring(1) : path)
        .toString();
  }

  private static int port(String host, String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535 || text.matches("0+")) {
      throw refused(host, "ansible_port", "it is `" + text + "`", "a port is a number up to 65535");
    }
    return Integer.parseInt(text);
  }

  private static void requireNoOption(String host, String variable, String value) {
    if (value.startsWith("-") || value.chars().anyMatch(Character::isISOControl)) {
      throw refused(host, variable, "ssh would take it for an option", "");
    }
  }

  private static Optional<String> variable(Target target, String... names) {
    return target.known().flatMap(host -> variable(host, names));
  }

  /// The first of the variables that is set.
  ///
  /// @throws InvalidInput when it is known to Ansible only: a template, or encrypted
  static Optional<String> variable(InventoryHost host, String... names) {
    for (var name : names) {
      var value = host.variables().get(name);
      if (value == null) {
        continue;
      }
      var text = Reference.resolved(value.toString(), host);
      if (value instanceof Map || value instanceof List || text.contains("{{")) {
        throw refused(
            host.name(),
            name,
            "it has to be known before Ansible starts: it can be neither encrypted nor a template with more than names of variables",
            "write the value itself");
      }
      return Optional.of(text);
    }
    return Optional.empty();
  }

  /// A template that only names variables of the inventory.
  private static final class Reference {
    private static final Pattern NAME =
        Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*\\}\\}");
    private static final int MAX_DEPTH = 8;

    /// @return with what is not such a template as it is written
    static String resolved(String text, InventoryHost host) {
      var current = text;
      for (var depth = 0; depth < MAX_DEPTH && current.contains("{{"); depth++) {
        current =
            NAME.matcher(current)
                .replaceAll(match ->
                    Matcher.quoteReplacement(value(host, match.group(1)).orElse(match.group())));
      }
      return current;
    }

    private static Optional<String> value(InventoryHost host, String name) {
      return switch (name) {
        case "inventory_hostname" -> Optional.of(host.name());
        case "inventory_hostname_short" -> Optional.of(host.name().replaceFirst("\\..*", ""));
        default ->
            Optional.ofNullable(host.variables().get(name))
                .filter(value -> !(value instanceof Map) && !(value instanceof List))
                .map(Object::toString);
      };
    }
  }

  private static InvalidInput refused(String host, String variable, String why, String next) {
    return new InvalidInput("cannot be reached as `" + variable + "` says", host, why, next);
  }
}
