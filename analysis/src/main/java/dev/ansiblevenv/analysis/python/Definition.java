package dev.ansiblevenv.analysis.python;

import java.util.Set;

/// A function or class at the top of a file, or what stands outside of any.
///
/// @param mentions every name in it, attributes included
/// @param checks names whose falsehood alone makes it give up: `if not HAS_X: module.fail_json(…)`
public record Definition(Set<String> mentions, Set<String> checks) {}
