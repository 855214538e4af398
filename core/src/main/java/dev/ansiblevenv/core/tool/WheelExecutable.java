package dev.ansiblevenv.core.tool;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.formats.archive.ArchiveLimits;
import dev.ansiblevenv.formats.archive.ArchiveReader;
import dev.ansiblevenv.formats.archive.ArchiveRefused;
import dev.ansiblevenv.formats.archive.Unpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.function.Consumer;

/// One program inside a wheel.
///
/// @param entry its path in the archive
record WheelExecutable(Path wheel, String entry) {

  private static final String NAME = "program";

  /// Puts the program in place in one step, after `check` has seen it and not thrown.
  void unpack(Path target, Consumer<Path> check) throws IOException {
    var directory = Files.createDirectories(target.resolveSibling(".").normalize());
    var temporary = directory.resolve("." + UUID.randomUUID());
    try (var archive = ArchiveReader.zip(wheel, ArchiveLimits.DEFAULT)) {
      Unpacker.unpack(archive, temporary, member -> member.path().equals(entry) ? NAME : null);
      var program = temporary.resolve(NAME);
      if (!Files.isRegularFile(program)) {
        throw new ArchiveRefused("it holds no `" + entry + "`");
      }
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      check.accept(program);
      Files.move(program, target, ATOMIC_MOVE);
    } catch (ArchiveRefused e) {
      throw new Unresolvable(
          "is not a wheel of the expected form",
          wheel.getFileName().toString(),
          String.valueOf(e.getMessage()),
          "",
          e);
    } finally {
      Trees.delete(temporary);
    }
  }
}
