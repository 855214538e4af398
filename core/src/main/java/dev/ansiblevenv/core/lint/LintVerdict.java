package dev.ansiblevenv.core.lint;

import dev.ansiblevenv.diagnostic.Finding;
import java.util.List;

/// What ansible-lint says of a playbook.
///
/// @param linter name and version, `ansible-lint 26.10.1`
/// @param passed what decides: the project's own configuration, else profile `min`
public record LintVerdict(String linter, boolean passed, List<Finding> findings) {}
