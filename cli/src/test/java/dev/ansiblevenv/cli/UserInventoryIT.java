package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run sees of the user's inventory is what `ansible-playbook --limit HOST` sees.
final class UserInventoryIT {

  private static final String PLAYBOOK =
      """
      - name: Tell
        hosts: all
        gather_facts: false
        tasks:
          - name: Tell what there is
            ansible.builtin.debug:
              msg: "{{ inventory_hostname }} {{ groups | to_json }} {{ colour | default('none') }} {{ size | default('none') }} {{ inventory_dir | basename }} {{ inventory_file | basename }}"
          - name: Tell who plays
            ansible.builtin.debug:
              msg: "{{ ansible_play_hosts_all }} {{ hostvars['there'].ansible_host }} {{ hostvars['here'].ansible_host }}"
          - name: Add a host
            ansible.builtin.add_host: {name: added, groups: dynamic, ansible_connection: local}
            changed_when: false
      - name: Another
        hosts: dynamic:there
        gather_facts: false
        tasks:
          - name: Tell of it
            ansible.builtin.debug: {msg: "on {{ inventory_hostname }}"}
      - name: The controller
        hosts: localhost
        gather_facts: false
        tasks:
          - name: Tell of it
            ansible.builtin.debug: {msg: "on {{ inventory_hostname }} {{ token }}"}
      - name: Databases
        hosts: databases:!empty
        tasks:
          - name: Never run
            ansible.builtin.debug: {msg: never}
      - name: A group without hosts
        hosts: empty
        tasks: []
      - name: No group of the inventory
        hosts: nowhere
        tasks: []
      """;

  private static final String NO_HOSTS = "skipping: no hosts matched";

  private static final String PROGRAM =
      """
      #!/bin/sh
      echo asked >> "$ASKED"
      echo '{"made": {"hosts": ["here", "cloud1"], "vars": {"colour": "green"}},
             "_meta": {"hostvars": {"cloud1": {"ansible_host": "203.0.113.9"}}}}'
      """;

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    var plain = Program.in(Files.createDirectory(temporary.resolve("project")));
    var environment = new java.util.HashMap<>(plain.environment());
    environment.put("ASKED", temporary.resolve("asked").toString());
    program = new Program(plain.directory(), environment, "");
    program.file("site.yml", PLAYBOOK);
    program.file("ansible.cfg", "[defaults]\ninventory = inventories/prod\n");
    program.file("other", "[web]\nwrong\n");
    program.file(
        "inventories/prod/01-hosts",
        """
        localhost ansible_connection=local token=t1
        [web]
        here ansible_host=127.0.0.1 ansible_connection=local
        there ansible_host=203.0.113.7
        [databases]
        db1 ansible_host=203.0.113.8
        [empty]
        """);
    program.file("inventories/prod/group_vars/web.yml", "size: large\n");
    program.file(
        "host_vars/here.yml",
        "ansible_connection: ssh\nansible_python_interpreter: /nowhere/python\n");
  }

  @Test
  void a_run_sees_the_inventory_where_it_lies_and_concerns_its_host_alone() throws Exception {
    var ours = deploy("here");
    assertThat(ours).isEqualTo(theirs());
    assertThat(ours).anyMatch(line -> line.contains("large prod 01-hosts"));
    assertThat(ours)
        .filteredOn(line -> line.contains("Could not match supplied host pattern"))
        .singleElement()
        .asString()
        .endsWith("nowhere");
    assertThat(program.directory().resolve("inventories/prod/01-hosts"))
        .content()
        .contains("here ansible_host=127.0.0.1 ansible_connection=local installed_venvs=");
    assertThat(program.directory().resolve("inventory")).doesNotExist();
  }

  @Test
  void a_program_is_asked_once_and_its_answer_is_merged_in_its_place() throws Exception {
    executable("inventories/prod/02-cloud", PROGRAM);
    var ours = deploy("here");
    assertThat(temporary.resolve("asked")).hasContent("asked\n");
    assertThat(ours).isEqualTo(theirs()).anyMatch(line -> line.contains("green large"));
    assertThat(program.run("list-host", "made").output()).contains("cloud1", "here");
  }

  @Test
  void a_plugin_that_works_on_the_other_sources_is_asked_by_ansible() throws Exception {
    program.file(
        "inventories/prod/03-constructed.yml",
        "plugin: ansible.builtin.constructed\nstrict: true\ngroups: {far: \"ansible_host | default('') is match('203')\"}\n");
    assertThat(program.run("list-host", "far").output()).contains("there");
    assertThat(deploy("here")).isEqualTo(theirs()).anyMatch(line -> line.contains("\\\"far\\\""));
  }

  @Test
  void a_program_beside_a_plugin_that_works_on_its_hosts_is_asked_once() throws Exception {
    executable("inventories/prod/02-cloud", PROGRAM);
    program.file(
        "inventories/prod/03-constructed.yml",
        "plugin: constructed\nstrict: true\ngroups: {far: \"inventory_dir.endswith('prod') and ansible_host | default('') is match('203')\"}\n");
    assertThat(program.run("list-host", "far").output()).contains("there", "cloud1");
    assertThat(temporary.resolve("asked")).hasContent("asked\n");
  }

  @Test
  void what_a_program_says_when_it_fails_is_the_error() throws Exception {
    executable(
        "inventories/prod/02-cloud",
        "#!/bin/sh\nyes 'a trace' | head -n 100000 >&2\necho no credentials >&2\nexit 3\n");
    var result = program.run("deploy", "site.yml", "here", "--skip-lint");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.errorOutput())
        .contains("inventories/prod/02-cloud", "the inventory program failed", "no credentials")
        .hasSizeLessThan(2_000);
    executable("inventories/prod/02-cloud", "#!/bin/sh\necho no JSON\n");
    assertThat(program.run("deploy", "site.yml", "here", "--skip-lint").errorOutput())
        .contains("inventories/prod/02-cloud", "does not print a JSON object");
    var gone = program.run("deploy", "site.yml", "here", "--skip-lint", "-i", "nowhere");
    assertThat(gone.errorOutput()).contains("nowhere", "there is no such file");
  }

  private void executable(String name, String text) throws IOException {
    program.file(name, text);
    assertThat(program.directory().resolve(name).toFile().setExecutable(true)).isTrue();
  }

  /// With the play of localhost, which a limit to the host would leave out.
  private List<String> deploy(String host) {
    var result = program.run("deploy", "site.yml", host, "--skip-lint");
    assertThat(result.exitCode()).as(result.errorOutput() + result.output()).isZero();
    var lines = new ArrayList<>(told(result.output()));
    assertThat(lines.removeIf(line -> line.contains("on localhost t1"))).isTrue();
    lines.add(NO_HOSTS);
    return lines.stream().sorted().toList();
  }

  private List<String> theirs() throws Exception {
    var script = temporary.resolve("oracle-asked");
    var builder =
        new ProcessBuilder(
                AnsibleEnvironment.get().program("ansible-playbook").toString(),
                "--limit=here,added",
                "-e",
                "ansible_connection=local",
                "site.yml")
            .directory(program.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().put("ASKED", script.toString());
    builder.environment().put("HOME", temporary.toString());
    var process = builder.start();
    var output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    process.waitFor();
    // Only the limit speaks of it before it is added.
    return told(output).stream().filter(line -> !line.endsWith("ignoring: added")).toList();
  }

  /// What tasks tell, which plays there are, and why some are skipped.
  private static List<String> told(String output) {
    return output
        .lines()
        .filter(line ->
            line.contains("\"msg\"")
                || line.startsWith("PLAY [")
                || line.startsWith(NO_HOSTS)
                || line.contains("Could not match"))
        .map(String::strip)
        .sorted()
        .toList();
  }
}
