package dev.ansiblevenv.analysis.python;

/// A word of Python source.
///
/// @param text of a string its value; of a formatted one (`f"…"`) what stands between the quotes,
///   replacement fields as written; of everything else as written
/// @param line 1-based
record Token(Kind kind, String text, int line) {

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    FORMATTED,
    OPERATOR
  }

  boolean is(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean operator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean name() {
    return kind == Kind.NAME;
  }
}
