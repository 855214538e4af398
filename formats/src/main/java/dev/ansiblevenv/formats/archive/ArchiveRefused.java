package dev.ansiblevenv.formats.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An archive that is damaged, or holds something that no archive may hold. The message is a clause
/// about the archive: `it holds more than 10 files`. Any other [IOException] of this package is the
/// disk's.
public final class ArchiveRefused extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean isTruncated;

  /// @param message a clause whose subject is the archive
  public ArchiveRefused(String message) {
    this(message, false, null);
  }

  ArchiveRefused(String message, boolean isTruncated, @Nullable Throwable cause) {
    super(message, cause);
    this.isTruncated = isTruncated;
  }

  /// A member that no archive may have.
  ///
  /// @param what a noun phrase, such as `a hard link`
  static ArchiveRefused member(String name, String what) {
    return new ArchiveRefused("its `" + MemberPath.printable(name) + "` is " + what);
  }

  /// An archive that ends where more has to follow.
  public static ArchiveRefused truncated() {
    return new ArchiveRefused("it ends early", true, null);
  }

  /// Whether the archive ends early.
  public boolean isTruncated() {
    return isTruncated;
  }
}
