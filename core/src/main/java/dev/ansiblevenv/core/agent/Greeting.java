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
  /// @param reached told as soon as our command runs
  ///
  /// @return empty when frames follow, else what the host said instead
  /// @throws ProtocolException when the host says other things only; names the last of them
  static String await(InputStream in, Runnable reached, Runnable shipCode) throws IOException {
    var noise = 0;
    var last = "";
    while (true) {
      var line = line(in, last);
      var mark = line.indexOf(MARK);
      if (mark < 0) {
        noise += line.length() + 1;
        if (noise > MOST_NOISE) {
          throw silent(line);
        }
        last = line.isBlank() ? last : line;
        continue;
      }
      var word = line.substring(mark + MARK.length()).strip();
      reached.run();
      switch (word) {
        case "shell" -> {}
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

  private static String line(InputStream in, String last) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || bytes.size() > MOST_NOISE) {
        var rest = bytes.toString(UTF_8);
        throw silent(rest.isBlank() ? last : rest);
      }
      bytes.write(next);
    }
    return bytes.toString(UTF_8);
  }

  private static ProtocolException silent(String said) {
    var shown = said.replaceAll("[^\\p{Print}\\p{L}]", "?").strip();
    return new ProtocolException(
        shown.isEmpty()
            ? "the agent did not start"
            : "the agent did not start; the host says: "
                + shown.substring(0, Math.min(shown.length(), 200)));
  }
}
