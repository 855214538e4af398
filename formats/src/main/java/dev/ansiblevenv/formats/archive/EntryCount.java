package dev.ansiblevenv.formats.archive;

/// Counts what an archive holds, up to [ArchiveLimits#entries].
final class EntryCount {

  private final int most;
  private int count;

  EntryCount(ArchiveLimits limits) {
    this.most = limits.entries();
  }

  /// @throws ArchiveRefused when there is one too many
  void add() throws ArchiveRefused {
    if (++count > most) {
      throw new ArchiveRefused("it holds more than " + most + " entries");
    }
  }

  boolean isZero() {
    return count == 0;
  }
}
