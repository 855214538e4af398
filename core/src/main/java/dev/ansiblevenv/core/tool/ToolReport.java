package dev.ansiblevenv.core.tool;

/// What is known about one thing that the controller needs.
///
/// @param version empty when it is not there, or has none
/// @param origin where it is from: a path, a setting, or that it comes with the first use
/// @param works whether what needs it can be done; also true for what is fetched on first use
/// @param problem why not and what to do; empty when it works
public record ToolReport(
    String name, String version, String origin, boolean works, String problem) {

  static ToolReport working(String name, String version, String origin) {
    return new ToolReport(name, version, origin, true, "");
  }

  static ToolReport broken(String name, String origin, String problem) {
    return new ToolReport(name, "", origin, false, problem);
  }
}
