package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.jinja.Segment;
import dev.ansiblevenv.analysis.jinja.Token;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Finds the values that a template can have, as far as literals in the closure show. A value that
/// a run may know is {@link Value#ANY}; alternatives are what the branches of a condition give.
final class Evaluator {

  static final int MOST_ALTERNATIVES = 500;
  private static final int DEEPEST = 12;

  /// How many conditions may stand in each other.
  private static final int MOST_CONDITIONS = 50;

  /// No path is longer, and no name.
  private static final int LONGEST = 4096;

  /// How many templates one name may be made of, through all variables.
  private static final int MOST_TEMPLATES = 2000;

  private static final class Budget {
    int left = MOST_TEMPLATES;
    int conditions;
    final Set<Node> rendering = Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private final Scope scope;
  private final Level.Stage stage;
  private final int depth;
  private final Budget budget;

  /// Of what is rendered while a task runs.
  Evaluator(Scope scope) {
    this(scope, Level.Stage.RUN);
  }

  Evaluator(Scope scope, Level.Stage stage) {
    this(scope, stage, 0, new Budget());
  }

  private Evaluator(Scope scope, Level.Stage stage, int depth, Budget budget) {
    this.scope = scope;
    this.stage = stage;
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
    return new TemplateText(segments, this).read().stream().<Value>map(Value.Text::new).toList();
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

  boolean isTooDeep() {
    return budget.conditions >= MOST_CONDITIONS || budget.left <= 0;
  }

  /// Reads a condition, which may hold expressions with conditions.
  <T> T nested(Supplier<T> reading) {
    budget.conditions++;
    budget.left--;
    var result = reading.get();
    budget.conditions--;
    return result;
  }

  /// Values of an expression without `{{ }}`.
  List<Value> expression(List<Token> tokens) {
    return new ExpressionReader(tokens, this).read();
  }

  static List<String> joined(List<String> left, List<String> right) {
    return limited(left.stream().flatMap(a -> right.stream().map(b -> joined(a, b))));
  }

  /// What is more than can be looked at is any text.
  private static List<String> limited(Stream<String> texts) {
    var found = texts.distinct().limit(MOST_ALTERNATIVES + 1L).toList();
    return found.size() <= MOST_ALTERNATIVES
        ? found
        : Stream.concat(
                found.stream().limit(MOST_ALTERNATIVES), Stream.of(String.valueOf(Value.ANY)))
            .toList();
  }

  private static String joined(String left, String right) {
    return left.length() + right.length() > LONGEST ? String.valueOf(Value.ANY) : left + right;
  }

  /// The texts that the values print as. A value that is missing counts only where there is no
  /// other.
  List<String> texts(List<Value> values) {
    return limited(defined(values).stream().flatMap(this::text));
  }

  static List<Value> defined(List<Value> values) {
    if (!values.contains(Value.Special.UNDEFINED)) {
      return values;
    }
    var defined = values.stream().filter(value -> value != Value.Special.UNDEFINED).toList();
    return defined.isEmpty() ? List.of(Value.UNKNOWN) : defined;
  }

  private Stream<String> text(Value value) {
    if (value instanceof Value.Text(var pattern)) {
      return Stream.of(pattern);
    }
    var settled = settled(value);
    return settled.equals(List.of(value))
        ? Stream.of(String.valueOf(Value.ANY))
        : defined(settled).stream().flatMap(this::text);
  }

  private static boolean isText(ScalarNode scalar) {
    return !scalar.getTag().getValue().startsWith("!");
  }

  private Evaluator inner(Scope newScope) {
    var newStage = newScope == scope ? stage : Level.Stage.RUN;
    return new Evaluator(newScope, newStage, depth + 1, budget);
  }

  /// A variable; where it is a string, the values of that string.
  List<Value> variable(String name) {
    return settled(scope.get(name, stage));
  }

  private List<Value> settled(List<Value> values) {
    if (values.size() == 1) {
      return settled(values.getFirst());
    }
    return values.stream().flatMap(value -> settled(value).stream()).distinct().toList();
  }

  private List<Value> settled(Value value) {
    if (value instanceof Value.Text) {
      return List.of(value);
    }
    if (value instanceof Value.Data(ScalarNode scalar) && isText(scalar)) {
      return inner(scope).values(scalar.getValue());
    }
    if (value instanceof Value.Rendered(ScalarNode scalar, var where) && isText(scalar)) {
      return rendered(scalar, where);
    }
    if (value instanceof Value.LoopItem(var task, var where)) {
      if (depth > DEEPEST || budget.left-- <= 0) {
        return List.of(Value.UNKNOWN);
      }
      return settled(Loops.items(task, inner(where)));
    }
    return value instanceof Value.OneOf(var values) ? settled(values) : List.of(value);
  }

  private List<Value> rendered(ScalarNode scalar, Scope where) {
    if (!budget.rendering.add(scalar)) {
      return List.of(Value.Special.ITSELF);
    }
    var values = inner(where).values(scalar.getValue());
    budget.rendering.remove(scalar);
    return values.stream().filter(value -> value != Value.Special.ITSELF).toList();
  }

  /// A part of a value, which is rendered where the value is.
  private static Value part(Value whole, Node node) {
    return whole instanceof Value.Rendered(_, var where)
        ? new Value.Rendered(node, where)
        : new Value.Data(node);
  }

  private static @Nullable Node node(Value value) {
    return value instanceof Value.Data(var node)
        ? node
        : value instanceof Value.Rendered(var node, _) ? node : null;
  }

  /// `value.name`, `value['name']` or `value[0]`
  List<Value> member(Value value, String name) {
    if (node(value) instanceof MappingNode node) {
      var mapping = YamlMapping.of(node);
      var member = mapping == null ? null : mapping.get(name);
      return member == null ? List.of(Value.Special.UNDEFINED) : settled(part(value, member));
    }
    if (node(value) instanceof SequenceNode list && name.matches("[0-9]{1,6}")) {
      var index = Integer.parseInt(name);
      return index < list.getValue().size()
          ? settled(part(value, list.getValue().get(index)))
          : List.of(Value.Special.UNDEFINED);
    }
    if (value instanceof Value.KeyValue(var key, var entry)
        && (name.equals("key") || name.equals("value"))) {
      return name.equals("key") ? List.of(new Value.Text(key)) : settled(new Value.Data(entry));
    }
    if (value instanceof Value.Special special) {
      return member(special, name);
    }
    if (value instanceof Value.HostNamed(var host)) {
      return settled(scope.ofHost(host, name));
    }
    return value instanceof Value.Items(var items) && name.matches("-?[0-9]+")
        ? items
        : List.of(Value.UNKNOWN);
  }

  private List<Value> member(Value.Special value, String name) {
    return switch (value) {
      case UNDEFINED -> List.of(value);
      case ITSELF -> List.of(Value.UNKNOWN);
      case ALL_HOSTS -> List.of(new Value.HostNamed(name));
      case ALL_VARIABLES -> variable(name);
    };
  }

  /// What any of the keys of a mapping gives.
  List<Value> allMembers(List<Value> values) {
    var members = new ArrayList<Value>();
    for (var value : defined(values)) {
      if (value == Value.Special.ALL_HOSTS) {
        members.add(new Value.HostNamed(null));
        continue;
      }
      if (node(value) instanceof SequenceNode || value instanceof Value.Items) {
        members.addAll(items(value));
        continue;
      }
      var mapping = YamlMapping.of(node(value));
      if (mapping == null || mapping.entries().isEmpty()) {
        return List.of(Value.UNKNOWN);
      }
      for (var entry : mapping.entries()) {
        members.addAll(settled(part(value, entry.value())));
      }
    }
    return members.size() > MOST_ALTERNATIVES ? List.of(Value.UNKNOWN) : members;
  }

  /// The items of what is a list; another value is a list of itself, one that is not known of one
  /// unknown item.
  List<Value> items(Value value) {
    if (node(value) instanceof SequenceNode list) {
      return list.getValue().stream().flatMap(item -> settled(part(value, item)).stream()).toList();
    }
    if (value instanceof Value.Items(var items)) {
      return items;
    }
    return value == Value.Special.ITSELF ? List.of() : List.of(value);
  }

  List<Value> allItems(List<Value> values) {
    var all = new ArrayList<Value>();
    defined(values).forEach(value -> all.addAll(items(value)));
    return all;
  }

  /// The entries of what is a mapping; null where a value is none.
  @Nullable List<Value> pairs(List<Value> values) {
    var pairs = new ArrayList<Value>();
    for (var value : defined(values)) {
      var mapping = YamlMapping.of(node(value));
      if (mapping == null) {
        return null;
      }
      mapping.entries().forEach(e -> pairs.add(new Value.KeyValue(e.key(), e.value())));
    }
    return pairs;
  }
}
