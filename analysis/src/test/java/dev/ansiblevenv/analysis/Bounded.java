package dev.ansiblevenv.analysis;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ansiblevenv.diagnostic.Failure;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/// An input may be refused, but only as one: with an error that says what is wrong with it.
public final class Bounded {

  /// What hangs is not slow: far above what a busy machine needs.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Bounded() {}

  public static void answersOrRefuses(Executable reading) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          try {
            reading.execute();
          } catch (Failure refused) {
            // the other answer that is allowed
          }
        });
  }
}
