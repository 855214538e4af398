package dev.ansiblevenv.orchestration.spec;

/// A role that has to be fetched.
///
/// @param source as a requirements file names it; `galaxy` where none does
/// @param version as a requirements file asks for it, else empty
public record RequiredRole(String name, String source, String version) {}
