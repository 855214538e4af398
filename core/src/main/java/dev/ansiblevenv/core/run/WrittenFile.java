package dev.ansiblevenv.core.run;

/// Something that a run has written beside its playbook.
///
/// @param path from the project's directory on, as a manifest writes it: what is not printable
///   ASCII, and `%`, as `%XX`
/// @param size in bytes when the run ended
/// @param mode permission bits
public record WrittenFile(String path, Kind kind, long size, int mode, Change change) {

  /// What it is.
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    OTHER
  }

  /// What became of it. What is changed or removed was sent with the project.
  public enum Change {
    CREATED,
    CHANGED,
    REMOVED
  }
}
