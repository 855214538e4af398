package dev.ansiblevenv.core.lock;

/// A Python package to be locked.
///
/// @param line one [PEP 508](https://peps.python.org/pep-0508/) requirement
/// @param because where it comes from, for conflict messages: file:line
public record PythonRequirement(String line, String because) {}
