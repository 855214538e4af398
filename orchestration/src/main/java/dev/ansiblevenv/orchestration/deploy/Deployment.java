package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.core.lock.Lock;

/// A playbook, the venv it is to run in, and the host it is for.
///
/// @param rebuild make the environment anew although a healthy one is there
record Deployment(RunOrder order, Target target, Analysis analysis, Lock lock, boolean rebuild) {}
