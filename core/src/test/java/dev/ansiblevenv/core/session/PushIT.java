package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.environment.BuildInputs.Pushed;
import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.RetryPolicy;
import dev.ansiblevenv.core.tool.Controller;
import dev.ansiblevenv.core.tool.PackageIndexes;
import dev.ansiblevenv.core.wheel.PythonPlatform;
import dev.ansiblevenv.core.wheel.WheelChoice;
import dev.ansiblevenv.core.wheel.WheelStore;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that has no network at all, where the kernel lets us make one; else one whose way leads
/// to a closed port.
class PushIT {

  private static final String CLOSED = "http://127.0.0.1:9/simple";

  private static final boolean NAMESPACES = canUnshare();

  private static final Lock FIRST =
      new Lock(TestUv.pylock("ansible-core", "requests", "urllib3"), List.of());
  private static final Lock SECOND =
      new Lock(TestUv.pylock("ansible-core", "requests", "urllib3", "toml"), List.of());

  @TempDir Path directory;
  private TestHost host;
  private Path cache;
  private final AtomicLong sent = new AtomicLong();
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void a_host_without_a_network() throws IOException {
    host = withoutACache("one");
    cache = directory.resolve("cache");
  }

  @Test
  void a_host_without_a_network_builds_from_what_it_is_sent_and_nothing_is_sent_twice() {
    assertThat(push(host, FIRST, "first", online()).status())
        .isEqualTo(HostEnvironment.Status.BUILT);
    var whole = sent.get();
    var wheels = asked.size();
    assertThat(wheels).isGreaterThan(10);
    assertThat(verified("first")).isEqualTo(Verification.Status.HEALTHY);

    assertThat(push(host, SECOND, "second", online()).status())
        .isEqualTo(HostEnvironment.Status.BUILT);
    assertThat(asked).hasSize(wheels + 1);
    assertThat(sent.get() - whole).isLessThan(whole / 20);
    assertThat(verified("second")).isEqualTo(Verification.Status.HEALTHY);

    assertThat(push(host, FIRST, "third", closed()).status())
        .isEqualTo(HostEnvironment.Status.LINKED);
  }

  @Test
  void what_one_host_was_sent_goes_to_the_next_without_an_index() throws IOException {
    push(host, FIRST, "first", online());
    var other = withoutACache("two");
    assertThat(push(other, FIRST, "first", closed()).status())
        .isEqualTo(HostEnvironment.Status.BUILT);
  }

  @Test
  void a_damaged_wheel_in_the_cache_is_noticed_and_fetched_anew() throws IOException {
    push(host, FIRST, "first", online());
    var blob = cache.resolve("blobs").resolve(asked.getFirst());
    Files.write(blob, "damaged".getBytes(UTF_8));

    var offline = withoutACache("two");
    assertThatThrownBy(() -> push(offline, FIRST, "first", closed()))
        .isInstanceOf(Unresolvable.class);
    assertThat(offline.environments()).isEmpty();

    assertThat(push(withoutACache("three"), FIRST, "first", online()).status())
        .isEqualTo(HostEnvironment.Status.BUILT);
  }

  @Test
  void a_package_without_a_wheel_is_an_error_before_anything_is_built() throws IOException {
    var source =
        FIRST.pylock().replaceAll("wheels = (?s)\\[\\{ url = \"[^\"]*/urllib3-.*?}]\n", "");
    assertThat(source).isNotEqualTo(FIRST.pylock());
    assertThatThrownBy(() -> push(host, new Lock(source, List.of()), "first", online()))
        .isInstanceOfSatisfying(
            Unresolvable.class,
            failure -> {
              assertThat(failure.where()).startsWith("urllib3 ");
              assertThat(failure.why()).contains("glibc-2.");
              assertThat(failure.next()).contains("without --push");
            });
    assertThat(host.environments()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void two_at_once_build_once() throws Exception {
    Callable<HostEnvironment> task = () -> push(host, FIRST, "first", online());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(List.of(task, task));
      assertThat(results.getFirst().get().digest()).isEqualTo(results.getLast().get().digest());
    }
    assertThat(host.environments()).hasSize(1);
  }

  private HostEnvironment push(TestHost to, Lock lock, String venv, WheelStore store) {
    try (var session = HostSession.open(transport(to), "")) {
      return session.ensure(
          new EnvironmentRequest(venv, lock),
          facts -> {
            var python = session.factsWithPythons().pythons().getFirst();
            var wheels = WheelChoice.of(lock, PythonPlatform.of(facts, python));
            return new BuildInputs(
                TestUv.pinned(),
                wanted -> {
                  synchronized (asked) {
                    wanted.stream()
                        .filter(each -> !each.equals(TestUv.pinned().sha256()))
                        .forEach(asked::add);
                  }
                  var files =
                      new HashMap<>(
                          store.files(
                              wheels.stream()
                                  .filter(each -> wanted.contains(each.sha256()))
                                  .toList()));
                  files.put(TestUv.pinned().sha256(), TestUv.wheel());
                  return files;
                },
                Map.of("UV_DEFAULT_INDEX", CLOSED),
                Optional.of(new Pushed(python, wheels)));
          },
          step -> {});
    }
  }

  private Verification.Status verified(String venv) {
    try (var session = HostSession.open(transport(host), "")) {
      return session.verify(venv).status();
    }
  }

  private WheelStore online() {
    var environment = Controller.of(cache, System.getenv()).environment();
    return new WheelStore(cache, new Http(environment), PackageIndexes.of(environment));
  }

  /// Of a controller without a network.
  private WheelStore closed() {
    var environment = Map.of("ALL_PROXY", CLOSED, "HTTPS_PROXY", CLOSED, "HTTP_PROXY", CLOSED);
    return new WheelStore(
        cache,
        new Http(environment, RetryPolicy.standard(), Duration.ofSeconds(2)),
        PackageIndexes.of(environment));
  }

  /// The host's uv has fetched nothing before.
  private TestHost withoutACache(String name) throws IOException {
    var fresh = new TestHost(directory.resolve(name));
    Files.delete(fresh.store().resolve("cache/uv"));
    return fresh;
  }

  private Transport transport(TestHost to) {
    return new Transport() {
      @Override
      public Process start(String command) throws IOException {
        var shell = List.of("/bin/sh", "-c", command);
        var line = new ArrayList<>(NAMESPACES ? List.of("unshare", "-rn") : List.<String>of());
        line.addAll(shell);
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder
            .environment()
            .putAll(Map.of("HOME", to.home.toString(), "PATH", System.getenv("PATH")));
        return new Counted(builder.start(), sent);
      }

      @Override
      public String host() {
        return "testhost";
      }
    };
  }

  private static boolean canUnshare() {
    try {
      return new ProcessBuilder("unshare", "-rn", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Counts what goes to the host.
  private static final class Counted extends Process {
    private final Process process;
    private final OutputStream out;

    Counted(Process process, AtomicLong sent) {
      this.process = process;
      this.out =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              process.getOutputStream().write(bytes, offset, length);
              sent.addAndGet(length);
            }

            @Override
            public void flush() throws IOException {
              process.getOutputStream().flush();
            }

            @Override
            public void close() throws IOException {
              process.getOutputStream().close();
            }
          };
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }

    @Override
    public java.io.InputStream getInputStream() {
      return process.getInputStream();
    }

    @Override
    public java.io.InputStream getErrorStream() {
      return process.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public int exitValue() {
      return process.exitValue();
    }

    @Override
    public void destroy() {
      process.destroy();
    }
  }
}
