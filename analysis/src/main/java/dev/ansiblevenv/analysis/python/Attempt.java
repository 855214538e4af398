package dev.ansiblevenv.analysis.python;

import java.util.HashSet;
import java.util.Set;

/// A `try` statement while it is read.
final class Attempt {
  final Set<String> flags = new HashSet<>();
  boolean refused;
}
