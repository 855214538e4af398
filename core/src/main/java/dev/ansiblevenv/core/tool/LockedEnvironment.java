package dev.ansiblevenv.core.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.ExclusiveLock;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// An environment of this machine, built by uv from a lock with hashes, and kept in the cache. Safe
/// among threads and processes.
public final class LockedEnvironment {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String LOCK = "pylock.toml";

  private final Controller controller;
  private final ManagedUv uv;
  private final ControllerPython python;

  public LockedEnvironment(Controller controller, ManagedUv uv, ControllerPython python) {
    this.controller = controller;
    this.uv = uv;
    this.python = python;
  }

  /// @param pylock text of a `pylock.toml`
  /// @return the environment's directory, with `bin/python` in it; built if need be
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when there is no Python for it, or an index
  ///   does not give what the lock names
  public Path of(String pylock) {
    var base = python.require();
    var identity = pylock + base.version() + "\n" + base.executable() + "\n";
    var name = "locked-" + Sha256.of(identity.getBytes(UTF_8)).substring(0, 12);
    var directory = controller.tools().resolve(name);
    if (isReady(directory)) {
      return directory;
    }
    try (var _ = ExclusiveLock.acquire(controller.tools().resolve("." + name + ".lock"))) {
      if (!isReady(directory)) {
        build(base, directory, pylock);
      }
      return directory;
    } catch (IOException e) {
      throw new StateConflict(
          "cannot make an environment",
          directory.toString(),
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }

  private static boolean isReady(Path directory) {
    return Files.exists(directory.resolve("READY"))
        && Files.isExecutable(ManagedAnsibleLint.interpreter(directory));
  }

  private void build(Python base, Path directory, String pylock) throws IOException {
    var tool = uv.forController();
    Files.deleteIfExists(directory.resolve("READY"));
    Files.createDirectories(directory);
    var interpreter = base.executable().toString();
    tool.run(
        directory,
        List.of("venv", "--quiet", "--clear", "--python", interpreter, directory.toString()),
        LIMIT);
    Files.writeString(directory.resolve(LOCK), pylock);
    tool.run(
        directory,
        List.of(
            "pip",
            "sync",
            "--quiet",
            "--preview-features",
            "pylock",
            "--require-hashes",
            "--compile-bytecode",
            "--python",
            ManagedAnsibleLint.interpreter(directory).toString(),
            LOCK),
        LIMIT);
    DurableFile.write(directory.resolve("READY"), "\n".getBytes(UTF_8));
  }
}
