package dev.ansiblevenv.orchestration.run;

import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.WrittenFiles;
import dev.ansiblevenv.orchestration.project.BroughtFiles;

/// What a run has written beside its playbook.
///
/// @param brought what came of it; nothing where it was only listed
public record FilesOfRun(String host, RunId run, WrittenFiles written, BroughtFiles brought) {}
