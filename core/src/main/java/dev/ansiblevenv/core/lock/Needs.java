package dev.ansiblevenv.core.lock;

import java.util.Map;
import java.util.Optional;

/// What a version of a collection needs.
///
/// @param dependencies collection name to Galaxy version range, as its author wrote it
/// @param requiresAnsible PEP 440 specifier
record Needs(Map<String, String> dependencies, Optional<String> requiresAnsible) {}
