package dev.ansiblevenv.orchestration.verify;

import java.util.ArrayList;
import java.util.List;

/// What became of a venv that the host record names, or that the host has of this project.
///
/// @param path on the host; empty where nothing stands there
/// @param details why, in words
/// @param repaired whether it is as it should be again
public record VenvState(
    String name, Kind kind, String path, List<String> details, boolean repaired) {

  public VenvState {
    details = List.copyOf(details);
  }

  /// How the record and the host agree.
  public enum Kind {
    /// Every file is as it was installed.
    HEALTHY,
    /// The record names it, the host does not have it.
    MISSING,
    /// Files were changed or removed, or its interpreter is gone.
    UNHEALTHY,
    /// It was built from another lock than the project's.
    OUTDATED,
    /// Something that this program did not make has its place.
    FOREIGN,
    /// The host has it for a spec of this project, the record does not name it.
    UNRECORDED
  }

  /// Whether the record says what is true and the venv can be run in.
  public boolean isRight() {
    return kind == Kind.HEALTHY || repaired;
  }

  VenvState mended(String how) {
    return with(how, true);
  }

  VenvState stays(String why) {
    return with(why, false);
  }

  private VenvState with(String detail, boolean mended) {
    var more = new ArrayList<>(details);
    more.add(detail);
    return new VenvState(name, kind, path, more, mended);
  }
}
