package dev.ansiblevenv.core.process;

/// Threads for those who read what another process says.
///
/// No virtual ones: each that waits for a pipe holds one of the scheduler's threads, and when as
/// many as there are processors do so for half a minute, JDK 25 lets no virtual thread run any
/// more, also none that only waited for its time to be over.
public final class PipeReader {

  private PipeReader() {}

  /// Does not keep the JVM from ending.
  public static Thread.Builder.OfPlatform thread(String name) {
    return Thread.ofPlatform().daemon().name(name);
  }
}
