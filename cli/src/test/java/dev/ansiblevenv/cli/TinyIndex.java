package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// A real index of Python packages ([PEP 503](https://peps.python.org/pep-0503/), [PEP
/// 658](https://peps.python.org/pep-0658/)) on the loopback interface, whose packages can be locked
/// but not installed. New versions appear at once.
final class TinyIndex implements AutoCloseable {

  private final Map<String, Map<String, String>> packages = new ConcurrentHashMap<>();
  private final HttpServer server;

  TinyIndex() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/simple/", this::page);
    server.createContext("/files/", this::metadata);
    server.start();
  }

  /// @param python a specifier
  TinyIndex with(String name, String version, String python) {
    packages.computeIfAbsent(name, _ -> new TreeMap<>()).put(version, python);
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple/";
  }

  private void page(HttpExchange exchange) throws IOException {
    var name = exchange.getRequestURI().getPath().replaceFirst("^/simple/", "").replace("/", "");
    var known = packages.get(name);
    var links =
        known == null
            ? ""
            : known.entrySet().stream()
                .map(each -> link(name, each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    answer(
        exchange,
        known == null ? 404 : 200,
        "text/html",
        "<html><body>" + links + "</body></html>");
  }

  private static String link(String name, String version, String python) {
    var file = name.replace('-', '_') + "-" + version + "-py3-none-any.whl";
    return "<a href=\"/files/%s#sha256=%s\" data-requires-python=\"%s\" data-core-metadata=\"true\">%s</a>"
        .formatted(file, Sha256.of(file.getBytes(UTF_8)), python.replace(">", "&gt;"), file);
  }

  private void metadata(HttpExchange exchange) throws IOException {
    var parts = exchange.getRequestURI().getPath().replaceFirst("^/files/", "").split("-", -1);
    var name = parts[0].replace('_', '-');
    answer(
        exchange,
        200,
        "text/plain",
        "Metadata-Version: 2.1\nName: %s\nVersion: %s\nRequires-Python: %s\n"
            .formatted(name, parts[1], packages.getOrDefault(name, Map.of()).get(parts[1])));
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      var bytes = text.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
