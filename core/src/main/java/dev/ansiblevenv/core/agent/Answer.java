package dev.ansiblevenv.core.agent;

import java.nio.ByteBuffer;
import java.util.Set;

/// One piece of what the agent answers to a request.
public sealed interface Answer {

  /// @param message `progress`, `started`, `cancelling`, or the last word on the request
  record Said(Message message) implements Answer {

    private static final Set<String> INTERIM = Set.of("progress", "started", "cancelling");

    boolean isLast() {
      return !INTERIM.contains(message.type());
    }
  }

  /// Bytes that the run printed, as they are.
  record Printed(ByteBuffer bytes) implements Answer {}

  /// Events of the run: whole lines, each with its line break, as they are.
  record Happened(ByteBuffer lines) implements Answer {}

  /// Bytes of a file that was asked for.
  record Content(ByteBuffer bytes) implements Answer {}

  /// The stream ended before the request was answered.
  record Ended() implements Answer {}
}
