package dev.ansiblevenv.formats.archive;

/// What an archive may cost. All of it is counted while the archive is read; what its headers
/// declare is never trusted.
///
/// @param bytes unpacked, headers included
/// @param entries members, and directories that no member names
/// @param depth names in a path
/// @param pathBytes of a path in UTF-8; a single name may have 255
/// @param ratio unpacked bytes for one packed byte; the first 16 MiB are free
public record ArchiveLimits(long bytes, int entries, int depth, int pathBytes, long ratio) {

  /// More than any collection or role in public use has.
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(1L << 30, 100_000, 64, 1024, 200);

  private static final long FREE_BYTES = 16L << 20;

  public ArchiveLimits withBytes(long other) {
    return new ArchiveLimits(other, entries, depth, pathBytes, ratio);
  }

  /// How many bytes an archive of this size may unpack to.
  long bytesFor(long packed) {
    var byRatio = packed > Long.MAX_VALUE / ratio ? Long.MAX_VALUE : packed * ratio;
    return Math.min(bytes, Math.max(FREE_BYTES, byRatio));
  }
}
