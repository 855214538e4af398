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
final class AgentCode {

  private final String command;
  private final String boot;
  private final byte[] zip;
  private final String sha256;

  /// Unpacked once for all hosts.
  private static final class Loaded {
    private static final AgentCode CODE = read();
  }

  private AgentCode(String command, String boot, byte[] zip) {
    this.command = command;
    this.boot = boot;
    this.zip = zip;
    this.sha256 = sha256(zip);
  }

  static AgentCode load() {
    return Loaded.CODE;
  }

  private static AgentCode read() {
    try {
      return new AgentCode(readCommand(), readBoot(), resource("agent.zip"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The one command line that starts the agent on any host.
  String command() {
    return command;
  }

  /// Python that fetches the code where it is missing, as one line.
  String boot() {
    return boot;
  }

  byte[] zip() {
    return zip;
  }

  /// The code's name on the host.
  String sha256() {
    return sha256;
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
