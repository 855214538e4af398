package dev.ansiblevenv.analysis.jinja;

import java.util.List;

/// A piece of a template, in the order in which they stand there; comments are left out.
public sealed interface Segment {

  /// Printed as it stands, also what is between `{% raw %}` and `{% endraw %}`.
  record Text(String text) implements Segment {}

  /// `{{ … }}`
  record Output(List<Token> tokens) implements Segment {}

  /// `{% … %}`
  record Statement(List<Token> tokens) implements Segment {}
}
