package dev.ansiblevenv.analysis.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what a template or expression names. Never throws, whatever the text.
public final class JinjaUses {

  private static final Set<String> LOOKUPS = Set.of("lookup", "query", "q");
  private static final int LONGEST_ARGUMENT = 200;
  private static final Set<String> INCLUSIONS = Set.of("include", "import", "from", "extends");

  private final List<Token> tokens;
  private final List<Use> uses;

  private JinjaUses(List<Token> tokens, List<Use> uses) {
    this.tokens = tokens;
    this.uses = uses;
  }

  /// @param text a string with `{{ }}` and `{% %}`, or a whole template file
  public static List<Use> ofTemplate(String text) {
    return ofTemplate(text, Delimiters.USUAL);
  }

  /// @param delimiters that count where the text has no header
  public static List<Use> ofTemplate(String text, Delimiters delimiters) {
    var uses = new ArrayList<Use>();
    for (var segment : JinjaLexer.template(text, delimiters)) {
      if (segment instanceof Segment.Output(var tokens)) {
        new JinjaUses(tokens, uses).find();
      } else if (segment instanceof Segment.Statement(var tokens)) {
        new JinjaUses(tokens, uses).findInStatement();
      }
    }
    return uses;
  }

  /// @param text a bare expression, as `when` has it; `{{ }}` inside it is tolerated
  public static List<Use> ofExpression(String text) {
    var uses = new ArrayList<Use>();
    new JinjaUses(JinjaLexer.expression(text), uses).find();
    return uses;
  }

  private void findInStatement() {
    if (tokens.size() > 1 && tokens.getFirst().kind() == Token.Kind.NAME) {
      var word = tokens.getFirst().text();
      var second = tokens.get(1);
      if (word.equals("filter") && second.kind() == Token.Kind.NAME) {
        uses.add(new Use.Filter(dottedName(1), second.line()));
      } else if (INCLUSIONS.contains(word) && second.kind() == Token.Kind.STRING) {
        uses.add(new Use.Inclusion(second.text(), second.line()));
      }
    }
    find();
  }

  private void find() {
    for (var i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      if (token.isOperator("|") && isName(i + 1)) {
        filter(i + 1);
      } else if (token.isName("is") && i > 0 && !tokens.get(i - 1).isOperator(".")) {
        var test = i + 1 < tokens.size() && tokens.get(i + 1).isName("not") ? i + 2 : i + 1;
        if (isName(test)) {
          uses.add(new Use.Test(dottedName(test), tokens.get(test).line()));
        }
      } else if (token.kind() == Token.Kind.NAME
          && LOOKUPS.contains(token.text())
          && isOperator(i + 1, "(")
          && (i == 0
              || (!tokens.get(i - 1).isOperator(".") && !tokens.get(i - 1).isOperator("|")))) {
        lookup(i);
      }
    }
  }

  private void filter(int start) {
    var name = dottedName(start);
    uses.add(new Use.Filter(name, tokens.get(start).line()));
    var open = start + 1 + 2 * (int) name.chars().filter(c -> c == '.').count();
    if (!isOperator(open, "(")) {
      return;
    }
    switch (name) {
      case "map" -> argument(open, 0, true);
      case "select", "reject" -> argument(open, 0, false);
      case "selectattr", "rejectattr" -> argument(open, 1, false);
      default -> {}
    }
  }

  private void argument(int open, int position, boolean isFilter) {
    var depth = 0;
    var seen = 0;
    for (var i = open + 1; i < within(open) && depth >= 0; i++) {
      var token = tokens.get(i);
      if (seen == position
          && depth == 0
          && token.kind() == Token.Kind.STRING
          && (i == open + 1 || isOperator(i - 1, ","))
          && (isOperator(i + 1, ",") || isOperator(i + 1, ")"))) {
        uses.add(
            isFilter
                ? new Use.Filter(token.text(), token.line())
                : new Use.Test(token.text(), token.line()));
        return;
      }
      if (token.kind() == Token.Kind.OPERATOR) {
        switch (token.text()) {
          case "(", "[", "{" -> depth++;
          case ")", "]", "}" -> depth--;
          case "," -> seen += depth == 0 ? 1 : 0;
          default -> {}
        }
      }
      if (seen > position) {
        return;
      }
    }
  }

  private void lookup(int start) {
    var line = tokens.get(start).line();
    var literal = start + 2 < tokens.size() && tokens.get(start + 2).kind() == Token.Kind.STRING;
    if (literal && isOperator(start + 3, ",")) {
      uses.add(
          new Use.Lookup(tokens.get(start + 2).text(), term(start + 4), options(start + 4), line));
    } else if (literal && isOperator(start + 3, ")")) {
      uses.add(new Use.Lookup(tokens.get(start + 2).text(), List.of(), Map.of(), line));
    } else {
      var text = new StringBuilder();
      for (var i = start; i < Math.min(tokens.size(), start + 8); i++) {
        text.append(tokens.get(i).text());
      }
      uses.add(new Use.ComputedLookup(text.toString(), line));
    }
  }

  /// Calls stand in calls: without a bound each would be read to its end again and again.
  private int within(int start) {
    return Math.min(tokens.size(), start + LONGEST_ARGUMENT);
  }

  /// The tokens up to the `,` or `)` behind an argument; none of an argument that is too long.
  private List<Token> term(int start) {
    var depth = 0;
    for (var i = start; i < within(start); i++) {
      var token = tokens.get(i);
      if (token.kind() == Token.Kind.OPERATOR) {
        switch (token.text()) {
          case "(", "[", "{" -> depth++;
          case ")", "]", "}" -> depth--;
          default -> {}
        }
        if (depth < 0 || (depth == 0 && token.text().equals(","))) {
          return tokens.subList(start, i);
        }
      }
    }
    return List.of();
  }

  /// Arguments `name='literal'` of a call.
  ///
  /// @param start inside its parentheses
  private Map<String, String> options(int start) {
    Map<String, String> options = new HashMap<>();
    var depth = 0;
    for (var i = start; i < within(start) && depth >= 0; i++) {
      var token = tokens.get(i);
      if (depth == 0
          && token.kind() == Token.Kind.NAME
          && isOperator(i + 1, "=")
          && i + 2 < tokens.size()
          && tokens.get(i + 2).kind() == Token.Kind.STRING) {
        options.put(token.text(), tokens.get(i + 2).text());
      } else if (token.kind() == Token.Kind.OPERATOR) {
        depth += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
      }
    }
    return options;
  }

  private String dottedName(int start) {
    var name = new StringBuilder(tokens.get(start).text());
    for (var i = start + 1; isOperator(i, ".") && isName(i + 1); i += 2) {
      name.append('.').append(tokens.get(i + 1).text());
    }
    return name.toString();
  }

  private boolean isName(int index) {
    return index < tokens.size() && tokens.get(index).kind() == Token.Kind.NAME;
  }

  private boolean isOperator(int index, String operator) {
    return index < tokens.size() && tokens.get(index).isOperator(operator);
  }
}
