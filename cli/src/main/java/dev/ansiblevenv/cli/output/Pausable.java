package dev.ansiblevenv.cli.output;

import java.util.function.Supplier;

/// Something that writes to the terminal and can wait.
public interface Pausable {

  /// Nothing is written meanwhile.
  <T> T whilePaused(Supplier<T> work);
}
