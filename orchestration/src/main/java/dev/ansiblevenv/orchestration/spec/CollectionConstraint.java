package dev.ansiblevenv.orchestration.spec;

/// A collection as `requirements.yml` writes it.
///
/// @param version Galaxy version range such as `>=3.0.0,<4`; `*` for any
/// @param source server, directory or tarball; empty for the configured servers
public record CollectionConstraint(String name, String version, String source) {}
