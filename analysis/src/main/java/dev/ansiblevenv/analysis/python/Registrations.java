package dev.ansiblevenv.analysis.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gathers the keys of dictionaries by the name that each is assigned to, and what the functions
/// `filters` and `tests` use of them.
final class Registrations {

  private static final Set<String> FUNCTIONS = Set.of("filters", "tests");

  private final Map<String, Set<String>> keys = new HashMap<>();
  private final Map<String, Set<String>> direct = new HashMap<>();
  private final Map<String, Set<String>> used = new HashMap<>();

  void add(Statement statement, Iterable<Block> around) {
    var tokens = statement.tokens();
    var found = keys(tokens);
    var target = target(tokens);
    if (!target.isEmpty() && !found.isEmpty()) {
      keys.computeIfAbsent(target, _ -> new LinkedHashSet<>()).addAll(found);
    }
    for (var block : around) {
      if (block.kind() == Block.Kind.FUNCTION && FUNCTIONS.contains(block.name())) {
        direct.computeIfAbsent(block.name(), _ -> new LinkedHashSet<>()).addAll(found);
        var names = used.computeIfAbsent(block.name(), _ -> new HashSet<>());
        tokens.stream().filter(Token::name).forEach(token -> names.add(token.text()));
      }
    }
  }

  Map<String, Set<String>> dictionaries() {
    keys.replaceAll((_, names) -> Set.copyOf(names));
    return Map.copyOf(keys);
  }

  Set<String> names(String function) {
    var names = new LinkedHashSet<>(direct.getOrDefault(function, Set.of()));
    for (var name : used.getOrDefault(function, Set.of())) {
      names.addAll(keys.getOrDefault(name, Set.of()));
    }
    return Set.copyOf(names);
  }

  /// The variable or attribute that a statement assigns to, or whose `update` it calls.
  private static String target(List<Token> tokens) {
    var first = tokens.getFirst().is("self") && tokens.size() > 2 ? 2 : 0;
    return tokens.get(first).name() ? tokens.get(first).text() : "";
  }

  /// The keys of dictionary displays, of `dict(…)` and `.update(…)`, and of `x['key'] = …`.
  private static Set<String> keys(List<Token> tokens) {
    var found = new LinkedHashSet<String>();
    var open = new ArrayList<String>();
    var dictionaries = 0;
    for (var i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      var next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
      var before = i > 0 ? tokens.get(i - 1) : null;
      if (token.kind() == Token.Kind.OPERATOR) {
        switch (token.text()) {
          case "{" -> {
            open.add("{");
            dictionaries++;
          }
          case "(", "[" -> {
            var call = before != null && (before.is("dict") || before.is("update"));
            open.add(token.text().equals("(") && call ? "dict" : token.text());
          }
          case "}", ")", "]" -> {
            if (!open.isEmpty() && open.removeLast().equals("{")) {
              dictionaries--;
            }
          }
          default -> {}
        }
      } else if (next != null && before != null && !open.isEmpty()) {
        var first = before.operator("{") || before.operator(",") || before.operator("(");
        var isKey =
            switch (open.getLast()) {
              case "{" ->
                  dictionaries == 1
                      && first
                      && token.kind() == Token.Kind.STRING
                      && next.operator(":");
              case "dict" -> first && dictionaries == 0 && token.name() && next.operator("=");
              case "[" ->
                  token.kind() == Token.Kind.STRING
                      && open.size() == 1
                      && before.operator("[")
                      && next.operator("]")
                      && i + 2 < tokens.size()
                      && tokens.get(i + 2).operator("=");
              default -> false;
            };
        if (isKey) {
          found.add(token.text());
        }
      }
    }
    return found;
  }
}
