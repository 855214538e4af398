package dev.ansiblevenv.core.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A repository of a test, made by the real git.
final class TestRepository {

  private final Path directory;

  TestRepository(Path directory) {
    this.directory = directory;
    file(".keep", "");
    git("init", "--quiet", "--initial-branch=main");
  }

  String url() {
    return "git+file://" + directory;
  }

  TestRepository file(String path, String content) {
    try {
      var file = directory.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @return the commit
  String commit() {
    git("add", "--all");
    git("commit", "--quiet", "--message", "a change");
    return git("rev-parse", "HEAD");
  }

  String git(String... arguments) {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=me", "-c", "user.email=me@example.org"));
    command.addAll(List.of(arguments));
    try {
      var process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      var output = new String(process.getInputStream().readAllBytes()).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
