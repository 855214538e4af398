package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many hosts in one call, each behind a real `sshd`.
final class FleetIT {

  private static final JSON WHOLE = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private static final String PLAYBOOK =
      """
      - name: Do what the host is there for
        hosts: all
        gather_facts: false
        tasks:
          - name: Say so
            ansible.builtin.debug:
              msg: "work on {{ inventory_hostname }}"
          - name: Fail where a file says so
            ansible.builtin.command: test ! -e {{ lookup('env', 'HOME') }}/broken
            changed_when: true
      """;

  @TempDir private static Path tools;
  @TempDir private Path temporary;
  private Program program;
  private Fleet fleet;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    fleet = new Fleet(temporary);
    program = project("project");
  }

  @AfterEach
  void end_servers() {
    fleet.close();
  }

  private Program project(String name) throws IOException {
    return Program.in(Files.createDirectory(temporary.resolve(name)))
        .sharing(tools)
        .file("site.yml", PLAYBOOK);
  }

  @Test
  void each_host_comes_to_what_it_comes_to_and_only_those_that_failed_are_tried_again()
      throws IOException {
    fleet
        .of("one", "two", "three")
        .with("dead", line -> line.replaceFirst("ansible_port=\\d+", "ansible_port=1"))
        .with("denying", line -> line.replaceFirst("ansible_user=\\S+", "ansible_user=nobody-here"))
        .of("broken", "old");
    fleet.inventoryOf(program);
    var mark = Files.createFile(fleet.server("broken").home().resolve("broken"));

    var first = deploy("web:!old", "--format", "json");

    assertThat(first.exitCode()).as(first.errorOutput()).isEqualTo(1);
    Schema.HOSTS.assertValid(first.output());
    assertThat(statuses(first))
        .containsExactly(
            Map.entry("one", "ok"),
            Map.entry("two", "ok"),
            Map.entry("three", "ok"),
            Map.entry("dead", "unreachable"),
            Map.entry("denying", "unreachable"),
            Map.entry("broken", "failed"));
    for (var host : hosts(first)) {
      if (host.get("result") != null) {
        Schema.RESULT.assertValid(WHOLE.asString(host.get("result")));
      }
    }
    assertThat(first.errorOutput())
        .containsOnlyOnce("Linting site.yml")
        .containsOnlyOnce("Resolving what")
        .contains("one: ok in ", "changed=1", "broken: failed in ", "  | broken ")
        .contains("error: dead: refuses the connection", "error: denying: denies the login")
        .contains("6 hosts, 3 ok, 3 not")
        .doesNotContain("work on one");
    assertThat(records()).containsExactlyInAnyOrder("one", "two", "three", "broken");
    assertThat(program.run("sync", "--check").exitCode()).isZero();
    assertThat(fleet.server("old").home().resolve("venvs")).doesNotExist();

    Files.delete(mark);
    var again = deploy("web:!old", "--retry-failed");

    assertThat(again.exitCode()).isEqualTo(5);
    assertThat(again.output().lines().map(line -> line.split(" ", -1)[0]))
        .containsExactly("HOST", "dead", "denying", "broken");
    assertThat(again.output()).containsPattern("broken +ok .* 2 +1 +0 ");
    assertThat(again.errorOutput()).doesNotContain("Linting", "Resolving");
    assertThat(deploy("web:!old", "--retry-failed").output()).doesNotContain("broken");
    assertThat(deploy("one,two", "--retry-failed").exitCode()).isEqualTo(2);
    assertThat(deploy("one", "--retry-failed").exitCode()).isEqualTo(2);

    assertThat(deploy("one,two,three").exitCode()).isZero();
    var nothing = deploy("one,two,three", "--retry-failed");
    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.output()).isEmpty();
    assertThat(nothing.errorOutput()).contains("nothing failed");

    var listed = program.run("list-host", "web:!old", "--refresh");
    assertThat(listed.exitCode()).isEqualTo(5);
    assertThat(listed.output()).containsPattern("three +ok .* ready .* yes");
    assertThat(program.run("list-host", "web").output()).contains("broken", "site_");
    assertThat(program.run("verify", "one:two").exitCode()).isZero();
  }

  @Test
  void no_host_is_taken_twice_and_a_pattern_that_selects_none_is_refused() throws IOException {
    fleet.of("one", "two");
    fleet.inventoryOf(program);
    var inventory = program.directory().resolve("inventory/hosts");
    var alias =
        Files.readAllLines(inventory).stream()
            .filter(line -> line.startsWith("two "))
            .findFirst()
            .orElseThrow()
            .replaceFirst("two", "second");
    Files.writeString(inventory, Files.readString(inventory) + alias + "\n");

    var result = program.run("list-host", "all:web:two", "--refresh", "--format", "json");

    assertThat(statuses(result)).hasSize(2).containsEntry("one", "ok").containsEntry("two", "ok");
    assertThat(result.errorOutput()).contains("`second` is the same host as `two`");
    var none = program.run("verify", "web:&nowhere");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.errorOutput()).contains("inventory/hosts", "selects no host");
    var some = program.run("list-host", "one,nowhere");
    assertThat(some.exitCode()).isZero();
    assertThat(some.errorOutput()).contains("warning: `nowhere` is neither a host nor a group");
    assertThat(program.run("list-host", "two:22").exitCode()).isEqualTo(2);
  }

  @Test
  void a_server_that_is_too_busy_for_all_at_once_is_asked_again() throws IOException {
    fleet.with("one", "MaxStartups 1:100:1");
    fleet.inventoryOf(program);
    var inventory = program.directory().resolve("inventory/hosts");
    var lines = new ArrayList<>(List.of("[web]"));
    for (var store : List.of("a", "b", "c", "d")) {
      lines.add(
          Files.readAllLines(inventory).getLast().replaceFirst("one", store)
              + " ansible_venv_home=~/"
              + store);
    }
    Files.write(inventory, lines);

    var result = program.run("list-host", "web", "--refresh", "--format", "json");

    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    assertThat(statuses(result)).hasSize(4).doesNotContainValue("unreachable");
  }

  @Test
  void an_interrupt_cancels_every_run_and_leaves_no_connection() throws Exception {
    fleet.of("one", "two", "three");
    fleet.inventoryOf(program);
    assertThat(deploy("web").exitCode()).isZero();
    program.file("site.yml", Fleet.BEGINS_AND_WAITS);
    var results = new ArrayList<Program.Result>();
    var caller = Thread.ofPlatform().start(() -> results.add(deploy("web", "--skip-lint")));
    for (var host : List.of("one", "two", "three")) {
      await(fleet.server(host).home().resolve("begun"));
    }

    caller.interrupt();
    caller.join();

    var result = results.getFirst();
    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(8);
    assertThat(result.output())
        .containsPattern("one +cancelled")
        .containsPattern("three +cancelled");
    assertThat(ProcessHandle.current().descendants().map(FleetIT::command))
        .noneMatch(command -> command.contains("ssh ") && command.contains("IdentitiesOnly"))
        .noneMatch(command -> command.contains("sleep 600"));
    for (var host : List.of("one", "two", "three")) {
      assertThat(Files.list(fleet.server(host).home().resolve(".local/share/ansible-venv/runs")))
          .allMatch(run -> Files.exists(run.resolve("rc")));
    }
  }

  /// As a terminal does it: to every process in the foreground.
  @Test
  void a_signal_ends_a_deploy_to_several_hosts_everywhere() throws Exception {
    fleet.of("one", "two").with("broken", line -> line.replaceFirst("port=\\d+", "port=1"));
    fleet.inventoryOf(program);
    program.file(
        "site.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - name: Wait
              ansible.builtin.shell: touch ~/begun; exec sleep 4321
              changed_when: false
        """);
    var output = temporary.resolve("output");
    var builder =
        new ProcessBuilder(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "deploy",
                "site.yml",
                "web",
                "--skip-lint")
            .directory(program.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    var process = builder.start();
    await(fleet.server("one").home().resolve("begun"));
    await(fleet.server("two").home().resolve("begun"));

    new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start().waitFor();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(8);
    assertThat(Files.readString(output))
        .containsPattern("one +cancelled")
        .containsPattern("two +cancelled")
        .containsPattern("broken +unreachable")
        .contains("3 hosts, 0 ok, 3 not");
    assertThat(ProcessHandle.allProcesses().map(FleetIT::command))
        .noneMatch(command -> command.contains("sleep 4321"))
        .noneMatch(command -> command.contains("ssh ") && command.contains(temporary.toString()));
  }

  @Test
  void two_controllers_at_once_build_one_environment_and_both_know_of_it() throws Exception {
    fleet.of("one");
    var other = project("other");
    fleet.inventoryOf(program);
    fleet.inventoryOf(other);
    assertThat(program.run("lock", "site.yml").exitCode()).isZero();
    copy(program, other, "venv_specs");

    try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
      var results =
          Stream.of(program, other, program)
              .map(each -> both.submit(() -> each.run("deploy", "site.yml", "web")))
              .toList();
      for (var result : results) {
        assertThat(result.get().exitCode()).as(result.get().errorOutput()).isZero();
      }
    }

    assertThat(Files.list(fleet.server("one").home().resolve(".local/share/ansible-venv/envs")))
        .hasSize(1);
    for (var each : List.of(program, other)) {
      var verified = each.run("verify", "one");
      assertThat(verified.exitCode()).as(verified.output()).isZero();
      assertThat(verified.output()).contains("healthy");
      assertThat(each.run("sync", "--check").exitCode()).isZero();
    }
  }

  @Test
  void a_group_is_made_to_have_the_venv_of_a_profile_of_one_lock() throws IOException {
    fleet.of("one", "two");
    fleet.inventoryOf(program);
    program.file("profiles/plain.yml", "name: plain\npython_packages:\n  - urllib3\n");

    var built = program.run("ensure", "plain", "web", "--format", "json");

    assertThat(built.exitCode()).as(built.errorOutput()).isZero();
    Schema.HOSTS.assertValid(built.output());
    for (var host : hosts(built)) {
      Schema.ENSURED.assertValid(WHOLE.asString(host.get("result")));
    }
    assertThat(built.errorOutput()).containsOnlyOnce("Resolving what").contains("two: ok in ");
    var second = program.run("ensure", "plain", "web");
    assertThat(second.output()).containsPattern("one +ok .* ready .*/venvs/plain");
  }

  @Test
  void verify_repairs_what_it_finds() throws IOException {
    fleet.of("one");
    fleet.inventoryOf(program);
    assertThat(deploy("web").exitCode()).isZero();
    var name =
        Files.list(program.directory().resolve("venv_specs"))
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".yml"))
            .findFirst()
            .orElseThrow()
            .replace(".yml", "");
    var venv = fleet.venv("one", name);

    Files.delete(venv);
    repaired("missing, repaired", "made again");
    assertThat(venv).isSymbolicLink();

    var inside =
        Files.walk(venv.toRealPath())
            .filter(file -> file.endsWith("ansible/cli/playbook.py"))
            .findFirst()
            .orElseThrow();
    var good = Files.readString(inside);
    inside.toFile().setWritable(true);
    Files.writeString(inside, good + "\n# changed\n");
    repaired("unhealthy, repaired", "made again");

    var record = program.directory().resolve("host_venvs/one.yml");
    Files.delete(record);
    assertThat(program.run("verify", "one").exitCode()).isEqualTo(7);
    repaired("unrecorded, repaired", "noted");
    assertThat(record).exists();

    Files.delete(venv);
    Files.createDirectory(venv);
    repaired("foreign, repaired", "it stays on the host");
    assertThat(venv).isDirectory();
    assertThat(Files.readString(record)).doesNotContain(name);
    Files.delete(venv);

    assertThat(deploy("web").exitCode()).isZero();
    var lock = program.directory().resolve("venv_specs").resolve(name + ".lock");
    Files.move(lock, temporary.resolve("kept"));
    Files.delete(venv);
    repaired("missing, repaired", "no lock");
    assertThat(Files.readString(record)).doesNotContain(name);
    assertThat(Files.readString(program.directory().resolve("inventory/hosts")))
        .startsWith("# who is who")
        .doesNotContain(name);
  }

  @Test
  void verify_makes_anew_what_was_built_from_another_lock() throws IOException {
    fleet.of("one");
    fleet.inventoryOf(program);
    program.file("profiles/plain.yml", "name: plain\npython_packages:\n  - urllib3<2\n");
    assertThat(program.run("ensure", "plain", "web").exitCode()).isZero();
    var before = fleet.venv("one", "plain").toRealPath();
    program.file("profiles/plain.yml", "name: plain\npython_packages:\n  - urllib3>=2\n");
    var locked = program.run("lock", "plain");
    assertThat(locked.exitCode()).as(locked.errorOutput()).isZero();

    repaired("outdated, repaired", "made again from the project's lock");

    assertThat(fleet.venv("one", "plain").toRealPath()).isNotEqualTo(before);
    try (var packages = Files.walk(fleet.venv("one", "plain").toRealPath())) {
      assertThat(packages.map(path -> path.getFileName().toString()))
          .anyMatch(name -> name.startsWith("urllib3-2."));
    }
  }

  private void repaired(String... said) {
    assertThat(program.run("verify", "one").exitCode()).isEqualTo(7);
    var repaired = program.run("verify", "one", "--repair");
    assertThat(repaired.exitCode()).as(repaired.output() + repaired.errorOutput()).isZero();
    assertThat(repaired.output()).contains(said);
    var right = program.run("verify", "web");
    assertThat(right.exitCode()).as(right.output() + right.errorOutput()).isZero();
    assertThat(program.run("sync", "--check").exitCode()).isZero();
  }

  private Program.Result deploy(String... arguments) {
    return program.run(
        Stream.concat(Stream.of("deploy", "site.yml"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private List<String> records() throws IOException {
    try (var files = Files.list(program.directory().resolve("host_venvs"))) {
      return files.map(file -> file.getFileName().toString().replace(".yml", "")).toList();
    }
  }

  private static List<Map<String, Object>> hosts(Program.Result result) throws IOException {
    var hosts = new ArrayList<Map<String, Object>>();
    for (var host : (List<?>) JSON.std.mapFrom(result.output()).get("hosts")) {
      hosts.add(JSON.std.mapFrom(WHOLE.asString(host)));
    }
    return hosts;
  }

  private static Map<String, String> statuses(Program.Result result) throws IOException {
    var statuses = new java.util.LinkedHashMap<String, String>();
    for (var host : hosts(result)) {
      statuses.put(String.valueOf(host.get("host")), String.valueOf(host.get("status")));
    }
    return statuses;
  }

  private static void copy(Program from, Program to, String directory) throws IOException {
    try (var files = Files.walk(from.directory().resolve(directory))) {
      for (var file : files.sorted().toList()) {
        Files.copy(file, to.directory().resolve(from.directory().relativize(file)));
      }
    }
  }

  private static void await(Path file) throws InterruptedException {
    for (var attempt = 0; attempt < 600 && !Files.exists(file); attempt++) {
      Thread.sleep(100);
    }
    assertThat(file).exists();
  }

  private static String command(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
