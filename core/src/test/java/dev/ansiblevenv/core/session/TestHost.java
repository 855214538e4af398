package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.environment.BuildInputs;
import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.host.LocalTransport;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.Inventory;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunLimits;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunProject;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunSecrets;
import dev.ansiblevenv.core.run.RunSettings;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// This machine as a host of its own: a home directory, a store, and whatever environment the
/// controller's user may have exported.
final class TestHost {

  static final String PYLOCK = TestUv.pylock("ansible-core");

  final Path home;
  private final Path files;
  private final Map<String, String> environment;

  TestHost(Path directory) {
    this(directory, Map.of());
  }

  TestHost(Path directory, Map<String, String> exported) {
    try {
      home = Files.createDirectories(directory.resolve("home"));
      files = Files.createDirectories(directory.resolve("controller"));
      environment = new HashMap<>(exported);
      environment.put("HOME", home.toString());
      environment.putIfAbsent("PATH", System.getenv("PATH"));
      Files.createDirectories(TestUv.cache().resolve("uv"));
      Files.createDirectories(store().resolve("cache"));
      if (!Files.exists(store().resolve("cache/uv"))) {
        Files.createSymbolicLink(store().resolve("cache/uv"), TestUv.cache().resolve("uv"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One that has a venv already.
  static TestHost with(Path directory, String venv) {
    var host = new TestHost(directory);
    try (var session = host.open()) {
      host.ensure(session, venv, lock());
    }
    return host;
  }

  Path store() {
    return home.resolve(".local/share/ansible-venv");
  }

  Path venv(String name) {
    return home.resolve("venvs").resolve(name);
  }

  Transport transport() {
    return new LocalTransport("testhost", environment);
  }

  /// The same, whose agent can be killed.
  ///
  /// @param agent is told it
  Transport transport(AtomicReference<Process> agent) {
    return new Transport() {
      @Override
      public Process start(String command) throws IOException {
        agent.set(transport().start(command));
        return agent.get();
      }

      @Override
      public String host() {
        return "testhost";
      }
    };
  }

  HostSession open() {
    return HostSession.open(transport(), "");
  }

  /// Starts a run and closes the connection as soon as it goes on.
  void startAndLeave(RunRequest request) throws InterruptedException, ExecutionException {
    var started = new CompletableFuture<Void>();
    var session = open();
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.run(
                request,
                event -> {
                  if (event instanceof Event.Started) {
                    started.complete(null);
                  }
                });
          } catch (Failure e) {
            started.completeExceptionally(e);
          }
        });
    started.get();
    session.close();
  }

  /// The directory of a run.
  Path run(RunId id) {
    return store().resolve("runs").resolve(id.text());
  }

  /// The process that owns a run.
  ProcessHandle runner(RunId id) throws IOException {
    var described = Files.readString(run(id).resolve("pid"));
    return ProcessHandle.of(Long.parseLong(described.replaceFirst(".*\"pid\": (\\d+).*", "$1")))
        .orElseThrow();
  }

  /// Those of all processes that are `sleep SECONDS`.
  static List<ProcessHandle> sleeping(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(process -> {
          var info = process.info();
          return info.command().orElse("").endsWith("sleep")
              && List.of(info.arguments().orElse(new String[0])).contains(seconds);
        })
        .toList();
  }

  /// The environments that can be seen, and what builds have left lying about.
  List<String> environments() {
    try (var entries = Files.list(store().resolve("envs"))) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (java.nio.file.NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Lock lock() {
    return new Lock(PYLOCK, List.of());
  }

  static LockedCollection locked(String name, String version, Path tarball) {
    try {
      return new LockedCollection(
          name, version, "", "", sha256(Files.readAllBytes(tarball)), Files.size(tarball));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BuildInputs inputs(Map<String, Path> tarballs) {
    var settings = new TreeMap<String, String>();
    settings.put("UV_CACHE_DIR", "/nonexistent/of-the-controller");
    settings.put("NO_COLOR", "1");
    Stream.of("PATH", "HOME", "SSL_CERT_FILE", "HTTPS_PROXY", "UV_DEFAULT_INDEX", "UV_INDEX_URL")
        .filter(System.getenv()::containsKey)
        .forEach(name -> settings.put(name, System.getenv(name)));
    var files = new HashMap<>(tarballs);
    files.put(TestUv.pinned().sha256(), TestUv.wheel());
    return new BuildInputs(TestUv.pinned(), files, settings);
  }

  HostEnvironment ensure(HostSession session, String venv, Lock lock) {
    return session.ensure(
        new EnvironmentRequest(venv, lock), facts -> inputs(Map.of()), progress -> {});
  }

  /// A request to run a playbook with this text, against exactly this host.
  RunRequest request(String venv, Lock lock, String playbook, Map<String, String> more) {
    var content = new TreeMap<String, String>(more);
    content.put("site.yml", playbook);
    var sent = new TreeMap<String, Path>();
    content.forEach((path, text) -> sent.put(path, write(text)));
    return new RunRequest(
        RunId.create(Instant.now(), RandomGenerator.getDefault()),
        venv,
        lock.digest(),
        new RunProject.Sent(new TestProject(sent), "site.yml", RunProject.Roles.NONE),
        Inventory.of("testhost"),
        Map.of(),
        RunSecrets.NONE,
        RunOptions.DEFAULTS,
        RunLimits.NONE,
        false,
        new RunRequest.Terminal(80, false),
        "",
        false,
        content.containsKey("ansible.cfg")
            ? RunSettings.of(RunSettings.PROJECT + "/ansible.cfg")
            : RunSettings.NONE);
  }

  RunResult run(
      HostSession session, String venv, Lock lock, String playbook, Consumer<Event> events) {
    return session.run(request(venv, lock, playbook, Map.of()), events);
  }

  synchronized Path write(String text) {
    try {
      var file = files.resolve(sha256(text.getBytes(StandardCharsets.UTF_8)));
      // A run that is being sent may be reading it.
      return Files.exists(file) ? file : Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
