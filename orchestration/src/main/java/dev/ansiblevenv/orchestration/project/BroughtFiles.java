package dev.ansiblevenv.orchestration.project;

import java.util.List;

/// What of a run's files came into the project, and what did not.
///
/// @param directory of the project on the host
/// @param total how many entries the run has written
/// @param brought paths in the project, or in the directory that was asked for
/// @param left the others
public record BroughtFiles(String directory, int total, List<String> brought, List<Left> left) {

  public static final BroughtFiles NONE = new BroughtFiles("", 0, List.of(), List.of());

  /// A file that stayed on the host.
  ///
  /// @param reason why, for people
  public record Left(String path, String reason) {}
}
