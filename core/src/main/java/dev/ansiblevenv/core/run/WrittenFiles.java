package dev.ansiblevenv.core.run;

import java.util.List;

/// What a run has written beside its playbook.
///
/// @param directory of the project on the host
/// @param inPlace whether that is the user's own project: nothing is listed then
/// @param total how many there are
/// @param files sorted by path; the first 10,000
public record WrittenFiles(String directory, boolean inPlace, int total, List<WrittenFile> files) {}
