package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a cleanup of this machine lets go, with real environments.
final class CleanupIT {

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
  }

  @Test
  void what_is_no_longer_wanted_goes_and_what_others_have_stays() throws Exception {
    program.file("profiles/one.yml", "name: one\n").file("profiles/two.yml", "name: two\n");
    ensure(program, "one");
    assertThat(ensure(program, "two")).contains("is linked");
    var another = Program.in(Files.createDirectory(temporary.resolve("another")));
    another.file("profiles/three.yml", "name: three\n");
    ensure(another, "three");
    assertThat(cleanup("--dry-run").errorOutput()).contains("nothing to remove");

    var record = program.directory().resolve("host_venvs/localhost.yml");
    var before = Files.readString(record);
    // By the host's clock: when its link was made.
    var touch = new ProcessBuilder("touch", "-h", "-d", "2024-01-15", venv("one").toString());
    assertThat(touch.start().waitFor()).isZero();
    program.file("ansible-venv.yml", "cleanup:\n  unused_for: 90d\n");
    assertThat(cleanup("--dry-run").output())
        .contains("venv  one", "unused for")
        .doesNotContain("two", "three");
    assertThat(cleanup("--dry-run", "--unused-for", "9999w").output()).isEmpty();

    Files.delete(program.directory().resolve("profiles/two.yml"));
    var planned = cleanup("--dry-run", "--format", "json");
    assertThat(planned.output())
        .contains("\"one\"", "\"two\"", "neither a spec nor a profile has its name");
    assertThat(Files.readString(record)).isEqualTo(before);
    assertThat(venv("one")).exists();

    var done = cleanup("--format", "json");
    assertThat(done.exitCode()).as(done.errorOutput()).isZero();
    assertThat(done.output().replace("\"dry_run\" : false", "\"dry_run\" : true"))
        .isEqualTo(planned.output());
    assertThat(Files.exists(venv("one"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(Files.exists(venv("two"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(venv("three").resolve("bin/ansible-playbook")).exists();
    assertThat(record).content().contains("installed_venvs: []");
    assertThat(program.directory().resolve("inventory/hosts"))
        .content()
        .contains("installed_venvs='[]'");
    assertThat(cleanup().errorOutput()).contains("nothing to remove");
  }

  private Path venv(String name) {
    return temporary.resolve("home/venvs").resolve(name);
  }

  private static String ensure(Program program, String profile) {
    var result = program.run("ensure", profile, "localhost");
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    return result.output();
  }

  private Program.Result cleanup(String... options) {
    var arguments = new String[options.length + 2];
    arguments[0] = "cleanup";
    arguments[1] = "localhost";
    System.arraycopy(options, 0, arguments, 2, options.length);
    var result = program.run(arguments);
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    return result;
  }
}
