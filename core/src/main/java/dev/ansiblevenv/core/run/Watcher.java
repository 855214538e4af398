package dev.ansiblevenv.core.run;

/// Who follows a run. Told by the thread that follows.
@FunctionalInterface
public interface Watcher {

  void happened(Event event);

  /// Whether events are to be told, too; output always is.
  default boolean wantsJobEvents() {
    return true;
  }

  /// Asked when the following thread is interrupted: whether it only leaves, and the run goes on;
  /// else the run is cancelled.
  default boolean leaves() {
    return false;
  }
}
