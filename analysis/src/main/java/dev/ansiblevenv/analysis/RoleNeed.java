package dev.ansiblevenv.analysis;

import java.util.List;

/// A role that the closure names.
///
/// @param source where it was found (`closure`, a collection name) or is to be fetched from
///   (`galaxy`, a URL)
/// @param version as a requirements file asks for it, else empty
/// @param isMissing it has to be fetched and was not
public record RoleNeed(
    String name, String source, String version, boolean isMissing, List<Because> because) {

  public RoleNeed(String name, String source, String version, List<Because> because) {
    this(name, source, version, false, because);
  }

  /// Whether it comes from Galaxy or an address.
  boolean isFetched() {
    return source.equals("galaxy") || source.contains("/") || source.contains("@");
  }
}
