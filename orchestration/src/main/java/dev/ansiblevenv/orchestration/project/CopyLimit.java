package dev.ansiblevenv.orchestration.project;

/// How much of a project is sent at most.
///
/// @param bytes of all files together
public record CopyLimit(int files, long bytes) {

  public static final CopyLimit DEFAULT = new CopyLimit(50_000, 2L << 30);
}
