package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.core.tool.PinnedUv;
import dev.ansiblevenv.core.tool.Uv;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The real uv: from the path when it is the pinned version, else fetched from the configured index
/// once per machine.
public final class TestUv {

  public static final String VERSION = "0.13.9";

  private TestUv() {}

  public static Uv uv() {
    return Held.UV;
  }

  /// The same as it is sent to a host.
  public static PinnedUv pinned() {
    return new PinnedUv(VERSION, Wheel.SHA256, Map.of());
  }

  /// The wheel of [#pinned].
  public static Path wheel() {
    return Wheel.FILE;
  }

  private static final class Wheel {
    static final Path FILE = pack();
    static final String SHA256 = sha256();

    private static Path pack() {
      var target = cache().resolve("uv-" + VERSION + ".whl");
      if (Files.exists(target)) {
        return target;
      }
      try {
        var building = Files.createTempFile(cache(), "uv", ".whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(building))) {
          zip.putNextEntry(new ZipEntry("uv-" + VERSION + ".data/scripts/uv"));
          Files.copy(uv().executable(), zip);
        }
        Files.move(building, target, ATOMIC_MOVE);
        return target;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String sha256() {
      try {
        return Sha256.of(FILE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A universal lock of these requirements.
  static String pylock(String... requirements) {
    return pylockFor("3.11", requirements);
  }

  /// @param python the oldest that the lock is for, `3.11`
  public static String pylockFor(String python, String... requirements) {
    try {
      var input = Files.createTempFile("requirements", ".in");
      Files.writeString(input, String.join("\n", requirements));
      var output =
          output(
              uv().executable().toString(),
              "pip",
              "compile",
              "--quiet",
              "--universal",
              "--no-header",
              "--python-version=" + python,
              "--format=pylock.toml",
              "--cache-dir=" + cache().resolve("uv"),
              input.toString());
      Files.delete(input);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Outside the build directories, shared by all tests of this machine.
  public static Path cache() {
    var set = System.getenv("XDG_CACHE_HOME");
    var home = Path.of(System.getProperty("user.home"), ".cache");
    return (set == null || set.isEmpty() ? home : Path.of(set)).resolve("ansible-venv-tests");
  }

  static String output(String... command) {
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static final class Held {
    static final Uv UV = find();

    private static Uv find() {
      for (var place : System.getenv("PATH").split(File.pathSeparator, -1)) {
        var candidate = Path.of(place, "uv");
        if (Files.isExecutable(candidate)
            && output(candidate.toString(), "--version").startsWith("uv " + VERSION)) {
          return new Uv(candidate, VERSION, "PATH", Map.of());
        }
      }
      return new Uv(fetched(), VERSION, "the configured index", Map.of());
    }

    private static Path fetched() {
      var target = cache().resolve("uv-" + VERSION);
      if (Files.isExecutable(target)) {
        return target;
      }
      try {
        Files.createDirectories(cache());
        var private_ = Files.createTempDirectory(cache(), "uv");
        var install = new ArrayList<>(List.of("python3", "-m", "pip", "install", "--quiet"));
        install.addAll(List.of("--target", private_.toString(), "--no-deps", "uv==" + VERSION));
        output(install.toArray(String[]::new));
        Files.move(private_.resolve("bin/uv"), target, ATOMIC_MOVE);
        return target;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
