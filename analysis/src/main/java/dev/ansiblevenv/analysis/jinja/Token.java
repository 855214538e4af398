package dev.ansiblevenv.analysis.jinja;

/// One word of a Jinja expression.
///
/// @param text a name or operator as written; of a string literal what stands between its quotes
/// @param line 0-based, counted from the start of the text
public record Token(Kind kind, String text, int line) {

  /// What a token is.
  public enum Kind {
    NAME,
    STRING,
    NUMBER,
    OPERATOR
  }

  public boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  public boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }
}
