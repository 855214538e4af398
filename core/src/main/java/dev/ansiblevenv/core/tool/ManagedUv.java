package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.core.storage.ExclusiveLock;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Provides uv: the one on the user's PATH if it is not older than [Uv#OLDEST], else the pinned
/// build from the configured Python index, kept in the cache. Safe among threads and processes.
public final class ManagedUv {

  private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);

  private final Controller controller;
  private final Http http;

  public ManagedUv(Controller controller, Http http) {
    this.controller = controller;
    this.http = http;
  }

  /// The uv to run on this machine; fetched if need be.
  ///
  /// @throws Unresolvable when none can be had
  public Uv forController() {
    return installed()
        .orElseGet(
            () -> ready(forHost(controller.platform().os(), controller.platform().machine())));
  }

  /// The uv to run on this machine if that takes no download.
  public Optional<Uv> installed() {
    return onPath().filter(Uv::fits).or(this::cached);
  }

  /// The first `uv` on the user's PATH that says its version, fitting or not.
  Optional<Uv> onPath() {
    return SearchPath.of(controller.environment())
        .find("uv")
        .flatMap(file -> version(file).map(version -> uv(file, version.toString(), "PATH")));
  }

  /// [#forHost] with its version and the settings that it is to run with.
  public Uv pinned(String os, String machine) {
    return uv(forHost(os, machine), UvWheel.VERSION, "managed");
  }

  /// The pinned build for a host, to be pushed there. Never the one on PATH, which may need
  /// libraries that the host lacks.
  ///
  /// @param os as `uname -s` prints it, any case
  /// @param machine as `uname -m` prints it
  public Path forHost(String os, String machine) {
    var wheel = UvWheel.forPlatform(Platform.of(os, machine));
    var executable = executable(wheel.platform());
    if (Files.isExecutable(executable)) {
      return executable;
    }
    try (var _ = ExclusiveLock.acquire(controller.tools().resolve(".uv.lock"))) {
      if (!Files.isExecutable(executable)) {
        fetch(wheel, executable);
      }
      return executable;
    } catch (IOException e) {
      throw new StateConflict(
          "cannot install uv", executable.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private void fetch(UvWheel wheel, Path executable) throws IOException {
    var directory = Files.createDirectories(controller.tools());
    var file = directory.resolve(wheel.fileName());
    try {
      var indexes = PackageIndexes.of(controller.environment());
      var request = new SimpleIndex(http, indexes).locate("uv", wheel.fileName());
      http.download(request, file, wheel.sha256());
      var own = wheel.platform().equals(controller.platform());
      new WheelExecutable(file, wheel.entry())
          .unpack(
              executable,
              unpacked -> {
                if (own) {
                  ready(unpacked);
                }
              });
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// @throws Unresolvable when it is not the pinned version or does not start
  private Uv ready(Path executable) {
    var version = version(executable).map(ToolVersion::toString).orElse("none");
    if (!version.equals(UvWheel.VERSION)) {
      throw new Unresolvable(
          "does not run on this machine",
          executable.toString(),
          "it names its version as " + version + " instead of " + UvWheel.VERSION,
          "install uv " + Uv.OLDEST + " or newer and put it on PATH");
    }
    return uv(executable, version, "managed");
  }

  private Optional<Uv> cached() {
    return Optional.of(executable(controller.platform()))
        .filter(Files::isExecutable)
        .map(file -> uv(file, UvWheel.VERSION, "managed"));
  }

  private Optional<ToolVersion> version(Path executable) {
    try {
      var command = List.of(executable.toString(), "--version");
      var environment = new UvEnvironment(controller.environment()).variables();
      var said = new Program(command, environment, Path.of("/")).run(VERSION_LIMIT);
      return said.succeeded() ? ToolVersion.in(said.output()) : Optional.empty();
    } catch (IOException e) {
      // Not a program for this machine: as good as not there.
      return Optional.empty();
    }
  }

  private Path executable(Platform platform) {
    return controller.tools().resolve("uv-" + UvWheel.VERSION + "-" + platform).resolve("uv");
  }

  private Uv uv(Path executable, String version, String origin) {
    var environment = new UvEnvironment(controller.environment()).variables();
    return new Uv(executable, version, origin, environment);
  }
}
