package dev.ansiblevenv.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsTest {

  @TempDir static Path directory;

  private static Path authority;
  private static HttpsServer server;
  private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void a_server_with_a_certificate_of_its_own_authority() throws Exception {
    var store = directory.resolve("store.p12");
    authority = directory.resolve("ca.pem");
    keytool(
        List.of("-genkeypair", "-alias", "k", "-keyalg", "EC", "-dname", "CN=localhost"),
        List.of("-ext", "san=dns:localhost,ip:127.0.0.1", "-keystore", store.toString()));
    keytool(
        List.of("-exportcert", "-rfc", "-alias", "k", "-file", authority.toString()),
        List.of("-keystore", store.toString()));
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    var manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    manager.init(keys, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(manager.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          SEEN.add(String.valueOf(exchange.getRequestHeaders().get("Proxy-Authorization")));
          try (exchange) {
            LoopbackServer.reply(exchange, 200, "secure");
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})
  void the_authority_that_the_environment_names_is_believed(String variable) {
    assertThat(get(Map.of(variable, authority.toString()))).isEqualTo("secure");
  }

  @Test
  void a_directory_of_hashed_certificates_is_believed() throws IOException {
    var certificates = Files.createDirectories(directory.resolve("certs"));
    Files.copy(authority, certificates.resolve("0a1b2c3d.0"));
    Files.writeString(certificates.resolve("README"), "no certificate");
    assertThat(get(Map.of("SSL_CERT_DIR", "/nonexistent:" + certificates))).isEqualTo("secure");
  }

  @Test
  void an_unknown_authority_is_refused_at_once_with_the_setting_that_helps() {
    assertThatThrownBy(() -> get(Map.of()))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("SSL_CERT_FILE")
        .hasMessageNotContaining("attempts");
  }

  @Test
  void a_named_file_that_is_missing_or_no_certificate_is_an_error() throws IOException {
    assertThatThrownBy(() -> get(Map.of("SSL_CERT_FILE", "/nonexistent.pem")))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("SSL_CERT_FILE")
        .hasMessageContaining("/nonexistent.pem");
    var empty = Files.writeString(directory.resolve("empty.pem"), "");
    assertThatThrownBy(() -> get(Map.of("PIP_CERT", empty.toString())))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("PIP_CERT");
  }

  @Test
  void a_proxy_with_a_login_tunnels_and_the_server_never_sees_that_login() throws IOException {
    try (var proxy = new Tunnel()) {
      var environment = new HashMap<String, String>();
      environment.put("SSL_CERT_FILE", authority.toString());
      environment.put("https_proxy", "http://user:pass@127.0.0.1:" + proxy.port());
      SEEN.clear();
      assertThat(get(environment)).isEqualTo("secure");
      assertThat(SEEN).containsExactly("null");
      assertThat(proxy.heads).hasSize(1);
      assertThat(proxy.heads.peek())
          .startsWith("CONNECT 127.0.0.1:" + server.getAddress().getPort())
          .contains("Proxy-Authorization: Basic dXNlcjpwYXNz");
    }
  }

  private static String get(Map<String, String> environment) {
    var uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new Http(environment, RetryPolicy.standard(), Duration.ofSeconds(5))
        .get(Request.of(uri))
        .text();
  }

  private static void keytool(List<String> first, List<String> second) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(first);
    command.addAll(second);
    command.addAll(List.of("-storepass", "changeit"));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("keytool.log"))).isZero();
  }

  /// A proxy that knows CONNECT only.
  private static final class Tunnel implements AutoCloseable {

    final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    Tunnel() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      try {
        while (true) {
          var client = socket.accept();
          Thread.ofVirtual().start(() -> tunnel(client));
        }
      } catch (IOException e) {
        // closed
      }
    }

    private void tunnel(Socket client) {
      try {
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        var head = new StringBuilder();
        for (String line; (line = in.readLine()) != null && !line.isEmpty(); ) {
          head.append(line).append('\n');
        }
        heads.add(head.toString());
        var target = head.substring("CONNECT ".length(), head.indexOf(" HTTP")).split(":", -1);
        var upstream = new Socket(target[0], Integer.parseInt(target[1]));
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        Thread.ofVirtual().start(() -> pump(upstream, client));
        pump(client, upstream);
      } catch (IOException e) {
        // closed
      }
    }

    private static void pump(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // closed
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
