package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that is a machine of its own, without a network but the cable to this one: the cable is
/// long, bad or cut, and the power fails.
final class SeparateMachineIT {

  private static final String PLAYBOOK =
      """
      - name: Do what the host is there for
        hosts: all
        gather_facts: false
        tasks:
          - name: Say where
            ansible.builtin.debug:
              msg: "work on {{ lookup('file', '/etc/hostname') }}"
      """;

  @TempDir private static Path tools;
  @TempDir private Path temporary;
  private Program program;
  private Machine machine;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    machine = Machine.start(temporary.resolve("night2"), "night2");
    program =
        Program.in(Files.createDirectory(temporary.resolve("project")))
            .sharing(tools)
            .file("site.yml", PLAYBOOK)
            .file(
                "inventory/hosts",
                "[web]\n"
                    + Fleet.line("night2", machine)
                    + " ansible_ssh_extra_args='-o ServerAliveInterval=1 -o ServerAliveCountMax=3'\n");
  }

  @AfterEach
  void end_machine() {
    machine.close();
  }

  @Test
  void a_long_and_lossy_cable_is_no_hindrance() throws IOException {
    machine.delay(25);
    machine.loss(2);
    var first = deploy();
    assertThat(first.exitCode()).as(first.errorOutput()).isZero();
    assertThat(first.output()).contains("work on night2");

    var second = deploy();
    assertThat(second.exitCode()).as(second.errorOutput()).isZero();
    assertThat(logins()).isEqualTo(2);
    assertThat(program.run("verify", "night2").exitCode()).isZero();
  }

  @Test
  void a_cable_that_is_cut_while_the_host_builds_is_noticed_and_leaves_nothing_half()
      throws Exception {
    var broken = whileBuilding(machine::cut);
    assertThat(broken.exitCode()).as(broken.errorOutput()).isEqualTo(5);
    assertThat(broken.errorOutput())
        .contains("error: night2: the connection to the agent ended: without a word");
    assertThat(program.directory().resolve("host_venvs")).doesNotExist();
    assertThat(program.run("verify", "night2").exitCode()).isEqualTo(5);

    machine.heal();
    recovered();
  }

  @Test
  @Tag("long")
  void a_machine_that_loses_its_power_while_it_builds_has_nothing_half_when_it_is_back()
      throws Exception {
    var broken = whileBuilding(machine::powerOff);
    assertThat(broken.exitCode()).as(broken.errorOutput()).isEqualTo(5);

    machine.boot();
    assertThat(program.run("list-host", "night2", "--refresh").exitCode()).isZero();
    recovered();
  }

  @Test
  void what_is_said_of_a_machine_is_true_before_during_and_after_a_power_failure()
      throws Exception {
    assertThat(deploy().exitCode()).isZero();
    program.file("site.yml", Fleet.BEGINS_AND_WAITS);
    var results = new ArrayList<Program.Result>();
    var caller = Thread.ofPlatform().start(() -> results.add(deploy("--skip-lint")));
    await(machine.home().resolve("begun"));

    machine.powerOff();
    assertThat(program.run("list-host", "night2", "--refresh").exitCode()).isEqualTo(5);
    assertThat(program.run("verify", "night2").exitCode()).isEqualTo(5);

    machine.boot();
    caller.join();
    assertThat(results.getFirst().exitCode()).as(results.getFirst().errorOutput()).isEqualTo(1);
    assertThat(results.getFirst().errorOutput())
        .contains("the connection to `night2` was lost", "the run was interrupted on the host");
    assertThat(program.run("runs", "night2").output()).contains("interrupted", "succeeded");
    var listed = program.run("list-host", "night2", "--refresh", "--format", "json");
    assertThat(listed.exitCode()).as(listed.errorOutput()).isZero();
    var venvs = (List<?>) JSON.std.mapFrom(listed.output()).get("venvs");
    assertThat(venvs)
        .hasSize(2)
        .allSatisfy(venv -> assertThat(venv.toString()).contains("state=ready", "recorded=true"));
    assertThat(machine.exec("ps", "-e")).doesNotContain("ansible");
    assertThat(program.run("verify", "night2").exitCode()).isZero();
  }

  @Test
  void a_home_that_cannot_be_written_to_is_an_error_that_names_it() {
    machine.exec("chown", "root:root", "/home/deploy");
    machine.exec("chmod", "755", "/home/deploy");
    unreachable("/home/deploy/.local");
    assertThat(machine.home().resolve(".local")).doesNotExist();
  }

  @Test
  void an_account_that_nobody_may_log_in_to_is_an_error_in_its_own_words() {
    machine.exec("usermod", "--shell", "/usr/sbin/nologin", "deploy");
    unreachable("does not run what it is asked to", "This account is currently not available.");
    assertThat(machine.home().resolve(".local")).doesNotExist();
  }

  private void unreachable(String... said) {
    for (var command :
        List.of(
            List.of("deploy", "site.yml", "night2", "--skip-lint"),
            List.of("list-host", "night2", "--refresh"))) {
      var result = program.run(command.toArray(String[]::new));
      assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(5);
      assertThat(result.errorOutput()).contains("error: night2: ").contains(said);
    }
    assertThat(program.directory().resolve("host_venvs")).doesNotExist();
  }

  private Program.Result whileBuilding(Runnable accident) throws Exception {
    var results = new ArrayList<Program.Result>();
    var caller = Thread.ofPlatform().start(() -> results.add(deploy()));
    awaitBuild();
    accident.run();
    caller.join();
    return results.getFirst();
  }

  private void recovered() throws IOException {
    var next = deploy();
    assertThat(next.exitCode()).as(next.errorOutput()).isZero();
    assertThat(environments()).hasSize(1).noneMatch(name -> name.startsWith("."));
    var verified = program.run("verify", "night2", "--format", "json");
    assertThat(verified.exitCode()).as(verified.output()).isZero();
    assertThat(JSON.std.mapFrom(verified.output()).toString()).contains("healthy");
  }

  /// The machine has no index to ask: everything is sent to it.
  private Program.Result deploy(String... arguments) {
    var all = new ArrayList<>(List.of("deploy", "site.yml", "night2", "--push"));
    all.addAll(List.of(arguments));
    return program.run(all.toArray(String[]::new));
  }

  private long logins() {
    return machine.log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }

  private List<String> environments() throws IOException {
    var directory = machine.home().resolve(".local/share/ansible-venv/envs");
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private void awaitBuild() throws Exception {
    for (var attempt = 0; attempt < 6000; attempt++) {
      if (environments().stream().anyMatch(name -> name.startsWith(".building"))) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the host never began to build");
  }

  private static void await(Path file) throws InterruptedException {
    for (var attempt = 0; attempt < 600 && !Files.exists(file); attempt++) {
      Thread.sleep(100);
    }
    assertThat(file).exists();
  }
}
