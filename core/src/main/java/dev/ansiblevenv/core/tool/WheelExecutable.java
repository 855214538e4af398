package dev.ansiblevenv.core.tool;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.ZipFile;

/// One program inside a wheel.
///
/// @param entry its path in the archive
record WheelExecutable(Path wheel, String entry) {

  /// Puts the program in place in one step, after `check` has seen it and not thrown.
  void unpack(Path target, Consumer<Path> check) throws IOException {
    var directory = Files.createDirectories(target.resolveSibling(".").normalize());
    var temporary = directory.resolve("." + UUID.randomUUID());
    try (var archive = new ZipFile(wheel.toFile())) {
      var program = archive.getEntry(entry);
      if (program == null) {
        throw new Unresolvable(
            "is not a wheel of the expected form",
            wheel.getFileName().toString(),
            "it holds no `" + entry + "`",
            "");
      }
      try (var content = archive.getInputStream(program)) {
        Files.copy(content, temporary);
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      check.accept(temporary);
      Files.move(temporary, target, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
