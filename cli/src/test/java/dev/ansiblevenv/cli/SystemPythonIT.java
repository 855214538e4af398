package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Modules that need the system's own Python find it, although tasks run with the venv's.
final class SystemPythonIT {

  @TempDir private Path temporary;

  @Test
  void apt_works_in_a_venv() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")), "there is no apt");
    assumeTrue(isRoot() && hasAptBindings(), "needs root and python3-apt");
    var program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    program.file(
        "site.yml",
        """
        - name: Install what is there
          hosts: localhost
          gather_facts: false
          tasks:
            - name: Have a shell
              ansible.builtin.apt:
                name: dash
                state: present
              register: had
            - name: Compare
              ansible.builtin.assert:
                that:
                  - had is not changed
        """);
    var result = program.run("deploy", "site.yml", "localhost", "--skip-lint");
    assertThat(result.exitCode()).as(result.errorOutput() + result.output()).isZero();
  }

  private static boolean hasAptBindings() throws Exception {
    return new ProcessBuilder("/usr/bin/python3", "-c", "import apt").start().waitFor() == 0;
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
