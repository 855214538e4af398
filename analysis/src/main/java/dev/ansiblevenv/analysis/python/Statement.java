package dev.ansiblevenv.analysis.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A simple statement, or the header of a compound one up to its colon.
///
/// @param indent the column of its logical line; what follows a colon in the same line is one
///   deeper
/// @param header whether it opens a block
record Statement(int indent, boolean header, List<Token> tokens) {

  private static final Set<String> COMPOUND =
      Set.of(
          "if", "elif", "else", "try", "except", "finally", "for", "while", "with", "def", "class",
          "async");

  String keyword() {
    var first = tokens.getFirst();
    return first.is("async") && tokens.size() > 1 ? tokens.get(1).text() : first.text();
  }

  boolean starts(String name) {
    return tokens.getFirst().is(name);
  }

  /// Takes a logical line apart at its semicolons and at the colon of a compound statement.
  static void split(int indent, List<Token> line, List<Statement> into) {
    var depth = 0;
    var from = 0;
    var deeper = indent;
    for (var i = 0; i < line.size(); i++) {
      var token = line.get(i);
      if (token.kind() != Token.Kind.OPERATOR) {
        continue;
      }
      switch (token.text()) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth--;
        case ";" -> {
          if (depth <= 0) {
            add(deeper, false, line, from, i, into);
            from = i + 1;
          }
        }
        case ":" -> {
          if (depth <= 0 && COMPOUND.contains(line.get(from).text()) && line.get(from).name()) {
            add(deeper, true, line, from, i, into);
            from = i + 1;
            deeper++;
          }
        }
        default -> {}
      }
    }
    add(deeper, false, line, from, line.size(), into);
  }

  private static void add(
      int indent, boolean header, List<Token> line, int from, int to, List<Statement> into) {
    if (from < to) {
      into.add(new Statement(indent, header, new ArrayList<>(line.subList(from, to))));
    }
  }
}
