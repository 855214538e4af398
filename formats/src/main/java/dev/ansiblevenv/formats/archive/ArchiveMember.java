package dev.ansiblevenv.formats.archive;

/// One entry of an archive.
///
/// @param path relative, with `/`; see [MemberPath]
/// @param target where a link points, as the archive says it; otherwise empty
/// @param isExecutable whether its owner may execute it; no other permission counts
/// @param size as the archive declares it, -1 when it does not
public record ArchiveMember(
    String path, Kind kind, String target, boolean isExecutable, long size) {

  /// Hard links, devices, named pipes and sockets are refused before anybody sees them.
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  public boolean isLink() {
    return kind == Kind.LINK;
  }
}
