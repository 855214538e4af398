package dev.ansiblevenv.analysis;

import java.util.List;

/// A package of the operating system that the playbook's needs ask for. It is reported, never
/// installed.
///
/// @param profiles where it is needed, as bindep writes it: `platform:rpm`, `!platform:dpkg`; empty
///   for every platform
public record SystemPackage(String name, List<String> profiles, List<Because> because) {}
