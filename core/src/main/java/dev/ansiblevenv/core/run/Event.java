package dev.ansiblevenv.core.run;

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
  /// @param fields the whole event, `event_data` and all
  /// @param text the same as the host has it on record: one line of JSON, ASCII, without its line
  ///   break
  record JobEvent(String name, Map<?, ?> fields, String text) implements Event {}

  /// The host was told to end the run.
  record Cancelling(RunId id) implements Event {}
}
