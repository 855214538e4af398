package dev.ansiblevenv.core.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// The lines before the first frame. A login shell may have printed a banner ahead of ours.
final class Greeting {

  private static final String MARK = "\u001eansible-venv 1 ";
  private static final int MOST_NOISE = 1 << 16;

  private Greeting() {}

  /// Reads until the agent is ready; has its code shipped when it asks for that.
  ///
  /// @return empty when frames follow, else what the host said instead
  static String await(InputStream in, Runnable shipCode) throws IOException {
    var noise = 0;
    while (true) {
      var line = line(in);
      var mark = line.indexOf(MARK);
      if (mark < 0) {
        noise += line.length() + 1;
        if (noise > MOST_NOISE) {
          throw new ProtocolException("the host prints something else: " + line);
        }
        continue;
      }
      var word = line.substring(mark + MARK.length()).strip();
      switch (word) {
        case "ready" -> {
          return "";
        }
        case "need" -> shipCode.run();
        default -> {
          return word;
        }
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || bytes.size() > MOST_NOISE) {
        throw new ProtocolException("the agent did not start");
      }
      bytes.write(next);
    }
    return bytes.toString(UTF_8);
  }
}
