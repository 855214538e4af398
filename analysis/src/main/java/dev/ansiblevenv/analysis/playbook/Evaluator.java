package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.jinja.Segment;
import dev.ansiblevenv.analysis.jinja.Token;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Finds the values that a template can have, as far as literals in the closure show. A value that
/// a run may know is {@link Value#ANY}; alternatives are what the branches of a condition give.
final class Evaluator {

  static final int MOST_ALTERNATIVES = 64;
  private static final int DEEPEST = 12;

  /// No path is longer, and no name.
  private static final int LONGEST = 4096;

  /// How many templates one name may be made of, through all variables.
  private static final int MOST_TEMPLATES = 2000;

  private static final class Budget {
    int left = MOST_TEMPLATES;
  }

  private final Scope scope;
  private final int depth;
  private final Budget budget;

  Evaluator(Scope scope) {
    this(scope, 0, new Budget());
  }

  private Evaluator(Scope scope, int depth, Budget budget) {
    this.scope = scope;
    this.depth = depth;
    this.budget = budget;
  }

  /// @param template a string of a YAML file
  List<Value> values(String template) {
    if (depth > DEEPEST || budget.left-- <= 0) {
      return List.of(Value.UNKNOWN);
    }
    if (!JinjaLexer.isTemplate(template)) {
      return List.of(new Value.Text(template));
    }
    var segments = JinjaLexer.template(template);
    if (segments.size() == 1 && segments.getFirst() instanceof Segment.Output(var tokens)) {
      return expression(tokens);
    }
    var results = List.of("");
    var blocks = 0;
    for (var segment : segments) {
      var plain = blocks == 0;
      if (segment instanceof Segment.Statement(var tokens)) {
        blocks += opens(tokens);
        results = joined(results, List.of(String.valueOf(Value.ANY)));
      } else if (plain && segment instanceof Segment.Text(var text)) {
        results = joined(results, List.of(text));
      } else if (plain && segment instanceof Segment.Output(var tokens)) {
        results = joined(results, texts(expression(tokens)));
      }
    }
    return results.stream().<Value>map(Value.Text::new).toList();
  }

  /// The names of plugins or roles that a template can have. Those that the call's variables decide
  /// count for the content hash.
  List<String> names(String template) {
    var before = scope.call().reads();
    var names = texts(values(template));
    if (scope.call().reads() != before) {
      scope.call().decide(names);
    }
    return names;
  }

  /// Values of an expression without `{{ }}`.
  List<Value> expression(List<Token> tokens) {
    return new ExpressionReader(tokens, this).read();
  }

  private static int opens(List<Token> tokens) {
    if (tokens.isEmpty()) {
      return 0;
    }
    return switch (tokens.getFirst().text()) {
      case "if", "for" -> 1;
      case "endif", "endfor" -> -1;
      default -> 0;
    };
  }

  static List<String> joined(List<String> left, List<String> right) {
    return left.stream()
        .flatMap(a -> right.stream().map(b -> joined(a, b)))
        .distinct()
        .limit(MOST_ALTERNATIVES)
        .toList();
  }

  private static String joined(String left, String right) {
    return left.length() + right.length() > LONGEST ? String.valueOf(Value.ANY) : left + right;
  }

  /// The texts that the values print as.
  List<String> texts(List<Value> values) {
    return values.stream().flatMap(this::text).distinct().limit(MOST_ALTERNATIVES).toList();
  }

  private Stream<String> text(Value value) {
    if (value instanceof Value.Text(var pattern)) {
      return Stream.of(pattern);
    }
    if (value instanceof Value.Data(ScalarNode scalar) && isText(scalar)) {
      return inner().texts(inner().values(scalar.getValue())).stream();
    }
    return value instanceof Value.OneOf(var values)
        ? values.stream().flatMap(this::text)
        : Stream.of(String.valueOf(Value.ANY));
  }

  private static boolean isText(ScalarNode scalar) {
    return !scalar.getTag().getValue().startsWith("!");
  }

  private Evaluator inner() {
    return new Evaluator(scope, depth + 1, budget);
  }

  /// A variable; where it is a string, the values of that string.
  List<Value> variable(String name) {
    var value = scope.get(name);
    return value == null ? List.of(Value.UNKNOWN) : settled(value);
  }

  private List<Value> settled(Value value) {
    if (value instanceof Value.Data(ScalarNode scalar) && isText(scalar)) {
      return inner().values(scalar.getValue());
    }
    return value instanceof Value.OneOf(var values)
        ? values.stream().flatMap(each -> settled(each).stream()).toList()
        : List.of(value);
  }

  /// `value.name`, `value['name']` or `value[0]`
  List<Value> member(Value value, String name) {
    if (value instanceof Value.Data(MappingNode node)) {
      var mapping = YamlMapping.of(node);
      var member = mapping == null ? null : mapping.get(name);
      return member == null ? List.of(Value.UNKNOWN) : settled(new Value.Data(member));
    }
    if (value instanceof Value.KeyValue(var key, var node)
        && (name.equals("key") || name.equals("value"))) {
      return name.equals("key") ? List.of(new Value.Text(key)) : settled(new Value.Data(node));
    }
    return List.of(Value.UNKNOWN);
  }

  /// What any of the keys of a mapping gives.
  List<Value> allMembers(List<Value> values) {
    var members = new ArrayList<Value>();
    for (var value : values) {
      var mapping = value instanceof Value.Data(MappingNode node) ? YamlMapping.of(node) : null;
      if (mapping == null || mapping.entries().isEmpty()) {
        return List.of(Value.UNKNOWN);
      }
      for (var entry : mapping.entries()) {
        members.addAll(settled(new Value.Data(entry.value())));
      }
    }
    return members.size() > MOST_ALTERNATIVES ? List.of(Value.UNKNOWN) : members;
  }

  /// The items of what is a list; another value is a list of itself, one that is not known of one
  /// unknown item.
  List<Value> items(Value value) {
    if (value instanceof Value.Data(SequenceNode list)) {
      return list.getValue().stream()
          .<Value>map(Value.Data::new)
          .flatMap(item -> settled(item).stream())
          .toList();
    }
    return value instanceof Value.Items(var items) ? items : List.of(value);
  }

  List<Value> allItems(List<Value> values) {
    var all = new ArrayList<Value>();
    values.forEach(value -> all.addAll(items(value)));
    return all;
  }
}
