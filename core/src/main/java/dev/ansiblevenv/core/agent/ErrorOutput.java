package dev.ansiblevenv.core.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.process.PipeReader;
import java.io.IOException;
import java.time.Duration;

/// The end of what a process writes to standard error, for the message about its failure.
final class ErrorOutput {

  private static final int KEPT = 8192;
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(1);

  private final Process process;
  private final Thread reader;
  private volatile String kept = "";

  private ErrorOutput(Process process, String host) {
    this.process = process;
    this.reader = PipeReader.thread("errors of the agent of " + host).unstarted(this::read);
  }

  static ErrorOutput of(Process process, String host) {
    var output = new ErrorOutput(process, host);
    output.reader.start();
    return output;
  }

  /// What was written until the process closed its end, or until now if something holds it open.
  String text() {
    try {
      reader.join(SETTLES_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return kept;
  }

  private void read() {
    try (var in = process.getErrorStream()) {
      var buffer = new byte[1024];
      for (var size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        var whole = kept + new String(buffer, 0, size, UTF_8);
        kept = whole.substring(Math.max(0, whole.length() - KEPT));
      }
    } catch (IOException e) {
      // The process is gone; what it said before is kept.
    }
  }
}
