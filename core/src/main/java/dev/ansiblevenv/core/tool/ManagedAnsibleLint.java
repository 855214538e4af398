package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.ExclusiveLock;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pinned ansible-lint in an environment of its own, built by uv from a lock with hashes that
/// is part of this program, on first use, and kept in the cache. Only wheels are installed: nothing
/// that the lock does not name is run. Safe among threads and processes.
public final class ManagedAnsibleLint {

  public static final String VERSION = "26.10.1";

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Controller controller;
  private final ManagedUv uv;
  private final ControllerPython python;

  public ManagedAnsibleLint(Controller controller, ManagedUv uv, ControllerPython python) {
    this.controller = controller;
    this.uv = uv;
    this.python = python;
  }

  /// SHA-256 of the lock: what ansible-lint and all under it are. Needs no environment to be there.
  public static String lockDigest() {
    return sha256(lock());
  }

  /// The environment's directory, with `bin/python` in it; built if need be.
  ///
  /// @throws Unresolvable when there is no Python for it, or the index does not give what the lock
  ///   names
  public Path environment() {
    var base = python.require();
    var directory = directory(base);
    if (isReady(directory)) {
      return directory;
    }
    try (var _ = ExclusiveLock.acquire(controller.tools().resolve(".ansible-lint.lock"))) {
      if (!isReady(directory)) {
        build(base, directory);
      }
      return directory;
    } catch (IOException e) {
      throw new StateConflict(
          "cannot install ansible-lint",
          directory.toString(),
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }

  /// The environment if it is there already.
  public Optional<Path> installed() {
    return python.find().map(this::directory).filter(ManagedAnsibleLint::isReady);
  }

  private Path directory(Python base) {
    var identity = lock() + base.version() + "\n" + base.executable() + "\n";
    return controller.tools().resolve("ansible-lint-" + sha256(identity).substring(0, 12));
  }

  /// The marker is written last. The interpreter is looked for too: it is a link to one that a
  /// system upgrade may have taken away.
  private static boolean isReady(Path directory) {
    return Files.exists(directory.resolve("READY")) && Files.isExecutable(interpreter(directory));
  }

  private void build(Python base, Path directory) throws IOException {
    var tool = uv.forController();
    Files.deleteIfExists(directory.resolve("READY"));
    Files.createDirectories(directory);
    var target = directory.toString();
    tool.run(
        directory,
        List.of("venv", "--quiet", "--clear", "--python", base.executable().toString(), target),
        LIMIT);
    var requirements = directory.resolve("ansible-lint.txt");
    Files.writeString(requirements, lock());
    tool.run(
        directory,
        List.of(
            "pip",
            "install",
            "--quiet",
            "--python",
            interpreter(directory).toString(),
            "--require-hashes",
            "--no-deps",
            "--no-build",
            "--compile-bytecode",
            "--requirements",
            requirements.toString()),
        LIMIT);
    verify(directory);
    DurableFile.write(directory.resolve("READY"), bytes(VERSION + "\n"));
  }

  private void verify(Path directory) throws IOException {
    var command =
        List.of(
            interpreter(directory).toString(),
            "-I",
            "-c",
            "import importlib.metadata as m; print(m.version('ansible-lint'))");
    var said = new Program(command, Map.of(), directory).run(Duration.ofMinutes(1));
    if (!said.output().strip().equals(VERSION)) {
      throw new Unresolvable(
          "does not hold ansible-lint " + VERSION, directory.toString(), said.lastLines(3), "");
    }
  }

  /// The interpreter of a virtual environment.
  public static Path interpreter(Path environment) {
    return environment.resolve("bin").resolve("python");
  }

  private static String lock() {
    try (InputStream lock = ManagedAnsibleLint.class.getResourceAsStream("ansible-lint.txt")) {
      if (lock == null) {
        throw new IllegalStateException("ansible-lint.txt is not in this program's jar");
      }
      return new String(lock.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
