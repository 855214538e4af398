package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.jinja.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads the part of Jinja's expressions that names are built with: literals, variables, members,
/// `~` and `+`, conditions, `default`, and the lookups that name files. All else is unknown.
final class ExpressionReader {

  private static final int DEEPEST = 50;
  private static final Set<String> LOOKUPS = Set.of("lookup", "query", "q");
  private static final Set<String> KEEPING =
      Set.of("list", "unique", "sort", "string", "trim", "mandatory", "quote");
  private static final List<Value> UNKNOWN = List.of(Value.UNKNOWN);

  private final List<Token> tokens;
  private final Evaluator evaluator;
  private int at;
  private int nested;

  ExpressionReader(List<Token> tokens, Evaluator evaluator) {
    this.tokens = tokens;
    this.evaluator = evaluator;
  }

  List<Value> read() {
    var values = condition();
    return at < tokens.size() ? UNKNOWN : values;
  }

  private List<Value> condition() {
    if (nested > DEEPEST) {
      at = tokens.size();
      return UNKNOWN;
    }
    nested++;
    var values = alternative();
    if (accept("if")) {
      var start = at;
      skipTo("else");
      var truth = Condition.truth(tokens.subList(start, at), evaluator);
      List<Value> otherwise = accept("else") ? condition() : List.of(Value.Special.UNDEFINED);
      values =
          switch (truth) {
            case TRUE -> values;
            case FALSE -> otherwise;
            case UNKNOWN -> both(values, otherwise);
          };
    }
    nested--;
    return values;
  }

  private List<Value> alternative() {
    var values = joined();
    while (accept("or")) {
      values = both(values, joined());
    }
    return values;
  }

  private List<Value> joined() {
    var values = postfix();
    while (isOperator("~") || isOperator("+")) {
      at++;
      var right = postfix();
      values = isList(values) || isList(right) ? appended(values, right) : joined(values, right);
    }
    return values;
  }

  private static boolean isList(List<Value> values) {
    return values.stream()
        .anyMatch(value ->
            value instanceof Value.Items
                || value instanceof Value.Data(SequenceNode _)
                || (value instanceof Value.Rendered(SequenceNode _, _)));
  }

  private List<Value> appended(List<Value> left, List<Value> right) {
    return List.of(new Value.Items(both(evaluator.allItems(left), evaluator.allItems(right))));
  }

  private List<Value> joined(List<Value> left, List<Value> right) {
    return Evaluator.joined(evaluator.texts(left), evaluator.texts(right)).stream()
        .map(ExpressionReader::text)
        .toList();
  }

  private List<Value> postfix() {
    var values = primary();
    while (at < tokens.size()) {
      if (isOperator(".")) {
        at++;
        values = at < tokens.size() ? members(values, tokens.get(at++).text()) : UNKNOWN;
      } else if (isOperator("[")) {
        at++;
        values = indexed(values);
      } else if (isOperator("(")) {
        arguments();
        values = UNKNOWN;
      } else if (isOperator("|")) {
        at++;
        values = filtered(values);
      } else {
        return values;
      }
    }
    return values;
  }

  /// A key that is known names a member, another may name any.
  private List<Value> indexed(List<Value> values) {
    var keys = at < tokens.size() && !isOperator("]") ? condition() : UNKNOWN;
    var isRead = isOperator("]");
    skipTo("]");
    at++;
    var known = new ArrayList<Value>();
    for (var key : isRead ? keys : UNKNOWN) {
      if (!(key instanceof Value.Text(var name)) || !FileSearch.isKnown(name)) {
        return evaluator.allMembers(values);
      }
      members(values, name).stream().filter(each -> !known.contains(each)).forEach(known::add);
    }
    return known;
  }

  private List<Value> members(List<Value> values, String name) {
    return values.stream().flatMap(value -> evaluator.member(value, name).stream()).toList();
  }

  private List<Value> primary() {
    if (at >= tokens.size()) {
      return UNKNOWN;
    }
    var token = tokens.get(at++);
    return switch (token.kind()) {
      case STRING, NUMBER -> List.of(new Value.Text(token.text()));
      case NAME ->
          LOOKUPS.contains(token.text()) && isOperator("(")
              ? lookup()
              : evaluator.variable(token.text());
      case OPERATOR -> bracket(token.text());
    };
  }

  private List<Value> bracket(String operator) {
    if (operator.equals("[")) {
      at--;
      return List.of(new Value.Items(flat(arguments())));
    }
    var values = operator.equals("(") ? condition() : UNKNOWN;
    if (operator.equals("(") || operator.equals("{")) {
      skipTo(operator.equals("(") ? ")" : "}");
      at++;
    }
    return values;
  }

  private List<Value> lookup() {
    var arguments = arguments();
    if (arguments.isEmpty()
        || arguments.getFirst().size() != 1
        || !(arguments.getFirst().getFirst() instanceof Value.Text(var name))) {
      return UNKNOWN;
    }
    var terms = flat(arguments.subList(1, arguments.size()));
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "first_found" -> List.of(new Value.FirstFound(terms));
      case "fileglob" -> List.of(new Value.FileGlob(terms));
      case "dict" -> pairs(terms);
      case "items", "list" -> evaluator.allItems(terms);
      case "vars", "varnames" ->
          name.endsWith("vars") ? memberOfEach(Value.Special.ALL_VARIABLES, terms) : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private List<Value> memberOfEach(Value value, List<Value> names) {
    var values = new ArrayList<Value>();
    for (var name : evaluator.texts(names)) {
      if (!FileSearch.isKnown(name)) {
        return UNKNOWN;
      }
      values.addAll(evaluator.member(value, name));
    }
    return values;
  }

  private List<Value> pairs(List<Value> values) {
    var pairs = evaluator.pairs(values);
    return pairs == null ? UNKNOWN : List.of(new Value.Items(pairs));
  }

  private List<Value> filtered(List<Value> values) {
    var name = new StringBuilder(at < tokens.size() ? tokens.get(at++).text() : "");
    while (isOperator(".") && at + 1 < tokens.size()) {
      name.append('.').append(tokens.get(at + 1).text());
      at += 2;
    }
    var arguments = isOperator("(") ? arguments() : List.<List<Value>>of();
    var filter = name.substring(name.lastIndexOf(".") + 1);
    if (KEEPING.contains(filter)) {
      return values;
    }
    return switch (filter) {
      case "default", "d" -> withDefault(values, arguments);
      case "ternary" -> flat(arguments.subList(0, Math.min(2, arguments.size())));
      case "first", "last", "random" -> evaluator.allItems(values);
      case "lower" ->
          evaluator.texts(values).stream().map(t -> text(t.toLowerCase(Locale.ROOT))).toList();
      case "upper" ->
          evaluator.texts(values).stream().map(t -> text(t.toUpperCase(Locale.ROOT))).toList();
      case "dirname", "basename" ->
          evaluator.texts(values).stream().map(path -> text(part(path, filter))).toList();
      case "dict2items" -> pairs(values);
      case "flatten" -> List.of(new Value.Items(evaluator.allItems(evaluator.allItems(values))));
      default -> UNKNOWN;
    };
  }

  /// With a second argument, the default also takes the place of what counts as false.
  private List<Value> withDefault(List<Value> values, List<List<Value>> arguments) {
    var isMissing =
        values.contains(Value.Special.UNDEFINED)
            || values.contains(Value.UNKNOWN)
            || values.contains(Value.Special.ITSELF)
            || arguments.size() > 1;
    if (!isMissing) {
      return values;
    }
    var given = values.stream().filter(value -> value != Value.Special.UNDEFINED).toList();
    return both(given, arguments.isEmpty() ? List.of(text("")) : arguments.getFirst());
  }

  private static String part(String path, String filter) {
    var slash = path.lastIndexOf('/');
    return filter.equals("basename")
        ? path.substring(slash + 1)
        : path.substring(0, Math.max(slash, 0));
  }

  private static Value text(String pattern) {
    return new Value.Text(pattern);
  }

  private static List<Value> flat(List<List<Value>> arguments) {
    return arguments.stream().flatMap(List::stream).toList();
  }

  /// Reads from the opening bracket to behind the closing one: the values that each argument can
  /// have. Named arguments are left out.
  private List<List<Value>> arguments() {
    var all = new ArrayList<List<Value>>();
    at++;
    while (at < tokens.size() && !isClosing()) {
      var before = at;
      var named = at + 1 < tokens.size() && tokens.get(at + 1).isOperator("=");
      var values = condition();
      if (!named && (isOperator(",") || isClosing())) {
        all.add(values);
      } else {
        skipToArgumentEnd();
        if (!named) {
          all.add(UNKNOWN);
        }
      }
      at += isOperator(",") ? 1 : 0;
      at = Math.max(at, before + (isClosing() ? 0 : 1));
    }
    at++;
    return all;
  }

  private boolean isClosing() {
    return isOperator(")") || isOperator("]") || isOperator("}");
  }

  private void skipToArgumentEnd() {
    for (var depth = 0; at < tokens.size(); at++) {
      if (depth == 0 && (isOperator(",") || isClosing())) {
        return;
      }
      depth += depthChange();
    }
  }

  private void skipTo(String end) {
    for (var depth = 0; at < tokens.size(); at++) {
      if (depth == 0
          && tokens.get(at).text().equals(end)
          && tokens.get(at).kind() != Token.Kind.STRING) {
        return;
      }
      depth += depthChange();
      if (depth < 0) {
        return;
      }
    }
  }

  private int depthChange() {
    if (isOperator("(") || isOperator("[") || isOperator("{")) {
      return 1;
    }
    return isClosing() ? -1 : 0;
  }

  private boolean accept(String word) {
    if (at < tokens.size() && tokens.get(at).isName(word)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean isOperator(String operator) {
    return at < tokens.size() && tokens.get(at).isOperator(operator);
  }

  private static List<Value> both(List<Value> left, List<Value> right) {
    var values = new ArrayList<>(left);
    right.stream().filter(value -> !values.contains(value)).forEach(values::add);
    if (values.size() > Evaluator.MOST_ALTERNATIVES) {
      values.subList(Evaluator.MOST_ALTERNATIVES, values.size()).clear();
      values.add(Value.UNKNOWN);
    }
    return values;
  }
}
