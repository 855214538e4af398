package dev.ansiblevenv.orchestration.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.orchestration.store.YamlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes write one record; some are killed.
final class HostTrackerProcessTest {

  private static final HostName HOST = HostName.of("night2.lan");

  @TempDir Path project;

  /// Notes venvs until it has noted as many as it was told.
  static final class Writer {
    public static void main(String[] arguments) {
      var tracker = new HostTracker(new YamlFiles(Path.of(arguments[0])), Clock.systemUTC());
      int count = Integer.parseInt(arguments[2]);
      for (int i = 0; i < count; i++) {
        tracker.add(HOST, arguments[1] + "_" + i, "/venvs/" + i);
        System.out.println(i);
      }
    }
  }

  private Process start(String name, int count) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            project.toString(),
            name,
            String.valueOf(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void two_processes_and_two_threads_lose_none_of_each_others_updates() throws Exception {
    var processes = new ArrayList<Process>();
    processes.add(start("a", 50));
    processes.add(start("b", 50));
    var threads = new ArrayList<Thread>();
    for (var name : new String[] {"c", "d"}) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> Writer.main(new String[] {project.toString(), name, "25"})));
    }
    for (var thread : threads) {
      thread.join();
    }
    for (var process : processes) {
      process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).isZero();
    }
    assertThat(tracker().record(HOST).installedVenvs()).hasSize(150);
  }

  @Test
  void a_killed_writer_leaves_a_whole_record_and_no_lock() throws Exception {
    for (int round = 0; round < 5; round++) {
      var process = start("r" + round, 100_000);
      try (var output = process.inputReader()) {
        int last = -1;
        for (int i = 0; i < 3 + round * 4; i++) {
          last = Integer.parseInt(output.readLine());
        }
        process.destroyForcibly().waitFor();
        var record = tracker().record(HOST);
        for (int i = 0; i <= last; i++) {
          assertThat(record.venv("r" + round + "_" + i)).isPresent();
        }
      }
    }
    tracker().add(HOST, "after", "/venvs/after");
    try (var files = Files.list(project.resolve("host_venvs"))) {
      assertThat(files).containsExactly(project.resolve("host_venvs/night2.lan.yml"));
    }
  }

  private HostTracker tracker() {
    return new HostTracker(new YamlFiles(project), Clock.systemUTC());
  }
}
