package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ansiblevenv.core.environment.BuildProgress;
import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.environment.HostEnvironment.Status;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a build ends, there is a whole environment or none, and the next build succeeds.
@Tag("long")
class FailingBuildIT {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  @TempDir Path directory;
  private TestHost host;
  private Path tarball;
  private LockedCollection collection;
  private Lock lock;

  @BeforeEach
  void a_host() {
    host = new TestHost(directory);
    tarball = TinyCollection.named("acme.web", "1.2.0").with("roles/x/a", "b").in(directory);
    collection = TestHost.locked("acme.web", "1.2.0", tarball);
    lock = new Lock(TestHost.PYLOCK, List.of(collection));
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "packages", "collections", "checks", "publishing"})
  void killed_at_a_phase(String phase) throws Exception {
    try (var killable = new Killable()) {
      brokenOff(
          killable,
          progress -> {
            if (progress.phase().equals(phase)) {
              killable.agent().destroyForcibly();
            }
          });
    }
    assertNothingHalf();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 250, 400, 550, 700, 900, 1100, 1300, 1600, 1900, 2200, 2600})
  void killed_after_some_time(int milliseconds) throws Exception {
    try (var killable = new Killable()) {
      killLater(milliseconds, () -> killable.agent().destroyForcibly());
      brokenOff(killable, progress -> {});
    }
    assertNothingHalf();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 250, 400, 550, 700, 900, 1100, 1300, 1600, 1900, 2200, 2600})
  void its_installer_and_helpers_killed_after_some_time(int milliseconds) throws Exception {
    try (var killable = new Killable()) {
      killLater(
          milliseconds,
          () -> killable.agent().descendants().forEach(ProcessHandle::destroyForcibly));
      brokenOff(killable, progress -> {});
    }
    assertNothingHalf();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 45, 60, 75, 80, 90, 100, 110, 120, 135})
  void out_of_space_in_a_store_of_so_many_megabytes(int megabytes) throws Exception {
    assumeTrue(isRoot(), "only root can mount a small file system");
    Files.delete(host.store().resolve("cache/uv"));
    Files.delete(host.store().resolve("cache"));
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", host.store().toString());
    try {
      Files.createDirectories(host.store().resolve("cache"));
      Files.createSymbolicLink(host.store().resolve("cache/uv"), TestUv.cache().resolve("uv"));
      try (var session = host.open()) {
        try {
          ensure(session, "hello_1", progress -> {});
        } catch (Failure e) {
          assertThat(e.toString() + e.getMessage())
              .containsAnyOf("disk is full", "No space left", "no space left");
        }
      }
      run("mount", "-o", "remount,size=400m", host.store().toString());
      assertNothingHalf();
    } finally {
      run("umount", host.store().toString());
    }
  }

  @Test
  void a_home_that_cannot_be_written() throws Exception {
    assumeTrue(isRoot(), "only root can mount a read-only file system");
    run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", host.home.toString());
    try (var session = host.open()) {
      assertThatThrownBy(() -> ensure(session, "hello_1", progress -> {}))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Read-only");
    } finally {
      run("umount", host.home.toString());
    }
    assertNothingHalf();
  }

  @Test
  void twenty_at_once_build_once() throws Exception {
    var results = atOnce(IntStream.range(0, 20).mapToObj(number -> lock).toList());
    assertThat(results)
        .extracting(HostEnvironment::digest)
        .hasSize(20)
        .containsOnly(results.getFirst().digest());
    assertThat(results).extracting(HostEnvironment::status).containsOnlyOnce(Status.BUILT);
    assertNothingHalf();
  }

  @Test
  void different_locks_at_once_share_their_packages() throws Exception {
    var more = List.of("idna", "six", "certifi", "urllib3", "tomli", "zipp", "attrs", "iniconfig");
    var locks =
        more.stream()
            .map(each -> new Lock(TestUv.pylock("ansible-core", each), List.of(collection)))
            .toList();
    var results = atOnce(locks);
    assertThat(results).extracting(HostEnvironment::digest).doesNotHaveDuplicates().hasSize(8);
    try (var session = host.open()) {
      for (var number = 0; number < more.size(); number++) {
        assertThat(session.verify("hello_" + number).status())
            .isEqualTo(Verification.Status.HEALTHY);
      }
    }
    assertThat(host.environments()).hasSize(8).allMatch(SHA256.asMatchPredicate());
    assertOnlyWholeContent();
  }

  private List<HostEnvironment> atOnce(List<Lock> locks) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, locks.size())
              .<Callable<HostEnvironment>>mapToObj(number ->
                  () -> {
                    try (var session = host.open()) {
                      return session.ensure(
                          new EnvironmentRequest("hello_" + number, locks.get(number)),
                          facts -> TestHost.inputs(Map.of(collection.sha256(), tarball)),
                          progress -> {});
                    }
                  })
              .toList();
      var results = new java.util.ArrayList<HostEnvironment>();
      for (var each : threads.invokeAll(calls)) {
        results.add(each.get());
      }
      return results;
    }
  }

  private HostEnvironment ensure(
      HostSession session, String venv, Consumer<BuildProgress> progress) {
    return session.ensure(
        new EnvironmentRequest(venv, lock),
        facts -> TestHost.inputs(Map.of(collection.sha256(), tarball)),
        progress);
  }

  /// The build may also have been faster than what was to end it.
  private void brokenOff(Killable killable, Consumer<BuildProgress> progress) {
    try {
      ensure(killable.session, "hello_1", progress);
    } catch (Failure e) {
      assertThat(host.venv("hello_1")).doesNotExist();
      assertThat(host.environments()).noneMatch(SHA256.asMatchPredicate());
    }
  }

  private void assertNothingHalf() throws IOException {
    var foreign = Files.createDirectories(host.store().resolve("envs/of-somebody-else"));
    assertOnlyWholeContent();
    try (var session = host.open()) {
      var environment = ensure(session, "hello_1", progress -> {});
      assertThat(session.verify("hello_1").status()).isEqualTo(Verification.Status.HEALTHY);
      assertThat(host.environments())
          .containsExactlyInAnyOrder(environment.digest(), "of-somebody-else");
    }
    assertOnlyWholeContent();
    assertThat(foreign).isDirectory();
  }

  /// Every name is a final one.
  private void assertOnlyWholeContent() throws IOException {
    for (var kind : List.of("packages", "collections")) {
      var place = host.store().resolve(kind);
      if (Files.isDirectory(place)) {
        try (var names = Files.list(place)) {
          assertThat(names.map(path -> path.getFileName().toString()))
              .allMatch(SHA256.asMatchPredicate());
        }
      }
    }
  }

  private static void killLater(int milliseconds, Runnable kill) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
            kill.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static boolean isRoot() {
    return TestUv.output("id", "-u").strip().equals("0");
  }

  private static void run(String... command) {
    TestUv.output(command);
  }

  /// A session whose agent can be killed.
  private final class Killable implements AutoCloseable, Transport {

    private final AtomicReference<Process> agent = new AtomicReference<>();
    private final HostSession session = HostSession.open(this, "");

    Process agent() {
      return agent.get();
    }

    @Override
    public Process start(String command) throws IOException {
      agent.set(host.transport().start(command));
      return agent.get();
    }

    @Override
    public String host() {
      return "testhost";
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
