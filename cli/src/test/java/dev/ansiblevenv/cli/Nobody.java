package dev.ansiblevenv.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands in the place of every server and every proxy, answers nobody, and counts who asks.
final class Nobody implements AutoCloseable {

  private final AtomicInteger asked = new AtomicInteger();
  private final ServerSocket socket;

  Nobody() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::refuseAll);
  }

  /// The same program with nobody else to ask.
  Program instead(Program program) {
    var url = "http://127.0.0.1:" + socket.getLocalPort() + "/";
    var environment = new HashMap<>(program.environment());
    for (var name :
        List.of("ANSIBLE_GALAXY_SERVER", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")) {
      environment.put(name, url);
    }
    for (var name : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      environment.put(name, url);
      environment.put(name.toLowerCase(java.util.Locale.ROOT), url);
    }
    environment.remove("NO_PROXY");
    environment.remove("no_proxy");
    return new Program(program.directory(), environment, program.input());
  }

  int timesAsked() {
    return asked.get();
  }

  private void refuseAll() {
    while (!socket.isClosed()) {
      try (var _ = socket.accept()) {
        asked.incrementAndGet();
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
