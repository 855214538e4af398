package dev.ansiblevenv.orchestration.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostTrackerTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-01-15T10:35:00.5Z"), ZoneOffset.UTC);
  private static final HostName NIGHT2 = HostName.of("night2.lan");

  @TempDir Path project;

  private HostTracker tracker() {
    return new HostTracker(new YamlFiles(project), CLOCK);
  }

  private Path file() {
    return project.resolve("host_venvs/night2.lan.yml");
  }

  private void write(String text) throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }

  @Test
  void the_first_venv_makes_the_record() {
    var record =
        tracker()
            .add(
                NIGHT2,
                "start_rtorrent_droplet_a1b2c3d4",
                "/home/ansible/venvs/start_rtorrent_droplet_a1b2c3d4");
    assertThat(file())
        .hasContent(
            """
            hostname: night2.lan
            installed_venvs:
              - name: start_rtorrent_droplet_a1b2c3d4
                path: /home/ansible/venvs/start_rtorrent_droplet_a1b2c3d4
                installed_date: "2024-01-15T10:35:00"
            """);
    assertThat(tracker().record(NIGHT2)).isEqualTo(record);
  }

  @Test
  void comments_unknown_keys_and_layout_survive() throws Exception {
    write(
        """
        # the old box in the cellar
        hostname: night2.lan   # also torrent.lan
        owner: rix
        installed_venvs:
        - name: a_1   # keep
          path: /a
          pinned: yes
          installed_date: "2024-01-15T10:30:00"
        # between
        - name: b_2
          path: /b
          installed_date: "2024-01-15T10:30:00"
        # end
        """);
    tracker().add(NIGHT2, "c_3", "/c");
    tracker().replace(NIGHT2, "a_1", "/new");
    tracker().remove(NIGHT2, "b_2");
    assertThat(file())
        .hasContent(
            """
            # the old box in the cellar
            hostname: night2.lan   # also torrent.lan
            owner: rix
            installed_venvs:
            - name: a_1   # keep
              path: /new
              pinned: yes
              installed_date: "2024-01-15T10:35:00"
            # between
            - name: c_3
              path: /c
              installed_date: "2024-01-15T10:35:00"
            # end
            """);
  }

  @Test
  void a_venv_that_is_noted_already_changes_nothing() throws Exception {
    tracker().add(NIGHT2, "a_1", "/a");
    var before = Files.readAttributes(file(), "unix:ino,ctime");
    var later = Clock.offset(CLOCK, java.time.Duration.ofDays(1));
    new HostTracker(new YamlFiles(project), later).add(NIGHT2, "a_1", "/a");
    tracker().remove(NIGHT2, "other");
    assertThat(Files.readAttributes(file(), "unix:ino,ctime")).isEqualTo(before);
  }

  @Test
  void the_last_venv_leaves_an_empty_list() {
    tracker().add(NIGHT2, "a_1", "/a");
    assertThat(tracker().remove(NIGHT2, "a_1").installedVenvs()).isEmpty();
    assertThat(file()).hasContent("hostname: night2.lan\ninstalled_venvs: []\n");
  }

  @Test
  void a_host_without_record_has_no_venvs_and_gets_no_file() {
    assertThat(tracker().record(NIGHT2).installedVenvs()).isEmpty();
    tracker().remove(NIGHT2, "a_1");
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void the_case_of_a_host_name_does_not_matter() {
    tracker().add(NIGHT2, "a_1", "/a");
    tracker().add(HostName.of("NIGHT2.LAN"), "b_2", "/b");
    assertThat(tracker().record(NIGHT2).venvNames()).containsExactly("a_1", "b_2");
    assertThat(new VenvRegistry(new YamlFiles(project)).hostsWith("b_2"))
        .containsOnlyKeys("night2.lan");
  }

  @Test
  void a_venv_name_that_cannot_be_one_is_refused() {
    assertThatThrownBy(() -> tracker().add(NIGHT2, "../x", "/a")).isInstanceOf(UsageFailure.class);
    assertThat(project).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hostname: [|host_venvs/night2.lan.yml:1:",
        "- a|host_venvs/night2.lan.yml:1:1",
        "installed_venvs: []|`hostname` is missing",
        "hostname: other|which is not that of the file",
        "hostname: -x|:1:11: is not valid: `hostname` is not a host name",
        "hostname: night2.lan;hostname: night2.lan|:2:1: is not valid: the key `hostname` is there",
        "hostname: night2.lan;installed_venvs: x|:2:18: is not valid: `installed_venvs` is not a",
        "hostname: night2.lan;installed_venvs: [{name: a}]|`installed_date` is missing",
        "hostname: night2.lan;installed_venvs: [{name: ../a}]|`name` is not a venv name",
      })
  void a_corrupt_record_is_named_and_stays(String text, String message) throws Exception {
    write(text.replace(';', '\n'));
    assertThatThrownBy(() -> tracker().add(NIGHT2, "a_1", "/a"))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining(message)
        .hasMessageContaining("host_venvs/night2.lan.yml:");
    assertThat(file()).hasContent(text.replace(';', '\n'));
  }

  @Test
  void a_record_that_is_not_utf8_is_named_and_stays() throws Exception {
    Files.createDirectories(file().getParent());
    Files.write(file(), new byte[] {(byte) 0xc3, 0x28});
    assertThatThrownBy(() -> tracker().record(NIGHT2))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("host_venvs/night2.lan.yml:1:1: is not UTF-8");
    assertThatThrownBy(() -> tracker().add(NIGHT2, "a_1", "/a")).isInstanceOf(StateConflict.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(new byte[] {(byte) 0xc3, 0x28});
  }

  @Property(tries = 200)
  void any_sequence_of_changes_ends_as_it_does_in_memory(@ForAll long seed) throws Exception {
    var random = new Random(seed);
    var directory = Files.createTempDirectory("tracker");
    var tracker = new HostTracker(new YamlFiles(directory), CLOCK);
    var comments =
        "# mine\nhostname: night2.lan # here\ninstalled_venvs: # all\nmore: {a: 1} # x\n";
    var file = Files.createDirectories(directory.resolve("host_venvs")).resolve("night2.lan.yml");
    Files.writeString(file, random.nextBoolean() ? comments : comments.replace("\n", "\r\n"));
    var expected = new HashMap<String, String>();
    for (int i = 0; i < 12; i++) {
      var venv = "v_" + random.nextInt(4);
      if (random.nextInt(3) == 0) {
        tracker.remove(NIGHT2, venv);
        expected.remove(venv);
      } else {
        tracker.add(NIGHT2, venv, "/p" + i);
        expected.put(venv, "/p" + i);
      }
    }
    var record = tracker.record(NIGHT2);
    assertThat(record.installedVenvs())
        .allSatisfy(venv -> assertThat(expected).containsEntry(venv.name(), venv.path()))
        .hasSameSizeAs(expected.keySet());
    assertThat(Files.readString(file))
        .contains(List.of("# mine", "hostname: night2.lan # here", "# all", "more: {a: 1} # x"));
  }
}
