package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.agent.AgentConnection;
import dev.ansiblevenv.core.agent.Answer;
import dev.ansiblevenv.core.agent.Blobs;
import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.diagnostic.BuildFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host without a way to any index gets its wheels over the connection.
class PushedBuildIT {

  @TempDir Path directory;
  private TestHost host;
  private String python = "";
  private Path wheels;
  private final List<String> installed = new ArrayList<>();
  private final List<List<String>> asked = new ArrayList<>();

  @BeforeEach
  void a_host_with_an_empty_installer_cache_and_the_wheels_here() throws Exception {
    // Downloads of other builds must not be able to help.
    Files.createDirectories(directory.resolve("home/.local/share/ansible-venv/cache/uv"));
    host = new TestHost(directory);
    try (var session = host.open()) {
      var chosen = session.factsWithPythons().pythons().getFirst();
      python = chosen.path();
      wheels = wheels(chosen.version());
    }
  }

  @Test
  void nothing_is_fetched_and_the_environment_is_the_same() throws Exception {
    var lock = new Lock(TestHost.PYLOCK, List.of());
    try (var connection = AgentConnection.open(host.transport(), "")) {
      var built = build(connection, "one", lock, files());
      assertThat(built.text("status")).isEqualTo("built");
      // The lock and uv first: only the lock says which wheels are needed.
      assertThat(asked).hasSize(2);
      assertThat(asked.getFirst()).hasSize(2);
      assertThat(asked.getLast()).hasSameSizeAs(files());
      assertThat(installed).hasSameSizeAs(files());
      assertThat(host.store().resolve("blobs")).isDirectoryNotContaining("glob:**.whl");
      try (var blobs = Files.list(host.store().resolve("blobs"))) {
        // The lock.
        assertThat(blobs).hasSize(1);
      }
      assertThat(host.store().resolve("envs").resolve(built.text("digest")).resolve("wheels"))
          .doesNotExist();
    }
    try (var session = host.open()) {
      assertThat(session.verify("one").status()).isEqualTo(Verification.Status.HEALTHY);
      Files.delete(host.venv("one"));
      // From an index: the same lock, and so the same environment.
      assertThat(host.ensure(session, "two", lock).digest())
          .isEqualTo(host.environments().getFirst());
    }
  }

  @Test
  void what_the_host_has_is_not_asked_for_again() throws Exception {
    try (var connection = AgentConnection.open(host.transport(), "")) {
      build(connection, "one", new Lock(TestHost.PYLOCK, List.of()), files());
      asked.clear();
      installed.clear();
      var another =
          TestHost.PYLOCK.replaceFirst("marker = \"", "marker = \"os_name == 'posix' and ");
      assertThat(build(connection, "two", new Lock(another, List.of()), files()).text("status"))
          .isEqualTo("built");
      assertThat(asked).hasSize(1);
      assertThat(asked.getFirst()).hasSize(1);
      assertThat(installed).isEmpty();
    }
  }

  @Test
  void a_package_without_a_wheel_is_named() throws Exception {
    var incomplete = new ArrayList<>(files());
    incomplete.removeIf(file -> file.getFileName().toString().startsWith("resolvelib-"));
    try (var connection = AgentConnection.open(host.transport(), "")) {
      assertThatThrownBy(
              () -> build(connection, "one", new Lock(TestHost.PYLOCK, List.of()), incomplete))
          .isInstanceOf(BuildFailed.class)
          .hasMessageContaining("no wheel was sent for resolvelib ");
    }
    assertThat(host.environments()).isEmpty();
  }

  private Message build(AgentConnection connection, String venv, Lock lock, List<Path> files)
      throws InterruptedException {
    var blobs = new Blobs();
    var order = new LinkedHashMap<String, Object>();
    order.put("type", "build");
    order.put("venv", venv);
    order.put("lock", lock.digest());
    order.put("python", python);
    order.put("pylock", blobs.add(lock.pylock().getBytes(UTF_8)));
    order.put("collections", List.of());
    order.put("uv", Map.of("version", TestUv.VERSION, "sha256", blobs.add(TestUv.wheel())));
    // Whoever asked it all the same would be refused there.
    order.put("settings", Map.of("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple"));
    order.put(
        "wheels",
        files.stream()
            .map(file -> Map.of("file", file.getFileName().toString(), "sha256", blobs.add(file)))
            .toList());
    while (true) {
      var answer =
          connection
              .send(order)
              .last(interim -> {
                if (interim instanceof Answer.Said(var message)
                    && message.type().equals("progress")
                    && message.text("detail").startsWith("+ ")) {
                  installed.add(message.text("detail"));
                }
              });
      if (!answer.type().equals("need-blobs")) {
        return answer;
      }
      asked.add(answer.texts("blobs"));
      blobs.send(connection, answer.texts("blobs"));
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(wheels)) {
      return files.sorted().toList();
    }
  }

  /// What the lock has for this Python, resolved by pip: the newest of everything, as the lock is.
  private Path wheels(String version) throws IOException {
    var minor = version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    var target = directory.resolve("wheels");
    var command =
        new ArrayList<>(
            List.of("python3", "-m", "pip", "download", "--quiet", "--only-binary=:all:"));
    command.addAll(List.of("--python-version=" + minor, "--dest=" + target, "ansible-core"));
    TestUv.output(command.toArray(String[]::new));
    return target;
  }
}
