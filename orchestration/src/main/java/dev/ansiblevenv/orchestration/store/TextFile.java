package dev.ansiblevenv.orchestration.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// A project's text file, read strictly and replaced whole. Reading and writing back gives the same
/// bytes, a byte order mark included.
public final class TextFile {

  private TextFile() {}

  /// @param place the name shown in errors
  /// @throws InvalidInput when the file is not UTF-8 text; names file:line:column
  public static String read(Path file, String place) {
    byte[] content;
    try {
      content = RegularFile.read(file);
    } catch (IOException e) {
      throw failed("cannot be read", place, e);
    }
    var chars = CharBuffer.allocate(content.length);
    var bytes = ByteBuffer.wrap(content);
    var outcome = UTF_8.newDecoder().decode(bytes, chars, true);
    if (outcome.isError()) {
      var before = chars.flip().toString();
      int line = before.lastIndexOf('\n') + 1;
      throw new InvalidInput(
          "is not UTF-8 text",
          new Location(
                  place,
                  (int) before.chars().filter(c -> c == '\n').count() + 1,
                  before.codePointCount(line, before.length()) + 1)
              .toString(),
          "byte 0x%02x is not valid here".formatted(content[bytes.position()]),
          "save the file as UTF-8");
    }
    return chars.flip().toString();
  }

  /// @throws StateConflict when it cannot be written; the old content is then still there
  public static void write(Path file, String place, String text) {
    try {
      DurableFile.write(file, text.getBytes(UTF_8));
    } catch (IOException e) {
      throw failed("cannot be written", place, e);
    }
  }

  /// What an error of the file system means to the user.
  public static StateConflict failed(String what, String place, IOException e) {
    var reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : "";
    return new StateConflict(
        what,
        place,
        reason.isEmpty() ? e.getClass().getSimpleName() + " " + e.getMessage() : reason,
        "check the directory's permissions and free space",
        e);
  }
}
