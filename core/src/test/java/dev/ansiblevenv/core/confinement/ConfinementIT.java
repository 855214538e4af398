package dev.ansiblevenv.core.confinement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.storage.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConfinementIT {

  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path BUBBLEWRAP = Path.of("/usr/bin/bwrap");
  private static final List<String> AS_NOBODY =
      List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private Path work;

  @BeforeEach
  void a_directory_that_everybody_may_enter() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
    work = Files.createTempDirectory("confinement").toRealPath();
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void it_is_removed() throws IOException {
    if (work != null) {
      Trees.delete(work);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void an_attack_fails(ConfinementLevel level) {
    var confinement = new Confinement(level, BUBBLEWRAP, work, List.of());
    assertThat(new ConfinementAttack(PYTHON, work).on(confinement)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void an_attack_by_a_user_without_rights_fails(ConfinementLevel level) {
    assumeTrue(
        Files.isExecutable(Path.of(AS_NOBODY.getFirst())) && Files.isWritable(Path.of("/")),
        "only root can become another user, with setpriv");
    var confinement = new Confinement(level, BUBBLEWRAP, work, AS_NOBODY);
    assertThat(new ConfinementAttack(PYTHON, work).on(confinement)).isEmpty();
  }

  @Test
  void an_attack_on_nothing_succeeds_in_every_way() {
    var none = new Confinement(ConfinementLevel.NONE, BUBBLEWRAP, work, List.of());
    assertThat(new ConfinementAttack(PYTHON, work).on(none))
        .hasValueSatisfying(why ->
            assertThat(why)
                .contains(
                    "write_outside",
                    "change_what_is_read_only",
                    "read_a_secret",
                    "connect",
                    "see_the_callers_environment",
                    "signal_the_caller")
                .doesNotContain("daemon"));
  }

  @Test
  void what_was_found_is_remembered_until_what_it_depends_on_changes() throws IOException {
    var levels = List.of(ConfinementLevel.BUBBLEWRAP, ConfinementLevel.LANDLOCK);
    var choice = new ConfinementChoice(Map.of("PATH", ""), work, levels);
    var first = choice.find(PYTHON);
    assertThat(first.isNew()).isTrue();
    assertThat(first.confinement().level()).isEqualTo(ConfinementLevel.LANDLOCK);
    assertThat(first.failures()).containsExactly("bubblewrap: `bwrap` is not on PATH");
    var second = choice.find(PYTHON);
    assertThat(second.isNew()).isFalse();
    assertThat(second.confinement().level()).isEqualTo(ConfinementLevel.LANDLOCK);
    assertThat(second.failures()).isEqualTo(first.failures());
    assertThat(new ConfinementChoice(Map.of("PATH", "/usr/bin"), work, levels).find(PYTHON).isNew())
        .isTrue();
  }

  @Test
  void a_script_may_write_its_scratch_directory_and_has_its_environment_alone() throws IOException {
    for (var level : List.of(ConfinementLevel.BUBBLEWRAP, ConfinementLevel.NAMESPACES)) {
      assertThat(
              run(
                  level,
                  """
                  import os, shutil, sys
                  open(os.environ["TMPDIR"] + "/x", "w").write("y")
                  total = shutil.disk_usage(os.environ["TMPDIR"]).total
                  print(sorted(os.environ), total <= 256 << 20, sys.argv[1:])
                  sys.exit(3)
                  """))
          .isEqualTo(new Completed(3, "['LC_ALL', 'TMPDIR'] True ['a', 'b']\n", ""));
    }
  }

  private Completed run(ConfinementLevel level, String code) throws IOException {
    var file = Files.writeString(work.resolve("script.py"), code);
    return new Confinement(level, BUBBLEWRAP, work, List.of())
        .run(
            new UntrustedScript(
                PYTHON,
                file,
                List.of("a", "b"),
                scratch -> Map.of("LC_ALL", "C.UTF-8", "TMPDIR", scratch.toString()),
                List.of(),
                work),
            Duration.ofSeconds(60));
  }
}
