package dev.ansiblevenv.orchestration.plan;

import dev.ansiblevenv.orchestration.process.ProcessOptions;
import java.nio.file.Path;

/// What to plan a deploy of.
///
/// @param push as for a deploy
public record PlanRequest(Path playbook, String host, boolean push, ProcessOptions process) {}
