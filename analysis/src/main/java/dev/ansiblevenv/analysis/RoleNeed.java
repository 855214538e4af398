package dev.ansiblevenv.analysis;

import java.util.List;

/// A role that the closure names.
///
/// @param source where it was found (`closure`, a collection name) or is to be fetched from
///   (`galaxy`, a URL)
/// @param version as a requirements file asks for it, else empty
public record RoleNeed(String name, String source, String version, List<Because> because) {}
