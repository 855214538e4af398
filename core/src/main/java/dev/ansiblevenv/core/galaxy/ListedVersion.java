package dev.ansiblevenv.core.galaxy;

import java.util.Optional;

/// A version as a server's list shows it.
///
/// @param requiresAnsible empty where the collection has none or the list does not say
public record ListedVersion(SemanticVersion version, Optional<String> requiresAnsible) {}
