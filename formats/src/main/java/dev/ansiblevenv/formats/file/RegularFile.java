package dev.ansiblevenv.formats.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Reads files of a project. Opening a named pipe waits for a writer, and a device has no end: what
/// is no regular file, also behind a link, is not opened.
public final class RegularFile {

  /// More than anybody writes by hand.
  public static final int LARGEST = 16 << 20;

  private RegularFile() {}

  /// @throws FileSystemException with a reason when it is no regular file, or larger than
  ///   [#LARGEST]
  public static byte[] read(Path file) throws IOException {
    return read(file, LARGEST);
  }

  /// @param most bytes, counted while reading: a file may grow
  public static byte[] read(Path file, int most) throws IOException {
    require(file);
    try (var in = Files.newInputStream(file)) {
      var content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new FileSystemException(
            file.toString(), null, "it has more than " + (most >> 20) + " MiB");
      }
      return content;
    }
  }

  /// Decodes as UTF-8; what is malformed becomes U+FFFD.
  public static String readText(Path file) throws IOException {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  /// @throws FileSystemException when something else is there
  public static void require(Path file, LinkOption... options) throws IOException {
    if (isSomethingElse(file, options)) {
      throw new FileSystemException(file.toString(), null, "it is not a regular file");
    }
  }

  /// Asked once, because the file may be replaced between two questions.
  private static boolean isSomethingElse(Path file, LinkOption... options) {
    try {
      return !Files.readAttributes(file, BasicFileAttributes.class, options).isRegularFile();
    } catch (IOException e) {
      // Whoever opens it is told why it cannot be had.
      return false;
    }
  }
}
