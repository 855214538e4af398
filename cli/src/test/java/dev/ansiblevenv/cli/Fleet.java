package dev.ansiblevenv.cli;

import dev.ansiblevenv.testing.SshHost;
import dev.ansiblevenv.testing.SshServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Hosts behind real servers on loopback, one each, and the inventory that knows them as the group
/// `web`.
final class Fleet implements AutoCloseable {

  /// A playbook that leaves a file `begun` in the host's home and goes on for ten minutes.
  static final String BEGINS_AND_WAITS =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - name: Begin
            ansible.builtin.file:
              path: "{{ lookup('env', 'HOME') }}/begun"
              state: touch
              mode: "0600"
          - name: Wait
            ansible.builtin.command: sleep 600
            changed_when: false
      """;

  private final Path directory;
  private final Map<String, SshServer> servers = new LinkedHashMap<>();
  private final Map<String, String> lines = new LinkedHashMap<>();

  Fleet(Path directory) {
    this.directory = directory;
  }

  Fleet of(String... names) {
    for (var name : names) {
      with(name, SshServer.start(directory.resolve(name)));
    }
    return this;
  }

  /// A host of which nothing but its line in the inventory is wrong.
  Fleet with(String name, UnaryOperator<String> spoiled) {
    of(name);
    lines.computeIfPresent(name, (key, line) -> spoiled.apply(line));
    return this;
  }

  /// @param setting a line of its `sshd_config`
  Fleet with(String name, String setting) {
    return with(name, SshServer.start(directory.resolve(name), setting));
  }

  private Fleet with(String name, SshServer server) {
    servers.put(name, server.makeKnown());
    lines.put(name, line(name, server));
    return this;
  }

  SshServer server(String name) {
    var server = servers.get(name);
    if (server == null) {
      throw new IllegalArgumentException(name);
    }
    return server;
  }

  Path venv(String host, String name) {
    return server(host).home().resolve("venvs").resolve(name);
  }

  Program inventoryOf(Program program) throws IOException {
    return program.file(
        "inventory/hosts", "# who is who\n[web]\n" + String.join("\n", lines.values()) + "\n");
  }

  static String line(String name, SshHost host) {
    return "%s ansible_host=%s ansible_port=%d ansible_user=%s ansible_ssh_private_key_file=%s ansible_ssh_common_args=\"%s\""
        .formatted(
            name,
            host.address(),
            host.port(),
            host.user(),
            host.privateKey(),
            String.join(" ", host.clientOptions()));
  }

  @Override
  public void close() {
    servers.values().forEach(SshServer::close);
  }
}
