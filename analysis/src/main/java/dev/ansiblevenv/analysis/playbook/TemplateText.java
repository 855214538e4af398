package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.Segment;
import dev.ansiblevenv.analysis.jinja.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The texts that a template of several pieces can give. `{% if %}` chooses where its condition can
/// be decided; any other statement gives a text that only a run knows.
final class TemplateText {

  private static final Set<String> CHOOSING = Set.of("if", "elif", "else", "endif");
  private static final String ANY = String.valueOf(Value.ANY);

  private final List<Segment> segments;
  private final Evaluator evaluator;
  private int at;

  TemplateText(List<Segment> segments, Evaluator evaluator) {
    this.segments = segments;
    this.evaluator = evaluator;
  }

  List<String> read() {
    var isPlain =
        segments.stream()
            .allMatch(segment ->
                !(segment instanceof Segment.Statement(var tokens))
                    || CHOOSING.contains(word(tokens)));
    return isPlain ? sequence() : outsideOfBlocks();
  }

  private List<String> sequence() {
    var results = List.of("");
    while (at < segments.size()) {
      var segment = segments.get(at);
      if (segment instanceof Segment.Text(var text)) {
        results = Evaluator.joined(results, List.of(text));
      } else if (segment instanceof Segment.Output(var tokens)) {
        results = Evaluator.joined(results, evaluator.texts(evaluator.expression(tokens)));
      } else if (segment instanceof Segment.Statement(var tokens)) {
        if (!word(tokens).equals("if")) {
          return results;
        }
        results = Evaluator.joined(results, choice());
      }
      at++;
    }
    return results;
  }

  /// Reads from `if` to `endif`, on which it stops.
  private List<String> choice() {
    var texts = new ArrayList<String>();
    var decided = false;
    while (at < segments.size() && segments.get(at) instanceof Segment.Statement(var tokens)) {
      var word = word(tokens);
      if (word.equals("endif")) {
        break;
      }
      var truth =
          word.equals("else")
              ? Condition.Truth.TRUE
              : Condition.truth(tokens.subList(1, tokens.size()), evaluator);
      at++;
      var branch = sequence();
      if (!decided && truth != Condition.Truth.FALSE) {
        texts.addAll(branch);
      }
      decided |= truth == Condition.Truth.TRUE;
    }
    if (!decided) {
      texts.add("");
    }
    return texts;
  }

  private List<String> outsideOfBlocks() {
    var results = List.of("");
    var blocks = 0;
    for (var segment : segments) {
      if (segment instanceof Segment.Statement(var tokens)) {
        blocks += opens(tokens);
        results = Evaluator.joined(results, List.of(ANY));
      } else if (blocks == 0 && segment instanceof Segment.Text(var text)) {
        results = Evaluator.joined(results, List.of(text));
      } else if (blocks == 0 && segment instanceof Segment.Output) {
        // What `set` has defined is not known.
        results = Evaluator.joined(results, List.of(ANY));
      }
    }
    return results;
  }

  private static int opens(List<Token> tokens) {
    return switch (word(tokens)) {
      case "if", "for" -> 1;
      case "endif", "endfor" -> -1;
      default -> 0;
    };
  }

  private static String word(List<Token> tokens) {
    return tokens.isEmpty() ? "" : tokens.getFirst().text();
  }
}
