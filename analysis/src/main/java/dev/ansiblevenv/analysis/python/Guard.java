package dev.ansiblevenv.analysis.python;

/// What stands between an import and the loading of its file.
public enum Guard {
  /// Nothing: the file does not load without it.
  NONE,
  /// A `try` with handlers, or `with deps.declare(…)`, which is community.general's spelling of it.
  TRY,
  /// The handler of a `try`: what is imported where something else is missing.
  FALLBACK,
  /// `if TYPE_CHECKING`, which is never true at run time.
  TYPE_CHECKING,
  /// A function, which may never be called.
  FUNCTION,
  /// Another condition.
  CONDITION
}
