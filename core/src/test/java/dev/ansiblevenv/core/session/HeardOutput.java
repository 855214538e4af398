package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.run.Event;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a follower hears of a run.
final class HeardOutput implements Consumer<Event> {

  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<String> events = new ArrayList<>();

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.OutputChunk(var chunk) -> {
        while (chunk.hasRemaining()) {
          bytes.write(chunk.get());
        }
      }
      case Event.JobEvent job -> events.add(job.name());
      case Event.Started started -> {}
      case Event.Waiting waiting -> {}
      case Event.Cancelling cancelling -> {}
    }
  }

  String text() {
    return bytes.toString(UTF_8);
  }
}
