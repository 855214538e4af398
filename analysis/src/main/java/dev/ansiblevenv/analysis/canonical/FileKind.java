package dev.ansiblevenv.analysis.canonical;

/// What a file of the closure is to Ansible, which decides whose key order can be seen.
public enum FileKind {
  /// A list of plays.
  PLAYBOOK(Shape.PLAYS),
  /// A list of tasks or handlers.
  TASKS(Shape.TASKS),
  /// A role's `meta/main.yml`.
  META(Shape.META),
  /// Variables, requirements, argument specs: YAML in which the order of all keys shows.
  DATA(Shape.DATA),
  /// Text that is not YAML and is small enough to be shown, such as selected configuration keys.
  TEXT(Shape.DATA),
  /// Bytes: templates, plugins, scripts.
  RAW(Shape.DATA);

  private final Shape shape;

  FileKind(Shape shape) {
    this.shape = shape;
  }

  Shape shape() {
    return shape;
  }
}
