package dev.ansiblevenv.orchestration.store;

import dev.ansiblevenv.core.storage.ExclusiveLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The locks of a project directory. They lie in `.ansible-venv/`, which keeps itself out of git.
public final class ProjectLock {

  private ProjectLock() {}

  /// Waits until the lock is ours.
  public static ExclusiveLock acquire(Path project, String name) throws IOException {
    var directory = project.resolve(".ansible-venv");
    var ignore = directory.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      Files.createDirectories(directory);
      Files.writeString(ignore, "*\n");
    }
    return ExclusiveLock.acquire(directory.resolve("locks").resolve(name));
  }
}
