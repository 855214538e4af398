package dev.ansiblevenv.analysis.python;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An open block.
///
/// @param name of a function or class
/// @param names of a condition: the names that alone decide it; empty where something else does,
///   too
/// @param attempt the `try` statement that it is a part of
record Block(int indent, Kind kind, String name, Set<String> names, @Nullable Attempt attempt) {

  /// In front of what `deps.declare(…)` names, community.general's spelling of a guarded import.
  static final String DECLARED = "deps:";

  private static final Set<String> KEYWORDS =
      Set.of("not", "or", "and", "is", "None", "False", "True", "if", "elif");
  private static final Set<String> SIGNS = Set.of("(", ")", "==", "!=");

  enum Kind {
    FUNCTION,
    CLASS,
    TRY,
    HANDLER,
    OTHERWISE,
    TYPE_CHECKING,
    CONDITION,
    PLAIN;

    boolean isDefinition() {
      return this == FUNCTION || this == CLASS;
    }
  }

  static boolean isDefinition(Statement statement) {
    return statement.keyword().equals("def") || statement.keyword().equals("class");
  }

  static String nameOf(Statement definition) {
    var tokens = definition.tokens();
    var at = definition.starts("async") ? 2 : 1;
    return at < tokens.size() ? tokens.get(at).text() : "";
  }

  /// @param before the block that ended where this one begins
  static Block opened(Statement header, @Nullable Block before) {
    var indent = header.indent();
    var previous = before != null && before.indent == indent ? before : null;
    var attempt = previous == null ? null : previous.attempt;
    return switch (header.keyword()) {
      case "def" -> new Block(indent, Kind.FUNCTION, nameOf(header), Set.of(), null);
      case "class" -> new Block(indent, Kind.CLASS, nameOf(header), Set.of(), null);
      case "try" -> new Block(indent, Kind.TRY, "", Set.of(), new Attempt());
      case "except" -> new Block(indent, Kind.HANDLER, "", Set.of(), attempt);
      case "finally" -> new Block(indent, Kind.OTHERWISE, "", Set.of(), attempt);
      case "else" ->
          attempt != null
              ? new Block(indent, Kind.OTHERWISE, "", Set.of(), attempt)
              : new Block(
                  indent, Kind.CONDITION, "", previous == null ? Set.of() : previous.names, null);
      case "if", "elif" ->
          header.tokens().stream().anyMatch(token -> token.is("TYPE_CHECKING"))
              ? new Block(indent, Kind.TYPE_CHECKING, "", Set.of(), null)
              : new Block(indent, Kind.CONDITION, "", deciding(header.tokens()), null);
      case "while" -> new Block(indent, Kind.CONDITION, "", Set.of(), null);
      case "with" -> with(header);
      default -> new Block(indent, Kind.PLAIN, "", Set.of(), null);
    };
  }

  private static Block with(Statement header) {
    var tokens = header.tokens();
    if (tokens.size() > 5 && tokens.get(1).is("deps") && tokens.get(3).is("declare")) {
      var attempt = new Attempt();
      attempt.flags.add(DECLARED);
      attempt.flags.add(DECLARED + tokens.get(5).text());
      return new Block(header.indent(), Kind.TRY, "", Set.of(), attempt);
    }
    return new Block(header.indent(), Kind.PLAIN, "", Set.of(), null);
  }

  private static Set<String> deciding(List<Token> condition) {
    var plain =
        condition.stream()
            .allMatch(token ->
                token.name()
                    || token.kind() == Token.Kind.OPERATOR && SIGNS.contains(token.text()));
    return plain
        ? condition.stream()
            .map(Token::text)
            .filter(text -> !KEYWORDS.contains(text) && !SIGNS.contains(text))
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }
}
