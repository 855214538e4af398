package dev.ansiblevenv.orchestration.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Asks for what a run has written beside its playbook.
///
/// @param get patterns of paths, with `*`, `**` and `?`, of the files to be brought; none to only
///   list them
/// @param into an absolute directory instead of the project
public record FilesRequest(RunName run, List<String> get, Optional<Path> into) {}
