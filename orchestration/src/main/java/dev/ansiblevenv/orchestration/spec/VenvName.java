package dev.ansiblevenv.orchestration.spec;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.util.regex.Pattern;

/// The rule for names of specs and venvs: they become file names, link names on hosts and values in
/// inventories, and need no quoting in any of them.
public final class VenvName {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private VenvName() {}

  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  /// @throws UsageFailure when the name breaks the rule
  public static String require(String name) {
    if (!isValid(name)) {
      throw new UsageFailure(
          "`" + printable(name) + "` is not a venv name",
          "",
          "a name has 1 to 128 letters, digits, `_`, `.` and `-`, and begins with none of the"
              + " last two",
          "rename the playbook, or name the spec as `ls venv_specs` shows it");
    }
    return name;
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
