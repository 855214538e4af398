package dev.ansiblevenv.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineIT {

  @TempDir private Path directory;

  @Test
  void two_machines_are_neither_each_other_nor_this_one() {
    try (var one = Machine.start(directory.resolve("one"), "one");
        var two = Machine.start(directory.resolve("two"), "two")) {
      for (var question :
          List.of(
              "hostname",
              "cat /etc/machine-id",
              "cat /proc/sys/kernel/random/boot_id",
              "echo $SSH_CONNECTION")) {
        var here = Commands.output(List.of("/bin/sh", "-c", question));
        assertThat(List.of(ssh(one, question), ssh(two, question), here)).doesNotHaveDuplicates();
      }
      assertThat(ssh(one, "id -un; pwd")).isEqualTo("deploy\n/home/deploy\n");
      assertThat(ssh(one, "ls /dev/shm /tmp")).isEqualTo("/dev/shm:\n\n/tmp:\n");
      assertThat(one.exec("ps", "-e")).contains("sshd").doesNotContain("java");
      ssh(one, "echo mine > note");
      assertThat(one.home().resolve("note")).hasContent("mine");
      assertThat(two.home().resolve("note")).doesNotExist();
    }
  }

  @Test
  void the_cable_can_be_long_or_cut() {
    try (var machine = Machine.start(directory, "night2")) {
      machine.delay(40);
      machine.loss(1);
      var began = Instant.now();
      ssh(machine, "true");
      // At least the connection, the keys, the login and the command go there and back.
      assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(320));
      machine.cut();
      assertThatThrownBy(() -> ssh(machine, "true")).hasMessageContaining("timed out");
      machine.loss(0);
      machine.heal();
      ssh(machine, "true");
    }
  }

  @Test
  void without_power_everything_but_the_files_is_gone_and_the_next_boot_is_another() {
    try (var machine = Machine.start(directory, "night2")) {
      ssh(machine, "echo kept > file; echo lost > /tmp/file; nohup sleep 600 >file 2>&1 &");
      var boot = ssh(machine, "cat /proc/sys/kernel/random/boot_id");
      machine.powerOff();
      assertThatThrownBy(() -> ssh(machine, "true")).hasMessageContaining("timed out");
      machine.boot();
      assertThat(ssh(machine, "cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(boot);
      assertThat(ssh(machine, "ls /tmp; ls")).isEqualTo("file\n");
      assertThat(machine.exec("ps", "-e")).doesNotContain("sleep");
    }
  }

  @Test
  void nothing_stays_behind_even_if_the_process_that_is_the_cable_is_killed() throws Exception {
    var machine = Machine.start(directory, "night2");
    ssh(machine, "nohup sleep 654 >/dev/null 2>&1 &");
    var cable =
        ProcessHandle.current()
            .descendants()
            .filter(process -> command(process).contains("machine.py " + directory))
            .findFirst()
            .orElseThrow();
    assertThat(Files.exists(Path.of("/sys/class/net/avm" + cable.pid()))).isTrue();

    cable.destroyForcibly();
    cable.onExit().get();

    for (var attempt = 0; attempt < 200 && !ofMachine().isEmpty(); attempt++) {
      Thread.sleep(50);
    }
    assertThat(ofMachine()).isEmpty();
    assertThat(Files.exists(Path.of("/sys/class/net/avm" + cable.pid()))).isFalse();
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
    machine.close();
  }

  private List<String> ofMachine() {
    return ProcessHandle.allProcesses()
        .map(MachineIT::command)
        .filter(command -> command.contains("sleep 654") || command.contains(directory.toString()))
        .toList();
  }

  private static String ssh(Machine machine, String command) {
    var line = new ArrayList<>(List.of("ssh"));
    line.addAll(machine.clientOptions());
    line.addAll(
        List.of(
            "-i",
            machine.privateKey().toString(),
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=3",
            "-l",
            machine.user(),
            machine.address(),
            command));
    return Commands.output(line);
  }

  private static String command(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
