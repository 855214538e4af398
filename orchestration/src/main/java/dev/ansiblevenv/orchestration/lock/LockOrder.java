package dev.ansiblevenv.orchestration.lock;

import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is to be locked.
///
/// @param subjects playbooks, and names or files of profiles and specs; none for all profiles and
///   specs of the project
/// @param from the directory that relative paths are from
/// @param upgrade resolve anew what has a lock that fits
/// @param dryRun write nothing
/// @param python of the hosts, such as `3.12`; without it that of the lock so far, else this
///   machine's
public record LockOrder(
    List<String> subjects,
    Path from,
    boolean upgrade,
    boolean dryRun,
    Optional<String> python,
    ProcessOptions process) {

  public LockOrder {
    subjects = List.copyOf(subjects);
  }
}
