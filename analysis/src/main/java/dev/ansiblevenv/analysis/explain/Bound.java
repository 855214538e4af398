package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Because;

/// A part of a constraint, and the place that it comes from.
///
/// @param constraint as written there; empty where it says only the source
public record Bound(String constraint, Because place) {}
