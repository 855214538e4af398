package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Whether a condition of a template can be decided from what is known of its variables: texts that
/// are compared, `is defined`, and what `not`, `and` and `or` make of them.
final class Condition {

  enum Truth {
    TRUE,
    FALSE,
    UNKNOWN;

    Truth not() {
      return this == TRUE ? FALSE : this == FALSE ? TRUE : UNKNOWN;
    }

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /// What is no string, or may be none: it is equal to others only by Python's rules.
  private static final Pattern NO_STRING =
      Pattern.compile("(?i)|[-+]?[0-9.]+.*|true|false|yes|no|on|off|null|none|~");

  private Condition() {}

  static Truth truth(List<Token> tokens, Evaluator evaluator) {
    return evaluator.isTooDeep() ? Truth.UNKNOWN : evaluator.nested(() -> read(tokens, evaluator));
  }

  private static Truth read(List<Token> tokens, Evaluator evaluator) {
    var alternatives = split(tokens, "or");
    if (alternatives.size() > 1) {
      return any(alternatives, evaluator, Truth.TRUE);
    }
    var parts = split(tokens, "and");
    if (parts.size() > 1) {
      return any(parts, evaluator, Truth.FALSE);
    }
    if (!tokens.isEmpty() && tokens.getFirst().isName("not")) {
      return truth(tokens.subList(1, tokens.size()), evaluator).not();
    }
    if (tokens.size() > 2
        && tokens.getFirst().isOperator("(")
        && closing(tokens) == tokens.size() - 1) {
      return truth(tokens.subList(1, tokens.size() - 1), evaluator);
    }
    return comparison(tokens, evaluator);
  }

  /// @param deciding what one part has to be to decide for all
  private static Truth any(List<List<Token>> parts, Evaluator evaluator, Truth deciding) {
    var result = deciding.not();
    for (var part : parts) {
      var truth = truth(part, evaluator);
      if (truth == deciding) {
        return deciding;
      }
      result = truth == Truth.UNKNOWN ? truth : result;
    }
    return result;
  }

  private static Truth comparison(List<Token> tokens, Evaluator evaluator) {
    var depth = 0;
    for (var i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      depth += depth(token);
      if (depth != 0) {
        continue;
      }
      if (token.isOperator("==") || token.isOperator("!=")) {
        var equal = equal(tokens.subList(0, i), tokens.subList(i + 1, tokens.size()), evaluator);
        return token.isOperator("==") ? equal : equal.not();
      }
      if (token.isName("is")) {
        return test(tokens.subList(0, i), tokens.subList(i + 1, tokens.size()), evaluator);
      }
    }
    return Truth.UNKNOWN;
  }

  private static Truth equal(List<Token> left, List<Token> right, Evaluator evaluator) {
    var first = strings(left, evaluator);
    var second = strings(right, evaluator);
    if (first.isEmpty() || second.isEmpty()) {
      return Truth.UNKNOWN;
    }
    if (first.stream().noneMatch(second::contains)) {
      return Truth.FALSE;
    }
    return first.size() == 1 && second.size() == 1 ? Truth.TRUE : Truth.UNKNOWN;
  }

  /// @return none where not all values are strings that are known
  private static List<String> strings(List<Token> tokens, Evaluator evaluator) {
    var values = evaluator.expression(tokens);
    var texts = new ArrayList<String>();
    for (var value : values) {
      if (!(value instanceof Value.Text(var text))
          || !FileSearch.isKnown(text)
          || NO_STRING.matcher(text).matches()) {
        return List.of();
      }
      texts.add(text);
    }
    return texts;
  }

  private static Truth test(List<Token> subject, List<Token> test, Evaluator evaluator) {
    if (!test.isEmpty() && test.getFirst().isName("not")) {
      return test(subject, test.subList(1, test.size()), evaluator).not();
    }
    if (test.size() != 1
        || !(test.getFirst().isName("defined") || test.getFirst().isName("undefined"))) {
      return Truth.UNKNOWN;
    }
    var values = evaluator.expression(subject);
    var missing = values.stream().filter(value -> value == Value.Special.UNDEFINED).count();
    var isOpen = values.isEmpty() || values.contains(Value.UNKNOWN);
    if (isOpen || (missing > 0 && missing < values.size())) {
      return Truth.UNKNOWN;
    }
    return Truth.of((missing == 0) == test.getFirst().isName("defined"));
  }

  private static List<List<Token>> split(List<Token> tokens, String word) {
    var parts = new ArrayList<List<Token>>();
    var depth = 0;
    var start = 0;
    for (var i = 0; i < tokens.size(); i++) {
      depth += depth(tokens.get(i));
      if (depth == 0 && tokens.get(i).isName(word)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }

  private static int closing(List<Token> tokens) {
    var depth = 0;
    for (var i = 0; i < tokens.size(); i++) {
      depth += depth(tokens.get(i));
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static int depth(Token token) {
    if (token.kind() != Token.Kind.OPERATOR) {
      return 0;
    }
    return switch (token.text()) {
      case "(", "[", "{" -> 1;
      case ")", "]", "}" -> -1;
      default -> 0;
    };
  }
}
