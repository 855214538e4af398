package dev.ansiblevenv.formats.archive;

import java.nio.charset.StandardCharsets;

/// Which paths an archive may name: relative ones without `.`, `..`, empty names, control
/// characters or bytes that are not UTF-8. A leading `./` is dropped, and a directory's last `/`.
public final class MemberPath {

  private static final int LONGEST_NAME = 255;

  /// What decoders put in place of bytes that are not UTF-8.
  private static final int UNDECODABLE = 0xfffd;

  private MemberPath() {}

  /// Whether a path names something below an archive's root.
  public static boolean isInside(String path) {
    if (path.isEmpty() || !path.codePoints().allMatch(MemberPath::isPlain)) {
      return false;
    }
    for (var name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /// @return empty for the root itself
  /// @throws ArchiveRefused when the path may not be in an archive
  static String of(String raw, boolean isDirectory, ArchiveLimits limits) throws ArchiveRefused {
    var path = raw;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (isDirectory) {
      while (path.endsWith("/")) {
        path = path.substring(0, path.length() - 1);
      }
      if (path.equals(".") || (path.isEmpty() && raw.startsWith("."))) {
        return "";
      }
    }
    if (!isInside(path)) {
      throw new ArchiveRefused("it names `" + printable(raw) + "`");
    }
    check(path, limits);
    return path;
  }

  private static void check(String path, ArchiveLimits limits) throws ArchiveRefused {
    var names = path.split("/", -1);
    if (names.length > limits.depth()) {
      throw new ArchiveRefused("it has a path of more than " + limits.depth() + " names");
    }
    if (bytes(path) > limits.pathBytes()) {
      throw new ArchiveRefused("it has a path of more than " + limits.pathBytes() + " bytes");
    }
    for (var name : names) {
      if (bytes(name) > LONGEST_NAME) {
        throw new ArchiveRefused("it has a name of more than " + LONGEST_NAME + " bytes");
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c) && c != UNDECODABLE && (c < 0xd800 || c > 0xdfff);
  }

  /// A name as a message shows it: short, and without characters that would move the cursor.
  static String printable(String text) {
    var shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return shown.replaceAll("[\\p{Cntrl}]", "?");
  }
}
