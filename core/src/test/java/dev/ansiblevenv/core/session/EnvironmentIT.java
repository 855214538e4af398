package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.environment.HostEnvironment.Status;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.diagnostic.BuildFailed;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.TinyCollection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentIT {

  @TempDir Path directory;
  private TestHost host;

  @BeforeEach
  void a_host() {
    host = new TestHost(directory);
  }

  @Test
  void what_was_built_once_is_ready_and_its_scripts_work() throws Exception {
    try (var session = host.open()) {
      var built = host.ensure(session, "hello_1", TestHost.lock());
      assertThat(built.status()).isEqualTo(Status.BUILT);
      assertThat(built.reason()).isEqualTo("it is new here");
      assertThat(built.path()).isEqualTo(host.venv("hello_1").toString());
      assertThat(Files.readSymbolicLink(host.venv("hello_1")))
          .isEqualTo(host.store().resolve("envs").resolve(built.digest()).resolve("venv"));

      var again =
          session.ensure(
              new EnvironmentRequest("hello_1", TestHost.lock()),
              facts -> fail("nothing needs building"),
              progress -> fail("nothing is built"));
      assertThat(again.status()).isEqualTo(Status.READY);
      assertThat(again.digest()).isEqualTo(built.digest());

      var version =
          TestUv.output(
              host.venv("hello_1").resolve("bin/ansible-playbook").toString(), "--version");
      assertThat(version).startsWith("ansible-playbook [core " + built.ansibleCore() + "]");

      var second = host.ensure(session, "hello_2", TestHost.lock());
      assertThat(second.status()).isEqualTo(Status.LINKED);
      assertThat(second.digest()).isEqualTo(built.digest());
      assertThat(host.environments()).containsExactly(built.digest());
    }
  }

  @Test
  void collections_stand_in_the_environment_at_their_locked_version() {
    var tarball =
        TinyCollection.named("acme.web", "1.2.0")
            .with("plugins/modules/ping.py", "#!/usr/bin/python\n")
            .in(directory);
    var locked = TestHost.locked("acme.web", "1.2.0", tarball);
    var lock = new Lock(TestHost.PYLOCK, List.of(locked));
    try (var session = host.open()) {
      session.ensure(
          new EnvironmentRequest("web_1", lock),
          facts -> TestHost.inputs(Map.of(locked.sha256(), tarball)),
          progress -> {});
      assertThat(session.verify("web_1").status()).isEqualTo(Verification.Status.HEALTHY);
      assertThat(
              TestUv.output(
                  host.venv("web_1").resolve("bin/ansible-galaxy").toString(),
                  "collection",
                  "list"))
          .containsPattern("acme\\.web\\s+1\\.2\\.0");
    }
  }

  @Test
  void killing_the_agent_during_a_build_leaves_nothing_visible() throws Exception {
    var agent = new AtomicReference<Process>();
    var session = HostSession.open(host.transport(agent), "");
    assertThatThrownBy(() ->
            session.ensure(
                new EnvironmentRequest("hello_1", TestHost.lock()),
                facts -> TestHost.inputs(Map.of()),
                progress -> {
                  if (progress.phase().equals("packages")) {
                    agent.get().destroyForcibly();
                  }
                }))
        .isInstanceOf(HostUnreachable.class);
    session.close();
    assertThat(host.environments()).isNotEmpty().allMatch(name -> name.startsWith(".building-"));
    assertThat(host.venv("hello_1")).doesNotExist();

    try (var next = host.open()) {
      var built = host.ensure(next, "hello_1", TestHost.lock());
      assertThat(built.status()).isEqualTo(Status.BUILT);
      assertThat(host.environments()).containsExactly(built.digest());
    }
  }

  @Test
  void two_at_once_build_once() throws Exception {
    Callable<HostEnvironment> ensure =
        () -> {
          try (var session = host.open()) {
            return host.ensure(session, "hello_1", TestHost.lock());
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(List.of(ensure, ensure));
      var first = results.getFirst().get();
      var second = results.getLast().get();
      assertThat(first.digest()).isEqualTo(second.digest());
      assertThat(List.of(first.status(), second.status())).containsOnlyOnce(Status.BUILT);
    }
    assertThat(host.environments()).hasSize(1);
  }

  @Test
  void content_that_is_not_what_its_name_says_is_refused() {
    var tarball = TinyCollection.named("acme.web", "1.2.0").in(directory);
    var locked = TestHost.locked("acme.web", "1.2.0", tarball);
    var other = TinyCollection.named("acme.web", "6.6.6").in(directory.resolve("other"));
    try (var session = host.open()) {
      assertThatThrownBy(() ->
              session.ensure(
                  new EnvironmentRequest("web_1", new Lock(TestHost.PYLOCK, List.of(locked))),
                  facts -> TestHost.inputs(Map.of(locked.sha256(), other)),
                  progress -> {}))
          .isInstanceOf(BuildFailed.class)
          .hasMessageContaining("SHA-256");
      assertThat(host.store().resolve("blobs").resolve(locked.sha256())).doesNotExist();
      assertThat(host.environments()).isEmpty();
    }
  }

  @Test
  void a_package_whose_hash_differs_from_the_lock_ends_the_build() {
    var forged = TestHost.PYLOCK.replaceAll("sha256 = \"....", "sha256 = \"0000");
    try (var session = host.open()) {
      assertThatThrownBy(() -> host.ensure(session, "hello_1", new Lock(forged, List.of())))
          .isInstanceOf(BuildFailed.class)
          .hasMessageContaining("Hash mismatch");
    }
    assertThat(host.environments()).isEmpty();
    assertThat(host.venv("hello_1")).doesNotExist();
  }

  @Test
  void a_tarball_that_writes_outside_itself_is_refused() throws Exception {
    var tarball = directory.resolve("evil.tar.gz");
    try (var tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(Files.newOutputStream(tarball)))) {
      var content = "owned".getBytes(StandardCharsets.UTF_8);
      var entry = new TarArchiveEntry("plugins/../../../../../../owned");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    var locked = TestHost.locked("acme.evil", "1.0.0", tarball);
    try (var session = host.open()) {
      assertThatThrownBy(() ->
              session.ensure(
                  new EnvironmentRequest("evil_1", new Lock(TestHost.PYLOCK, List.of(locked))),
                  facts -> TestHost.inputs(Map.of(locked.sha256(), tarball)),
                  progress -> {}))
          .isInstanceOf(BuildFailed.class)
          .hasMessageContaining("leaves the archive");
    }
    assertThat(host.environments()).isEmpty();
    try (var everything = Files.walk(directory)) {
      assertThat(everything).noneMatch(path -> path.endsWith("owned"));
    }
  }

  @Test
  void what_somebody_else_put_at_the_name_is_never_touched() throws Exception {
    var foreign = Files.createDirectories(host.venv("hello_1"));
    Files.writeString(foreign.resolve("precious"), "mine");
    var elsewhere = Files.createSymbolicLink(host.venv("hello_2"), directory);
    try (var session = host.open()) {
      for (var name : List.of("hello_1", "hello_2")) {
        assertThatThrownBy(() -> host.ensure(session, name, TestHost.lock()))
            .isInstanceOf(StateConflict.class);
        assertThatThrownBy(() -> session.remove(name)).isInstanceOf(StateConflict.class);
        assertThat(session.verify(name).status()).isEqualTo(Verification.Status.FOREIGN);
      }
    }
    assertThat(foreign.resolve("precious")).hasContent("mine");
    assertThat(Files.readSymbolicLink(elsewhere)).isEqualTo(directory);
  }

  @Test
  void an_environment_whose_interpreter_is_gone_is_reported_and_rebuilt() throws Exception {
    try (var session = host.open()) {
      var built = host.ensure(session, "hello_1", TestHost.lock());
      var python = host.venv("hello_1").resolve("bin/python");
      Files.delete(python);
      Files.createSymbolicLink(python, Path.of("/nonexistent/python3"));

      var listed = session.list().venvs().getFirst();
      assertThat(listed.healthy()).isFalse();
      assertThat(listed.problem()).contains("interpreter").contains("is gone");
      assertThat(session.verify("hello_1").status()).isEqualTo(Verification.Status.UNHEALTHY);

      var rebuilt = host.ensure(session, "hello_1", TestHost.lock());
      assertThat(rebuilt.status()).isEqualTo(Status.BUILT);
      assertThat(rebuilt.reason()).contains("is gone");
      assertThat(rebuilt.digest()).isEqualTo(built.digest());
      assertThat(session.verify("hello_1").status()).isEqualTo(Verification.Status.HEALTHY);
      assertThat(host.environments()).containsExactly(built.digest());
    }
  }

  @Test
  void a_lock_that_no_python_of_the_host_satisfies_is_named() {
    var future =
        TestHost.PYLOCK.replaceFirst("requires-python = \"[^\"]*\"", "requires-python = \">=4.2\"");
    try (var session = host.open()) {
      assertThatThrownBy(() -> host.ensure(session, "hello_1", new Lock(future, List.of())))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(">=4.2");
    }
  }

  @Test
  void a_password_in_the_index_address_shows_nowhere() throws Exception {
    var settings = Map.of("UV_DEFAULT_INDEX", "http://somebody:hunter2secret@127.0.0.1:9/simple");
    var unreachable =
        TestHost.PYLOCK.replaceAll("https://[^\"]*/", "http://somebody:hunter2secret@127.0.0.1:9/");
    try (var session = host.open()) {
      assertThatThrownBy(() ->
              session.ensure(
                  new EnvironmentRequest("hello_1", new Lock(unreachable, List.of())),
                  facts ->
                      new dev.ansiblevenv.core.environment.BuildInputs(
                          TestUv.pinned(),
                          Map.of(TestUv.pinned().sha256(), TestUv.wheel()),
                          settings),
                  progress -> assertThat(progress.detail()).doesNotContain("hunter2secret")))
          .isInstanceOf(BuildFailed.class)
          .hasMessageNotContaining("hunter2secret");
    }
  }
}
