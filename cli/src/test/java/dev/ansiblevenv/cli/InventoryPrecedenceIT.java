package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which of two values of a variable a run sees is what `ansible-playbook` itself says, for every
/// pair of places in which an inventory and the files beside it and beside the playbook can have
/// one.
final class InventoryPrecedenceIT {

  private static final String PLAYBOOK =
      """
      - name: Tell what is seen
        hosts: web1
        gather_facts: false
        tasks:
          - name: Tell
            ansible.builtin.debug:
              msg: "{% for name in query('ansible.builtin.varnames', '^v_') | sort %}{{ name }}={{ lookup('ansible.builtin.vars', name) }} {% endfor %}"
          - name: Tell the groups
            ansible.builtin.debug:
              msg: "groups={{ group_names | join(' ') }} value={{ inline }} unsafe={{ raw }}"
          - name: Tell the connection
            ansible.builtin.debug:
              msg: "connection={{ ansible_connection }}"
      """;

  private static final String INVENTORY =
      """
      all:
        vars: {%s}
        hosts:
          web1:
            ansible_connection: local
            inline: !vault |
      %s
            raw: !unsafe "{{ not a template }}"
            %s
          other: {v_other: never}
        children:
          top:
            vars: {%s}
            children:
              middle:
                vars: {%s}
                children: {web: }
          web:
            hosts: {web1: }
            vars: {%s}
          zeta:
            hosts: {web1: , other: }
            vars: {%s}
          alpha:
            hosts: {web1: }
            vars: {ansible_group_priority: 10, %s}
          elsewhere:
            hosts: {other: }
            vars: {v_elsewhere: never}
      """;

  /// Files by the place that they are.
  private static final Map<String, String> FILES =
      new LinkedHashMap<>(
          Map.of(
              "inventory_all_file", "inventory/group_vars/all.yml",
              "inventory_top_file", "inventory/group_vars/top.yaml",
              "inventory_web_file", "inventory/group_vars/web/main.yml",
              "inventory_web_vaulted", "inventory/group_vars/web/vault.yml",
              "inventory_alpha_file", "inventory/group_vars/alpha.json",
              "inventory_host_file", "inventory/host_vars/web1.yml",
              "playbook_all_file", "group_vars/all.yml",
              "playbook_web_file", "group_vars/web.yml",
              "playbook_host_file", "host_vars/web1.yml"));

  private static final List<String> IN_INVENTORY =
      List.of("all", "host", "top", "middle", "web", "zeta", "alpha");

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    program.file("site.yml", PLAYBOOK);
    Files.writeString(temporary.resolve("key"), "the password\n");
    var inline = encrypted(program.directory().resolve("inline"), "inline value");
    Files.delete(program.directory().resolve("inline"));
    program.file(
        "inventory/hosts.yml",
        INVENTORY.formatted(
            variables("all", "%s: %s, "),
            inline.strip().indent(8).stripTrailing(),
            variables("host", "%s: %s\n      ").stripTrailing(),
            variables("top", "%s: %s, "),
            variables("middle", "%s: %s, "),
            variables("web", "%s: %s, "),
            variables("zeta", "%s: %s, "),
            variables("alpha", "%s: %s, ")));
    for (var file : FILES.entrySet()) {
      program.file(
          file.getValue(), "{" + variables(file.getKey(), "\"%s\": \"%s\", ") + "\"x\": 1}\n");
    }
    encrypted(
        program.directory().resolve(FILES.get("inventory_web_vaulted")),
        "{" + variables("inventory_web_vaulted", "\"%s\": \"%s\", ") + "}\n");
    // Only Ansible can read it, and it is not for files to decide how the host is reached from
    // itself.
    encrypted(
        program.directory().resolve(FILES.get("inventory_host_file")),
        "{"
            + variables("inventory_host_file", "\"%s\": \"%s\", ")
            + "\"ansible_connection\": \"ssh\"}\n");
  }

  @Test
  void of_two_values_the_one_that_ansible_takes_is_seen() throws Exception {
    var theirs = new ArrayList<>(told(ansible()));
    assertThat(theirs.remove("connection=ssh")).isTrue();
    var ours =
        program.run("deploy", "site.yml", "web1", "--skip-lint", "--vault-password-file", "../key");
    assertThat(ours.exitCode()).as(ours.errorOutput() + ours.output()).isZero();
    theirs.add("connection=local");
    assertThat(told(ours.output())).containsExactlyInAnyOrderElementsOf(theirs);
    assertThat(theirs)
        .hasSize(places().size() * (places().size() - 1) / 2 + 4)
        .contains("value=inline value", "unsafe={{ not a template }}");
  }

  private static List<String> places() {
    var places = new ArrayList<>(IN_INVENTORY);
    places.addAll(FILES.keySet().stream().sorted().toList());
    return places;
  }

  /// One variable for each other place, with this place as its value.
  private static String variables(String place, String form) {
    return places().stream()
        .filter(other -> !other.equals(place))
        .map(other -> form.formatted(name(place, other), place))
        .collect(Collectors.joining());
  }

  private static String name(String one, String other) {
    return one.compareTo(other) < 0 ? "v_" + one + "__" + other : "v_" + other + "__" + one;
  }

  /// The words `name=value` of the messages.
  private static List<String> told(String output) {
    return output
        .lines()
        .filter(line -> line.contains("\"msg\""))
        .map(line -> line.replaceFirst(".*\"msg\": \"(.*?) ?\"$", "$1"))
        .flatMap(line -> List.of(line.split(" (?=[a-z_0-9]+=)", -1)).stream())
        .sorted()
        .toList();
  }

  private String encrypted(Path file, String text) throws IOException {
    Files.writeString(file, text);
    run("ansible-vault", "encrypt", "--vault-password-file=" + temporary.resolve("key"), file);
    return Files.readString(file);
  }

  private String ansible() throws IOException {
    return run(
        "ansible-playbook",
        "-e",
        "ansible_python_interpreter=/usr/bin/python3",
        "--inventory=inventory/hosts.yml",
        "--vault-password-file=" + temporary.resolve("key"),
        Path.of("site.yml"));
  }

  private String run(Object... command) throws IOException {
    var words = new ArrayList<>(List.of(command).stream().map(String::valueOf).toList());
    words.set(0, AnsibleEnvironment.get().program(words.getFirst()).toString());
    var builder = new ProcessBuilder(words).directory(program.directory().toFile());
    builder.environment().put("HOME", temporary.resolve("home").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder.redirectError(temporary.resolve("errors").toFile());
    var process = builder.start();
    var output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor())
          .as(output + Files.readString(temporary.resolve("errors")))
          .isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return output;
  }
}
