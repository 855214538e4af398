package dev.ansiblevenv.orchestration.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.run.RunId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartedRunsTest {

  @TempDir Path project;

  @Test
  void a_call_to_more_hosts_than_are_kept_forgets_none_of_its_own() {
    var started = new StartedRuns(project);
    for (var i = 0; i < 600; i++) {
      started.note(run("20260301T1200", i), "host" + i);
    }
    assertThat(started.all()).hasSize(600);
    assertThat(started.noted(run("20260301T1200", 0)).host()).isEqualTo("host0");
  }

  @Test
  void what_is_old_goes_when_there_is_much() {
    var started = new StartedRuns(project);
    for (var i = 0; i < 520; i++) {
      started.note(run("20260101T1200", i), "host" + i);
    }
    started.note(run("20260301T1200", 0), "new");
    assertThat(started.all()).hasSize(500).contains(run("20260301T1200", 0));
  }

  private static RunId run(String minute, int number) {
    return new RunId(String.format("%s%02d-%08x", minute, number % 60, number));
  }
}
