package dev.ansiblevenv.diagnostic;

/// One thing that a check found wrong with the user's files.
///
/// @param rule the checker's own id of the rule, such as `syntax-check[unknown-module]`
/// @param fatal whether this finding by itself makes the input invalid; others are shown as
///   warnings
public record Finding(Location location, String rule, String message, boolean fatal) {

  @Override
  public String toString() {
    return location + ": " + rule + ": " + message;
  }
}
