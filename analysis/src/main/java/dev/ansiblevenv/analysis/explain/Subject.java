package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Because;
import java.util.List;

/// One thing that a name means.
///
/// @param name in full: a fully qualified plugin, a normalised package
/// @param needed whether the playbook needs it; of a plugin or a role, whether it uses it
/// @param constraint a Galaxy version range or a PEP 440 specifier; empty for any version
/// @param marker PEP 508 marker of a Python package; empty for always
/// @param side where a Python package has to be importable; empty for anything else
/// @param because the places that use it, also when it is not needed all the same
/// @param bounds where the constraint comes from
/// @param reasons why it is not needed, and what else there is to know
public record Subject(
    Kind kind,
    String name,
    boolean needed,
    String constraint,
    String marker,
    String side,
    List<Because> because,
    List<Bound> bounds,
    List<Reason> reasons) {

  /// What sort of thing it is.
  public enum Kind {
    COLLECTION("collection"),
    PYTHON_PACKAGE("python_package"),
    PLUGIN("plugin"),
    ROLE("role"),
    SYSTEM_PACKAGE("system_package");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  static Subject needed(Kind kind, String name, List<Because> because, List<Reason> reasons) {
    return new Subject(kind, name, true, "", "", "", because, List.of(), reasons);
  }

  static Subject absent(Kind kind, String name, List<Because> because, List<Reason> reasons) {
    return new Subject(kind, name, false, "", "", "", because, List.of(), reasons);
  }
}
