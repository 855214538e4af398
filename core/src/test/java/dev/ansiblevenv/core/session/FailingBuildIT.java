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
import dev.ansiblevenv.diagnostic.BuildFailed;
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
          killable.session,
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
      brokenOff(killable.session, progress -> {});
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
      brokenOff(killable.session, progress -> {});
    }
    assertNothingHalf();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 15, 20, 25, 30, 35, 40, 45})
  void out_of_space_with_so_many_megabytes_left_in_the_middle(int megabytes) throws Exception {
    inSmallStore(
        300,
        session -> {
          var ballast = host.store().resolve("ballast");
          Consumer<BuildProgress> fill =
              progress -> {
                if (progress.phase().equals("packages") && !Files.exists(ballast)) {
                  leave(megabytes, ballast);
                }
              };
          if (megabytes <= 25) {
            assertThatThrownBy(() -> ensure(session, "hello_1", fill))
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining("the disk is full");
          } else {
            brokenOff(session, fill);
          }
          Files.delete(ballast);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 90})
  void too_little_space_is_noticed_before_anything_is_installed(int megabytes) throws Exception {
    inSmallStore(
        megabytes,
        session ->
            assertThatThrownBy(() -> ensure(session, "hello_1", progress -> {}))
                .isInstanceOf(BuildFailed.class)
                .hasMessageContaining("the disk is full"));
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

  private interface Attempt {
    void in(HostSession session) throws IOException;
  }

  /// The attempt fails in a store of that size. With more room the same succeeds.
  private void inSmallStore(int megabytes, Attempt attempt) throws IOException {
    assumeTrue(isRoot(), "only root can mount a small file system");
    var store = host.store();
    Files.delete(store.resolve("cache/uv"));
    Files.delete(store.resolve("cache"));
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", store.toString());
    try {
      Files.createDirectories(store.resolve("cache"));
      Files.createSymbolicLink(store.resolve("cache/uv"), TestUv.cache().resolve("uv"));
      try (var session = host.open()) {
        attempt.in(session);
      }
      run("mount", "-o", "remount,size=400m", store.toString());
      assertNothingHalf();
    } finally {
      run("umount", store.toString());
    }
  }

  private static void leave(int megabytes, Path ballast) {
    try (var file = Files.newOutputStream(ballast)) {
      var space = Files.getFileStore(ballast).getUsableSpace() - ((long) megabytes << 20);
      for (var block = new byte[1 << 16]; space > 0; space -= block.length) {
        file.write(block);
      }
    } catch (IOException e) {
      // The build has taken the rest meanwhile.
    }
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
  private void brokenOff(HostSession session, Consumer<BuildProgress> progress) {
    try {
      ensure(session, "hello_1", progress);
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
