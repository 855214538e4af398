package dev.ansiblevenv.core.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/// What a run tells while it goes on, in the order in which it happens; output and job events are
/// each in order, but not against each other.
public sealed interface Event {

  /// The run exists on the host and goes on without us from here.
  record Started(RunId id) implements Event {}

  /// What `ansible-playbook` wrote to standard output and error, byte for byte. A chunk may end in
  /// the middle of a character.
  record OutputChunk(ByteBuffer bytes) implements Event {}

  /// One of [ansible-runner's job
  /// events](https://docs.ansible.com/projects/runner/en/stable/intro/#artifactevents).
  ///
  /// @param name such as `runner_on_ok`
  /// @param text the whole event as the host has it on record: one line of JSON, ASCII, without its
  ///   line break
  record JobEvent(String name, String text) implements Event {

    /// What the text holds, `event_data` and all. Read anew by each call: most who pass events on
    /// do not look into them, and there may be very many.
    ///
    /// @throws UncheckedIOException when it is no JSON object
    public Map<String, Object> fields() {
      try {
        return JSON.std.mapFrom(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The run has not begun yet.
  ///
  /// @param why what it waits for
  record Waiting(String why) implements Event {}

  /// The host was told to end the run.
  record Cancelling(RunId id) implements Event {}
}
