package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreIT {

  private static final GarbagePolicy EVERYTHING = new GarbagePolicy(0, Duration.ZERO);

  @TempDir Path directory;

  @Test
  void facts_name_the_host_and_its_pythons() {
    var host = new TestHost(directory);
    try (var session = host.open()) {
      assertThat(session.facts().home()).isEqualTo(host.home.toString());
      assertThat(session.facts().store()).isEqualTo(host.store().toString());
      assertThat(session.facts().machine()).isEqualTo(TestUv.output("uname", "-m").strip());
      assertThat(session.facts().pythons()).isEmpty();
      assertThat(session.factsWithPythons().pythons())
          .isNotEmpty()
          .allSatisfy(python -> assertThat(python.version()).matches("3\\.\\d+\\.\\d+"));
    }
  }

  @Test
  void an_interpreter_that_is_named_is_looked_at_under_that_name() throws Exception {
    var host = new TestHost(directory);
    try (var session = host.open()) {
      var newest = session.factsWithPythons().pythons().getFirst();
      var link = Files.createSymbolicLink(directory.resolve("python"), Path.of(newest.path()));
      assertThat(session.factsWithPython(link.toString()).pythons())
          .containsExactly(new HostPython(link.toString(), newest.version()));
      assertThat(session.factsWithPython("/nowhere/python").pythons()).isEmpty();
    }
  }

  @Test
  void a_session_that_is_closed_at_once_leaves_no_thread_with_an_error() throws Exception {
    var uncaught = new ConcurrentLinkedQueue<Throwable>();
    var before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, error) -> uncaught.add(error));
    try {
      for (var i = 0; i < 10; i++) {
        new TestHost(directory.resolve("host-" + i)).open().close();
      }
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).isEmpty();
  }

  @Test
  void the_store_is_private() throws Exception {
    var host = new TestHost(directory);
    try (var session = host.open()) {
      assertThat(session.facts().libc()).isIn("glibc", "musl");
    }
    try (var files = Files.walk(host.store().resolve("agent"))) {
      assertThat(files)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .endsWith("------"));
    }
  }

  @Test
  void a_host_without_a_usable_python_says_so() throws Exception {
    var bin = Files.createDirectories(directory.resolve("bin"));
    try (var session = new TestHost(directory, Map.of("PATH", bin.toString())).open()) {
      assertThatThrownBy(session::facts)
          .isInstanceOf(HostUnreachable.class)
          .hasMessageContaining("there is no python3");
    }
    var old = Files.writeString(bin.resolve("python3"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx------"));
    try (var session = new TestHost(directory, Map.of("PATH", bin.toString())).open()) {
      assertThatThrownBy(session::facts)
          .isInstanceOf(HostUnreachable.class)
          .hasMessageContaining("there is only python3, and no ansible-core");
    }
  }

  @Test
  void a_store_that_cannot_be_written_says_so() throws Exception {
    var file = Files.createFile(directory.resolve("file"));
    try (var session =
        HostSession.open(new TestHost(directory).transport(), file.resolve("store").toString())) {
      assertThatThrownBy(session::facts)
          .isInstanceOf(HostUnreachable.class)
          .hasMessageContaining("cannot store the agent");
    }
  }

  @Test
  void the_store_may_lie_elsewhere() {
    var host = new TestHost(directory);
    try (var session = HostSession.open(host.transport(), "~/my store")) {
      assertThat(session.facts().store()).isEqualTo(host.home.resolve("my store").toString());
    }
    assertThat(host.home.resolve("my store/agent")).isDirectory();
  }

  @Test
  void garbage_is_what_nothing_refers_to_and_nothing_foreign() throws Exception {
    var host = new TestHost(directory);
    var lock = TestHost.lock();
    try (var session = host.open()) {
      var environment = host.ensure(session, "hello_1", lock);
      var run =
          host.run(session, "hello_1", lock, "- hosts: all\n  gather_facts: false\n", event -> {});
      host.run(session, "hello_1", lock, "[]", event -> {});
      var foreign = Files.createDirectories(host.store().resolve("envs/of-somebody-else"));
      var stale =
          host.store().resolve("envs/.building-" + environment.digest() + "-0123456789abcdef");
      Files.createDirectories(stale.resolve("venv"));

      var kept = session.collectGarbage(new GarbagePolicy(10, Duration.ZERO));
      assertThat(kept).extracting(Garbage::kind).containsOnly("leftover");
      assertThat(stale).doesNotExist();
      assertThat(foreign).isDirectory();

      var dry = session.foreseeGarbage(EVERYTHING, List.of());
      assertThat(dry).extracting(Garbage::kind).containsExactly("run", "project");
      assertThat(dry).allSatisfy(item -> assertThat(item.bytes()).isPositive());
      assertThat(host.store().resolve("runs").resolve(run.id().text())).isDirectory();
      assertThat(session.collectGarbage(EVERYTHING)).isEqualTo(dry);
      // Which of two that began in one second is the last, their names do not say.
      assertThat(session.list().runs()).hasSize(1);
      assertThat(session.list().venvs()).extracting(VenvListing::healthy).containsExactly(true);

      Files.delete(host.venv("hello_1"));
      assertThat(session.collectGarbage(EVERYTHING))
          .extracting(Garbage::kind)
          .contains("environment", "tool", "blob");
      assertThat(host.environments()).containsExactly("of-somebody-else");
    }
  }

  @Test
  void removing_a_venv_leaves_an_environment_that_another_uses() throws IOException {
    var host = new TestHost(directory);
    try (var session = host.open()) {
      host.ensure(session, "hello_1", TestHost.lock());
      host.ensure(session, "hello_2", TestHost.lock());
      assertThat(session.remove("hello_1"))
          .isEqualTo(new Removal(true, false, false, "another venv uses the environment"));
      assertThat(session.list().venvs()).extracting(VenvListing::name).containsExactly("hello_2");
      assertThat(session.remove("hello_2")).isEqualTo(new Removal(true, true, false, ""));
      assertThat(host.environments()).isEmpty();
      assertThat(session.remove("hello_2").link()).isFalse();
      assertThat(session.verify("hello_2").status()).isEqualTo(Verification.Status.ABSENT);
    }
  }

  @Test
  void a_changed_file_is_found() throws Exception {
    var host = new TestHost(directory);
    try (var session = host.open()) {
      host.ensure(session, "hello_1", TestHost.lock());
      Path release;
      try (var files = Files.walk(host.venv("hello_1").toRealPath())) {
        release =
            files.filter(path -> path.endsWith("ansible/release.py")).findFirst().orElseThrow();
      }
      var content = Files.readString(release);
      Files.delete(release);
      Files.writeString(release, content + "# changed\n");
      assertThat(session.verify("hello_1").problems()).containsExactly(release + " was changed");
    }
  }
}
