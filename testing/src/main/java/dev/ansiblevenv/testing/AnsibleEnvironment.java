package dev.ansiblevenv.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A Python environment with a pinned ansible-core, hash-checked, made once per machine: the oracle
/// for whatever claims to behave as Ansible does.
///
/// It is kept in the directory that the system property `ansiblevenv.testing.cache` names, else in
/// the user's cache directory.
public final class AnsibleEnvironment {

  private static final String REQUIREMENTS = "ansible-core.txt";

  private final Path root;

  private AnsibleEnvironment(Path root) {
    this.root = root;
  }

  /// @throws IllegalStateException when `python3` in `PATH` cannot make it; says what it printed
  public static AnsibleEnvironment get() {
    try (InputStream resource = AnsibleEnvironment.class.getResourceAsStream(REQUIREMENTS)) {
      if (resource == null) {
        throw new IllegalStateException(REQUIREMENTS + " is missing");
      }
      var requirements = resource.readAllBytes();
      var python = run("python3", "-c", "import sys; print(sys.executable, sys.version)");
      var name = "ansible-core-" + digest(requirements, python.getBytes(UTF_8));
      var cache =
          Path.of(
              System.getProperty(
                  "ansiblevenv.testing.cache",
                  Path.of(System.getProperty("user.home"), ".cache", "ansible-venv-testing")
                      .toString()));
      return make(Files.createDirectories(cache).resolve(name), requirements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The environment's interpreter.
  public Path python() {
    return root.resolve("bin").resolve("python");
  }

  /// One of ansible-core's programs, such as `ansible-playbook`.
  public Path program(String name) {
    return root.resolve("bin").resolve(name);
  }

  private static AnsibleEnvironment make(Path root, byte[] requirements) throws IOException {
    var ready = root.resolve("READY");
    var lock = root.resolveSibling(root.getFileName() + ".lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = channel.lock()) {
      if (held.isValid() && !Files.exists(ready)) {
        run("python3", "-m", "venv", "--clear", root.toString());
        var list = Files.write(root.resolve(REQUIREMENTS), requirements);
        run(
            root.resolve("bin").resolve("python").toString(),
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
            "--only-binary=:all:",
            "--require-hashes",
            "--requirement",
            list.toString());
        Files.createFile(ready);
      }
    }
    return new AnsibleEnvironment(root);
  }

  private static String run(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(List.of(command) + " failed:\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }

  private static String digest(byte[]... contents) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var content : contents) {
        digest.update(content);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
