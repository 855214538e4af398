package dev.ansiblevenv.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.run.LogExcerpt;
import dev.ansiblevenv.core.run.RunFollower;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentConnectionTest {

  private static final RunId RUN = new RunId("20260101T000000-00000000");

  /// Something that is not our agent, in the place of a host.
  private record Script(String script) implements Transport {

    @Override
    public Process start(String command) throws IOException {
      return new ProcessBuilder("/bin/sh", "-c", script).start();
    }

    @Override
    public String host() {
      return "fake";
    }
  }

  @Test
  void a_reader_whose_consumer_was_interrupted_ends_with_the_connection() throws Exception {
    var endless =
        """
        printf '\\036ansible-venv 1 ready\\n'
        while printf 'O\\000\\000\\000\\001\\000\\000\\000\\004data'; do :; done &
        cat > /dev/null
        kill $!
        """;
    var first = new CountDownLatch(1);
    try (var connection = AgentConnection.open(new Script(endless), "")) {
      var reader = readers();
      assertThat(reader).isNotEmpty();
      var consumer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  var everything = new LogExcerpt(false, new LogExcerpt.Since.Start());
                  new RunFollower(connection).log(RUN, everything, event -> first.countDown());
                } catch (InterruptedException e) {
                  // What the user meant.
                }
              });
      first.await();
      consumer.interrupt();
      consumer.join();
    }
    while (!readers().isEmpty()) {
      Thread.sleep(10);
    }
  }

  private static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("agent of fake"))
        .toList();
  }

  @Test
  void a_request_may_have_begun_on_a_connection_that_was_cut_without_a_word() throws Exception {
    try (var connection = AgentConnection.open(new Script("sleep 0.2"), "")) {
      assertThatThrownBy(() -> connection.send(Map.of("type", "list")).last(answer -> {}))
          .isInstanceOf(HostUnreachable.class);
      assertThat(connection.mayHaveBegun()).isTrue();
      assertThat(connection.hasAnswered()).isFalse();
    }
  }

  @Test
  void nothing_has_begun_where_the_host_says_that_it_cannot() throws Exception {
    var refusing = new Script("printf '\\036ansible-venv 1 no-python\\n'; sleep 0.2");
    try (var connection = AgentConnection.open(refusing, "")) {
      assertThatThrownBy(() -> connection.send(Map.of("type", "list")).last(answer -> {}))
          .isInstanceOf(HostUnreachable.class)
          .hasMessageContaining("no usable Python");
      assertThat(connection.mayHaveBegun()).isFalse();
    }
  }
}
