package dev.ansiblevenv.analysis.jinja;

import java.util.List;
import java.util.Map;

/// Something that a template or an expression names.
public sealed interface Use {

  /// 0-based, counted from the start of the text
  int line();

  /// `x | name`, also as the first argument of `map`
  record Filter(String name, int line) implements Use {}

  /// `x is name`, also as an argument of `select`, `selectattr` and their opposites
  record Test(String name, int line) implements Use {}

  /// `lookup('name', 'term')`, `query`, `q`
  ///
  /// @param term the first term's tokens; empty where there is none
  /// @param options named arguments, as far as they are string literals
  record Lookup(String name, List<Token> term, Map<String, String> options, int line)
      implements Use {}

  /// A lookup whose name is not a literal.
  record ComputedLookup(String expression, int line) implements Use {}

  /// `{% include 'name' %}`, `import`, `from`, `extends`
  record Inclusion(String template, int line) implements Use {}
}
