package dev.ansiblevenv.orchestration.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Something that is to be sent.
///
/// @param name as the manifest writes it
/// @param modified nanoseconds since the epoch
/// @param identity of the file in its file system
/// @param target of a link, as the manifest writes it; else empty
record ListedEntry(
    char kind,
    int mode,
    long size,
    long modified,
    String identity,
    String name,
    Path file,
    String target) {

  static final char FILE = 'f';
  static final char DIRECTORY = 'd';
  static final char LINK = 'l';

  /// @return null for what is neither file nor directory nor link
  static @Nullable ListedEntry of(String name, Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    var kind =
        attributes.isRegularFile()
            ? FILE
            : attributes.isDirectory() ? DIRECTORY : attributes.isSymbolicLink() ? LINK : ' ';
    if (kind == ' ') {
      return null;
    }
    return new ListedEntry(
        kind,
        kind == LINK ? 0777 : mode(attributes),
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        String.valueOf(attributes.fileKey()),
        name,
        file,
        kind == LINK ? ManifestName.of(Files.readSymbolicLink(file).toString()) : "");
  }

  private static int mode(PosixFileAttributes attributes) {
    var mode = 0;
    for (var permission : attributes.permissions()) {
      mode |=
          switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 040;
            case GROUP_WRITE -> 020;
            case GROUP_EXECUTE -> 010;
            case OTHERS_READ -> 04;
            case OTHERS_WRITE -> 02;
            case OTHERS_EXECUTE -> 01;
          };
    }
    return mode;
  }

  /// The same link with another target.
  ListedEntry leadingTo(Path other) {
    return new ListedEntry(
        kind, mode, size, modified, identity, name, file, ManifestName.of(other.toString()));
  }

  /// What a file's content cannot have changed without.
  String look() {
    return kind
        + " "
        + size
        + " "
        + modified
        + " "
        + identity
        + " "
        + Integer.toOctalString(mode)
        + " "
        + target
        + " "
        + name;
  }

  /// @param value the file's SHA-256
  String line(String value) {
    var octal = Integer.toOctalString(mode);
    return kind + " " + "0".repeat(4 - octal.length()) + octal + " " + value + " " + name;
  }
}
