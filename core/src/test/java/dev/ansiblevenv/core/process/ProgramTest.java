package dev.ansiblevenv.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.Cancelled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

  private static final Duration PLENTY = Duration.ofSeconds(60);

  @TempDir Path directory;

  private Program shell(String script) {
    return new Program(
        List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), directory);
  }

  @Test
  void captures_both_streams_and_the_exit_code() throws IOException {
    var completed = shell("echo out; echo err >&2; exit 3").run(PLENTY);
    assertThat(completed).isEqualTo(new Completed(3, "out\n", "err\n"));
  }

  @Test
  void a_large_output_arrives_whole() throws IOException {
    var completed = shell("seq 1 300000; seq 1 300000 >&2").run(PLENTY);
    assertThat(completed.output()).hasLineCount(300_000).endsWith("300000\n");
    assertThat(completed.errorOutput()).isEqualTo(completed.output());
  }

  @Test
  void of_a_boundless_output_both_ends_are_kept() throws IOException {
    var completed = shell("echo first; head -c 40000000 /dev/zero; echo last").run(PLENTY);
    assertThat(completed.output().length()).isLessThan(Program.HEAD_BYTES + 2 * BoundedOutput.TAIL);
    assertThat(completed.output())
        .startsWith("first\n")
        .contains("[… 23157259 bytes of output are left out here …]")
        .endsWith("last\n");
  }

  @Test
  @Timeout(50)
  void does_not_wait_for_a_descendant_that_keeps_the_streams_open() throws IOException {
    var completed = shell("sleep 55 & echo $! > pid; echo said").run(PLENTY);
    assertThat(completed.output()).isEqualTo("said\n");
    ProcessHandle.of(pid("pid")).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  @Timeout(50)
  void at_the_limit_all_descendants_end_even_those_that_do_not_want_to() {
    var program =
        shell(
            "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 0.1; done' & wait");
    assertThatThrownBy(() -> program.run(Duration.ofSeconds(1)))
        .isInstanceOf(Cancelled.class)
        .hasMessageContaining("it took longer than 1 s");
    gone("pid");
  }

  @Test
  @Timeout(50)
  void an_interrupt_ends_it_and_all_that_it_started() throws Exception {
    var caught = new AtomicReference<Throwable>();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                shell("sleep 300 & echo $! > pid; wait").run(Duration.ofMinutes(5));
              } catch (Throwable e) {
                caught.set(e);
              }
            });
    while (!Files.exists(directory.resolve("pid")) || Files.size(directory.resolve("pid")) == 0) {
      Thread.sleep(10);
    }
    thread.interrupt();
    thread.join();
    assertThat(caught.get()).isInstanceOf(Cancelled.class);
    gone("pid");
  }

  private void gone(String file) {
    var handle = ProcessHandle.of(pid(file));
    handle.ifPresent(process -> process.onExit().join());
  }

  private long pid(String file) {
    try {
      return Long.parseLong(Files.readString(directory.resolve(file)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
