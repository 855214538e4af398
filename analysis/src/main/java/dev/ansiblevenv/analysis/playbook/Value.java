package dev.ansiblevenv.analysis.playbook;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// What is known about the value of an expression without running anything.
sealed interface Value {

  /// Stands for any text that only a run knows; no file name can hold it.
  char ANY = '\0';

  Value UNKNOWN = new Text(String.valueOf(ANY));

  /// A text with {@link #ANY} where it is not known.
  record Text(String pattern) implements Value {

    // Written out where every start comes by: those of records are linked anew by each process.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Text text && pattern.equals(text.pattern);
    }

    @Override
    public int hashCode() {
      return pattern.hashCode();
    }
  }

  /// A value as a YAML file has it; strings in it may be templates.
  record Data(Node node) implements Value {}

  /// A list that an expression builds.
  record Items(List<Value> items) implements Value {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Items list && items.equals(list.items);
    }

    @Override
    public int hashCode() {
      return items.hashCode();
    }
  }

  /// One of several values, for instance the items of a loop.
  record OneOf(List<Value> values) implements Value {}

  /// An entry of a dictionary that a loop runs over.
  record KeyValue(String key, Node value) implements Value {}

  /// The first of several files that exists.
  record FirstFound(List<Value> terms) implements Value {}

  /// All files that a shell pattern matches.
  record FileGlob(List<Value> terms) implements Value {}
}
