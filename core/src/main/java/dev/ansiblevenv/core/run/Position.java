package dev.ansiblevenv.core.run;

/// How much of a run is known already: bytes of its log, and of its events as the host has them on
/// record.
public record Position(long output, long events) {

  public static final Position START = new Position(0, 0);

  /// The place behind this event.
  public Position after(Event event) {
    return switch (event) {
      case Event.OutputChunk(var bytes) -> new Position(output + bytes.remaining(), events);
      case Event.JobEvent(var name, var text) -> new Position(output, events + text.length() + 1);
      case Event.Started started -> this;
      case Event.Cancelling cancelling -> this;
    };
  }
}
