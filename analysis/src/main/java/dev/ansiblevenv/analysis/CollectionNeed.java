package dev.ansiblevenv.analysis;

import java.util.List;

/// A collection that the closure uses.
///
/// @param name `namespace.name`
/// @param constraint a Galaxy version range such as `>=3.0.0,<4`; `*` where any version will do
/// @param source where a requirements file says to fetch it from; empty for the configured Galaxy
///   servers
/// @param onlyElsewhere whether only hosts with another operating system than Linux use it: a run
///   on our hosts does without
/// @param signatures addresses of detached signatures that a requirements file names for it
public record CollectionNeed(
    String name,
    String constraint,
    String source,
    List<String> signatures,
    boolean onlyElsewhere,
    List<Because> because) {

  public CollectionNeed(String name, String constraint, String source, List<Because> because) {
    this(name, constraint, source, List.of(), false, because);
  }
}
