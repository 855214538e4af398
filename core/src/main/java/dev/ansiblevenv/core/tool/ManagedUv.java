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
import java.util.Map;
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
    return forController(() -> {});
  }

  /// The same.
  ///
  /// @param fetching called before a download, if there is one
  public Uv forController(Runnable fetching) {
    return installed()
        .orElseGet(() -> {
          fetching.run();
          return ready(unpacked());
        });
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

  /// The build for a host. Never the one on PATH, which may need libraries that the host lacks.
  ///
  /// @param os as `uname -s` prints it, any case
  /// @param machine as `uname -m` prints it
  /// @throws Unresolvable when there is none
  public PinnedUv pinned(String os, String machine) {
    return new PinnedUv(UvWheel.VERSION, wheelSha256(os, machine), environment());
  }

  /// The wheel of the pinned build for a host, as an index has it; fetched if need be.
  ///
  /// @throws Unresolvable when there is no such build, or it cannot be had
  public Path wheel(String os, String machine) {
    var wheel = UvWheel.forPlatform(Platform.of(os, machine));
    var blob = blob(wheel);
    try {
      if (!Sha256.isOf(blob, wheel.sha256())) {
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

  private Path unpacked() {
    var platform = controller.platform();
    var executable = executable(platform);
    if (Files.isExecutable(executable)) {
      return executable;
    }
    try (var _ = ExclusiveLock.acquire(controller.tools().resolve(".uv.lock"))) {
      if (!Files.isExecutable(executable)) {
        new WheelExecutable(
                wheel(platform.os(), platform.machine()), UvWheel.forPlatform(platform).entry())
            .unpack(executable, this::ready);
      }
      return executable;
    } catch (IOException e) {
      throw new StateConflict(
          "cannot install uv", executable.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private Path blob(UvWheel wheel) {
    return controller.cache().resolve("blobs").resolve(wheel.sha256());
  }

  private void download(UvWheel wheel, Path target) {
    var indexes = PackageIndexes.of(controller.environment());
    var request = new SimpleIndex(http, indexes).locate("uv", wheel.fileName());
    http.download(request, target, wheel.sha256());
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
      var said = new Program(command, environment(), Path.of("/")).run(VERSION_LIMIT);
      return said.succeeded() ? ToolVersion.in(said.output()) : Optional.empty();
    } catch (IOException e) {
      // Not a program for this machine: as good as not there.
      return Optional.empty();
    }
  }

  private Path executable(Platform platform) {
    return controller.tools().resolve("uv-" + UvWheel.VERSION + "-" + platform).resolve("uv");
  }

  private Map<String, String> environment() {
    return new UvEnvironment(controller.environment()).variables();
  }

  private Uv uv(Path executable, String version, String origin) {
    return new Uv(executable, version, origin, environment());
  }
}
