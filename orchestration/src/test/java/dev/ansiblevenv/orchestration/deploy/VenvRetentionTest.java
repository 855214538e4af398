package dev.ansiblevenv.orchestration.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.session.HostListing;
import dev.ansiblevenv.core.session.RunListing;
import dev.ansiblevenv.core.session.VenvListing;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.deploy.VenvRetention.Going;
import dev.ansiblevenv.orchestration.project.CopyLimit;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VenvRetentionTest {

  private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

  @TempDir private Path project;
  private final List<VenvListing> onHost = new ArrayList<>();
  private final List<RunListing> runs = new ArrayList<>();
  private final List<InstalledVenv> record = new ArrayList<>();

  @BeforeEach
  void install_three_venvs_of_one_playbook_and_one_of_a_profile() throws IOException {
    for (var name : List.of("site_00000001", "site_00000002", "site_00000003")) {
      file("venv_specs/" + name + ".yml", spec(name));
      installed(name, 3 - (name.charAt(12) - '0'));
    }
    file("profiles/torrent.yml", "name: torrent\n");
    installed("torrent", 100);
  }

  @Test
  void without_a_policy_only_what_nothing_names_goes() throws IOException {
    assertThat(going(Optional.empty(), Optional.empty())).isEmpty();

    Files.delete(project.resolve("profiles/torrent.yml"));
    Files.delete(project.resolve("venv_specs/site_00000002.yml"));
    assertThat(going(Optional.empty(), Optional.empty()))
        .extracting(Going::venv, Going::reason)
        .containsExactly(
            tuple("site_00000002", "neither a spec nor a profile has its name"),
            tuple("torrent", "neither a spec nor a profile has its name"));
  }

  @Test
  void of_each_playbook_the_newest_stay_and_profiles_are_not_counted() {
    assertThat(going(Optional.of(1), Optional.empty()))
        .containsExactly(
            new Going("site_00000002", true, "1 newer one of site.yml stays"),
            new Going("site_00000001", true, "1 newer one of site.yml stays"));
  }

  @Test
  void what_was_not_used_for_long_goes_and_a_run_is_a_use() {
    assertThat(going(Optional.empty(), Optional.of(Duration.ofDays(90))))
        .containsExactly(new Going("torrent", true, "unused for 100 days"));
    run("torrent", "failed", NOW.minus(Duration.ofDays(89)));
    assertThat(going(Optional.empty(), Optional.of(Duration.ofDays(90)))).isEmpty();
  }

  @Test
  void where_something_runs_nothing_goes() throws IOException {
    run("site_00000001", "running", NOW.minus(Duration.ofDays(400)));
    run("torrent", "running", NOW.minus(Duration.ofDays(400)));
    Files.delete(project.resolve("profiles/torrent.yml"));

    assertThat(going(Optional.of(1), Optional.of(Duration.ofDays(1))))
        .extracting(Going::venv)
        .containsExactly("site_00000002");
  }

  @Test
  void what_the_host_has_lost_is_forgotten_and_what_the_record_does_not_name_stays() {
    onHost.removeIf(venv -> venv.name().equals("torrent"));
    onHost.add(listing("foreign_00000000", "e"));

    assertThat(going(Optional.empty(), Optional.empty()))
        .containsExactly(new Going("torrent", false, "the host does not have it"));
  }

  @Test
  void a_request_wins_over_the_configuration() {
    var configured =
        new ProjectConfiguration(
            Optional.of(3),
            Optional.of(Duration.ofDays(90)),
            Optional.empty(),
            List.of(),
            false,
            List.of(),
            CopyLimit.DEFAULT,
            true,
            false,
            true);
    var request =
        new CleanupRequest("h", true, Optional.of(1), Optional.empty()).completedBy(configured);

    assertThat(request.keepPerPlaybook()).contains(1);
    assertThat(request.unusedFor()).contains(Duration.ofDays(90));
  }

  @Test
  void an_environment_is_given_back_by_the_last_venv_that_leads_to_it() {
    var shared =
        new SharedEnvironments(List.of(listing("a", "e1"), listing("b", "e1"), listing("c", "e2")));

    assertThat(shared.givenBackBy("a")).isZero();
    assertThat(shared.givenBackBy("b")).isEqualTo(1000);
    assertThat(shared.givenBackBy("b")).isZero();
    assertThat(shared.givenBackBy("c")).isEqualTo(1000);
    assertThat(shared.givenBackBy("unknown")).isZero();
  }

  private List<Going> going(Optional<Integer> keep, Optional<Duration> unusedFor) {
    return new VenvRetention(
            new SpecStorage(new YamlFiles(project)),
            new HostListing(onHost, runs, NOW),
            new CleanupRequest("h", true, keep, unusedFor))
        .goingOf(record);
  }

  private void installed(String name, int daysAgo) {
    var created = NOW.minus(Duration.ofDays(daysAgo));
    // The clock of this machine is a year ahead of the host's.
    var date = LocalDateTime.ofInstant(created.plus(Duration.ofDays(365)), ZoneOffset.UTC);
    record.add(new InstalledVenv(name, "/home/x/venvs/" + name, date));
    onHost.add(listing(name, "e", created));
  }

  private void run(String venv, String status, Instant started) {
    runs.add(
        new RunListing(new RunId("r"), status, 0, "site.yml", venv, started, Optional.empty(), 0));
  }

  private static VenvListing listing(String name, String digest) {
    return listing(name, digest, NOW);
  }

  private static VenvListing listing(String name, String digest, Instant created) {
    return new VenvListing(
        name,
        "/home/x/venvs/" + name,
        digest,
        "",
        true,
        "",
        "3.12.1",
        "2.19.4",
        created,
        1000,
        Duration.ZERO);
  }

  private static String spec(String name) {
    return """
    name: %s
    source_playbook: site.yml
    content_hash: %s
    collections: []
    python_packages: []
    created: "2026-01-15T10:30:00"
    """
        .formatted(name, name.substring(5));
  }

  private void file(String name, String text) throws IOException {
    Files.createDirectories(project.resolve(name).getParent());
    Files.writeString(project.resolve(name), text);
  }
}
