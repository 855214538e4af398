package dev.ansiblevenv.core.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Replaces a file so that a reader, a crash or a full disk sees the old content or the new, whole.
/// An interrupt does not keep it from being written.
public final class DurableFile {

  private DurableFile() {}

  /// Writes a temporary file beside `target`, flushes it to the disk, renames it over `target` and
  /// flushes the directory. Follows a symbolic link at `target`, and keeps an existing file's
  /// permissions.
  public static void write(Path target, byte[] content) throws IOException {
    Uninterrupted.run(() -> {
      replace(target, content);
      return target;
    });
  }

  /// Brings what was written to a file or directory to the disk.
  public static void flush(Path path) throws IOException {
    Uninterrupted.run(() -> {
      try (var channel = FileChannel.open(path, READ)) {
        channel.force(true);
      }
      return path;
    });
  }

  private static void replace(Path target, byte[] content) throws IOException {
    var real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    var directory = Files.createDirectories(real.resolveSibling(".").normalize());
    var temporary = directory.resolve("." + real.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (var channel = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
        for (var buffer = ByteBuffer.wrap(content); buffer.hasRemaining(); ) {
          channel.write(buffer);
        }
        if (Files.exists(real)) {
          Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(real));
        }
        channel.force(true);
      }
      Files.move(temporary, real, ATOMIC_MOVE);
      flush(directory);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
