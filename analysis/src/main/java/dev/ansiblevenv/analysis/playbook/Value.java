package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
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

  /// A value as a YAML file has it; strings in it may be templates, which are rendered where the
  /// variable is used.
  record Data(Node node) implements Value {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Data data && isSame(node, data.node);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(node);
    }
  }

  /// A value that is rendered where it is set, as `set_fact` does.
  ///
  /// @param scope of the task that sets it
  record Rendered(Node node, Scope scope) implements Value {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Rendered rendered && isSame(node, rendered.node);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(node);
    }
  }

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

  /// One of several values.
  record OneOf(List<Value> values) implements Value {}

  /// @param value null for none
  static List<Value> each(@Nullable Value value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof OneOf(var values) ? values : List.of(value);
  }

  /// An item of a task's loop.
  ///
  /// @param scope of the task, without the loop's variable
  record LoopItem(YamlMapping task, Scope scope) implements Value {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof LoopItem item && task == item.task;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(task);
    }
  }

  /// An entry of a dictionary that a loop runs over.
  record KeyValue(String key, Node value) implements Value {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof KeyValue entry && isSame(value, entry.value) && key.equals(entry.key);
    }

    @Override
    public int hashCode() {
      return key.hashCode();
    }
  }

  /// The first of several files that exists.
  record FirstFound(List<Value> terms) implements Value {}

  /// All files that a shell pattern matches.
  record FileGlob(List<Value> terms) implements Value {}

  /// Values without a content.
  enum Special implements Value {
    /// What has no value on any level: an error, unless `default` gives one.
    UNDEFINED,
    /// A value that is made of itself, as in `set_fact: {x: "{{ x | default('a') }}"}`.
    ITSELF,
    /// The magic variable `hostvars`.
    ALL_HOSTS,
    /// The magic variable `vars`.
    ALL_VARIABLES
  }

  /// A host, whose members are its variables.
  ///
  /// @param name null where any host may be meant
  record HostNamed(@Nullable String name) implements Value {}

  /// Whether both are the same node of the same file: equal texts elsewhere are other values.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Node one, Node other) {
    return one == other;
  }
}
