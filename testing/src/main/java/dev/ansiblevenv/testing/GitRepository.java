package dev.ansiblevenv.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A repository of a test, made by the real git.
public final class GitRepository {

  private final Path directory;

  /// @param directory is created; the branch is called `main`
  public GitRepository(Path directory) {
    this.directory = directory;
    file(".keep", "");
    git("init", "--quiet", "--initial-branch=main");
  }

  /// As a requirements file names it.
  public String url() {
    return "git+file://" + directory;
  }

  /// Writes a text file.
  public GitRepository file(String path, String content) {
    try {
      var file = directory.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Commits everything.
  ///
  /// @return the commit
  public String commit() {
    git("add", "--all");
    git("commit", "--quiet", "--message", "a change");
    return git("rev-parse", "HEAD");
  }

  /// Writes the last commit as a tarball in which everything is in a directory, as hosting sites
  /// do.
  public void archive(Path target, String name) {
    git("archive", "--prefix=" + name + "/", "--output=" + target, "HEAD");
  }

  /// @return what git prints, without the line's end
  public String git(String... arguments) {
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
