package dev.ansiblevenv.core.run;

/// How much of a run is known already: bytes of its log, and of its events as the host has them on
/// record.
public record Position(long output, long events) {

  public static final Position START = new Position(0, 0);

  /// The place behind this event.
  public Position after(Event event) {
    if (event instanceof Event.OutputChunk(var bytes)) {
      return new Position(output + bytes.remaining(), events);
    }
    return event instanceof Event.JobEvent job
        ? new Position(output, events + job.text().length() + 1)
        : this;
  }
}
