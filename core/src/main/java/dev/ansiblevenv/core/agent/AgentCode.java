package dev.ansiblevenv.core.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The agent as this program carries it.
///
/// @param command the one command line that starts it on any host
/// @param boot Python that fetches the code where it is missing, as one line
/// @param zip the code; its SHA-256 is its name on the host
record AgentCode(String command, String boot, byte[] zip, String sha256) {

  static AgentCode load() {
    try {
      var zip = resource("agent.zip");
      return new AgentCode(readCommand(), readBoot(), zip, sha256(zip));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readCommand() throws IOException {
    return new String(resource("boot.sh"), UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(joining(" "));
  }

  /// JSON's string literals are also Python's.
  private static String readBoot() throws IOException {
    return "exec(" + JSON.std.asString(new String(resource("boot.py"), UTF_8)) + ")";
  }

  static byte[] resource(String name) throws IOException {
    try (var stream = AgentCode.class.getResourceAsStream("/dev/ansiblevenv/agent/" + name)) {
      if (stream == null) {
        throw new IOException("the agent's " + name + " is not on the class path");
      }
      return stream.readAllBytes();
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
