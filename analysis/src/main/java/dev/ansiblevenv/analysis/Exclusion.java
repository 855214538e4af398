package dev.ansiblevenv.analysis;

import java.util.List;

/// Something that the closure uses and that the user excludes all the same.
///
/// @param kind `collection` or `python_package`
/// @param file where it is excluded; closure-relative
/// @param line 1-based
/// @param because what uses it
public record Exclusion(String kind, String name, String file, int line, List<Because> because) {}
