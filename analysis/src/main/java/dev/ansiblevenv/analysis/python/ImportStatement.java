package dev.ansiblevenv.analysis.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the tokens of `import …` and `from … import …`.
final class ImportStatement {

  private final List<Token> tokens;
  private final Guard guard;
  private final String definition;
  private int at = 1;

  private ImportStatement(List<Token> tokens, Guard guard, String definition) {
    this.tokens = tokens;
    this.guard = guard;
    this.definition = definition;
  }

  static List<PythonImport> parse(List<Token> tokens, Guard guard, String definition) {
    var statement = new ImportStatement(tokens, guard, definition);
    return tokens.getFirst().is("from") ? statement.from() : statement.modules();
  }

  private List<PythonImport> modules() {
    var imports = new ArrayList<PythonImport>();
    while (at < tokens.size()) {
      var module = dotted();
      if (module.isEmpty()) {
        break;
      }
      var dot = module.indexOf('.');
      var bound = alias(dot < 0 ? module : module.substring(0, dot));
      imports.add(statement(module, List.of(), 0, Set.of(bound)));
      if (!operator(",")) {
        break;
      }
    }
    return imports;
  }

  private List<PythonImport> from() {
    var level = 0;
    while (operator(".")) {
      level++;
    }
    var module = at < tokens.size() && tokens.get(at).is("import") ? "" : dotted();
    if (at >= tokens.size() || !tokens.get(at).is("import")) {
      return List.of();
    }
    at++;
    var names = new ArrayList<PythonImport.Name>();
    while (at < tokens.size()) {
      var token = tokens.get(at);
      at++;
      if (token.name() || token.operator("*")) {
        names.add(new PythonImport.Name(token.text(), alias(token.text())));
      }
    }
    var bound =
        names.stream().map(PythonImport.Name::bound).collect(Collectors.toUnmodifiableSet());
    return List.of(statement(module, List.copyOf(names), level, bound));
  }

  private PythonImport statement(
      String module, List<PythonImport.Name> names, int level, Set<String> bound) {
    var line = tokens.getFirst().line();
    return new PythonImport(module, names, level, line, guard, definition, bound, false);
  }

  private String dotted() {
    var module = new StringBuilder();
    while (at < tokens.size()
        && tokens.get(at).name()
        && !tokens.get(at).is("import")
        && !tokens.get(at).is("as")) {
      module.append(tokens.get(at).text());
      at++;
      if (!operator(".")) {
        break;
      }
      module.append('.');
    }
    return module.toString();
  }

  private String alias(String otherwise) {
    if (at + 1 < tokens.size() && tokens.get(at).is("as")) {
      at += 2;
      return tokens.get(at - 1).text();
    }
    return otherwise;
  }

  private boolean operator(String text) {
    var is = at < tokens.size() && tokens.get(at).operator(text);
    at += is ? 1 : 0;
    return is;
  }
}
