package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.analysis.inventory.ShellWords;
import dev.ansiblevenv.core.host.LocalTransport;
import dev.ansiblevenv.core.host.SshDestination;
import dev.ansiblevenv.core.host.SshTransport;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How a host is reached: by the [connection
/// variables](https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#connecting-to-hosts-behavioral-inventory-parameters)
/// that the inventory gives it, and else as `ssh NAME` would.
///
/// @param project what relative paths of keys are relative to
/// @param environment the caller's
record Connection(Path project, Map<String, String> environment) {

  /// @throws InvalidInput when the inventory asks for what is not one of ours
  Transport to(Target target) {
    var name = target.name().text();
    var kind =
        variable(target, "ansible_connection").orElse(Localhost.isLocal(name) ? "local" : "ssh");
    return switch (kind) {
      case "local", "ansible.builtin.local" -> new LocalTransport(name, environment);
      case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh" ->
          new SshTransport(destination(target), environment, target.forwardsAgent());
      default ->
          throw refused(name, "ansible_connection", "it is `" + kind + "`", "use `ssh` or `local`");
    };
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
    var user = variable(target, "ansible_user", "ansible_ssh_user").orElse("");
    requireNoOption(name, "ansible_host", address);
    requireNoOption(name, "ansible_user", user);
    return new SshDestination(
        name,
        address,
        variable(target, "ansible_port", "ansible_ssh_port")
            .map(text -> OptionalInt.of(port(name, text)))
            .orElse(OptionalInt.empty()),
        user,
        variable(target, "ansible_ssh_private_key_file", "ansible_private_key_file")
            .map(this::file)
            .orElse(""),
        arguments(target));
  }

  private static List<String> arguments(Target target) {
    var all = new ArrayList<String>();
    for (var variable :
        List.of("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args")) {
      variable(target, variable)
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
          });
    }
    return all;
  }

  private String file(String path) {
    var home = environment.getOrDefault("HOME", "");
    return project.resolve(path.startsWith("~/") ? home + path.substring(1) : path).toString();
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
      var text = value.toString();
      if (value instanceof Map || value instanceof List || text.contains("{{")) {
        throw refused(
            host.name(),
            name,
            "it has to be known before Ansible starts, so it can be neither a template nor encrypted",
            "write the value itself");
      }
      return Optional.of(text);
    }
    return Optional.empty();
  }

  private static InvalidInput refused(String host, String variable, String why, String next) {
    return new InvalidInput("cannot be reached as `" + variable + "` says", host, why, next);
  }
}
