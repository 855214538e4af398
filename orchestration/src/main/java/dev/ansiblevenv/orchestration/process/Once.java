package dev.ansiblevenv.orchestration.process;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made when it is first asked for. Safe for several threads.
public final class Once<T> implements Supplier<T> {

  private final Supplier<T> making;
  private @Nullable T made;

  public Once(Supplier<T> making) {
    this.making = making;
  }

  @Override
  public synchronized T get() {
    var known = made;
    if (known == null) {
      known = making.get();
      made = known;
    }
    return known;
  }
}
