package dev.ansiblevenv.analysis.explain;

/// Why something is not needed, or what else there is to know of it.
///
/// @param file closure-relative; empty where no place says it
/// @param line 1-based; 0 where no place says it
/// @param text a clause for people
public record Reason(Kind kind, String file, int line, String text) {

  /// What sort of reason it is.
  public enum Kind {
    /// Nothing in the closure uses it.
    UNUSED("unused"),
    /// A file lists or bounds it, which needs nothing.
    LISTED("listed"),
    /// A plugin of the project's own has the name.
    SHADOWED("shadowed"),
    /// ansible-core has it itself.
    BUILTIN("builtin"),
    /// Its content is in the project.
    OWN("own"),
    /// An `ansible-venv.yml` excludes it.
    EXCLUDED("excluded"),
    /// Only a `collections:` keyword names it.
    KEYWORD("collections-keyword"),
    /// The lock has it, because something that is needed depends on it.
    LOCKED("locked"),
    /// Its owner has removed it.
    REMOVED("removed");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  static Reason of(Kind kind, String text) {
    return new Reason(kind, "", 0, text);
  }

  /// Nothing uses it.
  public static Reason unused() {
    return of(Kind.UNUSED, "nothing in the closure uses it");
  }
}
