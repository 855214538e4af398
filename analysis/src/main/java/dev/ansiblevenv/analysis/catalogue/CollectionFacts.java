package dev.ansiblevenv.analysis.catalogue;

import java.util.List;
import java.util.SortedMap;

/// What is known of a collection as a whole.
///
/// @param version that was indexed
/// @param requiresAnsible PEP 440 specifier set on ansible-core, empty for any
/// @param dependencies Galaxy version ranges by collection
/// @param system packages of the operating system that it declares, as lines of
///   [bindep](https://docs.opendev.org/opendev/bindep/latest/readme.html)
public record CollectionFacts(
    String version,
    String requiresAnsible,
    SortedMap<String, String> dependencies,
    List<String> roles,
    List<String> system) {

  static CollectionFacts of(CollectionIndex index) {
    return new CollectionFacts(
        index.version(),
        index.requiresAnsible(),
        index.dependencies(),
        index.roles(),
        index.system());
  }
}
