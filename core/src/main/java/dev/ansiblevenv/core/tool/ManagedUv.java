package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.core.storage.ExclusiveLock;
import dev.ansiblevenv.core.storage.Sha256;
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

  /// The wheel of the pinned build for a host, as an index has it; fetched if need be.
  ///
  /// @throws Unresolvable when there is no such build, or it cannot be had
  public Path wheel(String os, String machine) {
    var wheel = UvWheel.forPlatform(Platform.of(os, machine));
    var blob = blob(wheel);
    try {
      if (!isIntact(blob, wheel)) {
        download(wheel, blob);
      }
      return blob;
    } catch (IOException e) {
      throw new StateConflict(
          "cannot read", blob.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  /// SHA-256 of [#wheel], known without having it.
  public static String wheelSha256(String os, String machine) {
    return UvWheel.forPlatform(Platform.of(os, machine)).sha256();
  }

  private Path blob(UvWheel wheel) {
    return controller.cache().resolve("blobs").resolve(wheel.sha256());
  }

  private static boolean isIntact(Path blob, UvWheel wheel) throws IOException {
    return Files.isRegularFile(blob) && Sha256.of(blob).equals(wheel.sha256());
  }

  private void download(UvWheel wheel, Path target) {
    var indexes = PackageIndexes.of(controller.environment());
    var request = new SimpleIndex(http, indexes).locate("uv", wheel.fileName());
    http.download(request, target, wheel.sha256());
  }

  private void fetch(UvWheel wheel, Path executable) throws IOException {
    var directory = Files.createDirectories(controller.tools());
    var blob = blob(wheel);
    if (isIntact(blob, wheel)) {
      unpack(wheel, blob, executable);
      return;
    }
    var file = directory.resolve(wheel.fileName());
    try {
      download(wheel, file);
      unpack(wheel, file, executable);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void unpack(UvWheel wheel, Path file, Path executable) throws IOException {
    var own = wheel.platform().equals(controller.platform());
    new WheelExecutable(file, wheel.entry())
        .unpack(
            executable,
            unpacked -> {
              if (own) {
                ready(unpacked);
              }
            });
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
