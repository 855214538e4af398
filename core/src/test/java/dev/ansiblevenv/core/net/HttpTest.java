package dev.ansiblevenv.core.net;

import static dev.ansiblevenv.core.net.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {

  private static final String SHA256_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private final AtomicInteger count = new AtomicInteger();
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void a_passing_failure_is_retried(int status) throws IOException {
    try (var server =
        new LoopbackServer(
            exchange -> reply(exchange, count.incrementAndGet() < 3 ? status : 200, "hello"))) {
      assertThat(http(Map.of()).get(Request.of(server.uri("/x"))).text()).isEqualTo("hello");
      assertThat(server.asked).hasSize(3);
    }
  }

  @Test
  void a_lasting_failure_is_named_after_the_last_attempt_without_credentials() throws IOException {
    try (var server = new LoopbackServer(exchange -> reply(exchange, 503, "no"))) {
      var uri =
          URI.create("http://user:s3cret@127.0.0.1:" + server.port() + "/simple/?token=t0ken");
      assertThatThrownBy(() -> http(Map.of()).get(Request.of(uri)))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("http://127.0.0.1:" + server.port() + "/simple/")
          .hasMessageContaining("after 3 attempts")
          .hasMessageContaining("503")
          .hasMessageNotContainingAny("s3cret", "t0ken");
      assertThat(server.asked).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 403, 404, 410})
  void other_answers_are_the_callers_to_judge(int status) throws IOException {
    try (var server = new LoopbackServer(exchange -> reply(exchange, status, "body"))) {
      var answer = http(Map.of()).get(Request.of(server.uri("/x")));
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text()).isEqualTo("body");
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void a_server_that_asks_for_a_short_wait_gets_it() throws IOException {
    try (var server =
        new LoopbackServer(exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          reply(exchange, count.incrementAndGet() < 2 ? 429 : 200, "hello");
        })) {
      assertThat(http(Map.of()).get(Request.of(server.uri("/x"))).ok()).isTrue();
    }
  }

  @Test
  void a_server_that_asks_for_an_hour_is_not_waited_for() throws IOException {
    try (var server =
        new LoopbackServer(exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          reply(exchange, 503, "");
        })) {
      assertThatThrownBy(() -> http(Map.of()).get(Request.of(server.uri("/x"))))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("3600 s");
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void a_body_that_ends_early_is_retried_and_then_named() throws IOException {
    try (var server =
        new LoopbackServer(exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          throw new IOException("hang up");
        })) {
      assertThatThrownBy(() ->
              http(Map.of())
                  .download(Request.of(server.uri("/f")), directory.resolve("f"), SHA256_OF_HELLO))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(server.uri("/f").toString())
          .hasMessageContaining("after 3 attempts");
      assertThat(server.asked).hasSize(3);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void a_body_that_stalls_is_given_up() throws IOException {
    try (var server =
        new LoopbackServer(exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(20_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        })) {
      var impatient = new Http(Map.of(), retries(1), Duration.ofMillis(300));
      assertThatThrownBy(() -> impatient.get(Request.of(server.uri("/x"))))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("no data");
    }
  }

  @Test
  void a_port_where_nobody_listens_is_named() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(
            () -> http(Map.of()).get(Request.of(URI.create("http://127.0.0.1:" + port + "/x"))))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("refused");
  }

  @Test
  void a_file_is_put_in_place_whole_and_checked() throws IOException {
    try (var server = new LoopbackServer(exchange -> reply(exchange, 200, "hello"))) {
      var target = directory.resolve("a/b/file");
      http(Map.of()).download(Request.of(server.uri("/f")), target, SHA256_OF_HELLO);
      assertThat(target).hasContent("hello");
      assertThat(directory.resolve("a/b").toFile().list()).containsExactly("file");
    }
  }

  @Test
  void a_file_with_another_checksum_is_refused_at_once_and_leaves_nothing() throws IOException {
    try (var server = new LoopbackServer(exchange -> reply(exchange, 200, "tampered"))) {
      assertThatThrownBy(() ->
              http(Map.of())
                  .download(Request.of(server.uri("/f")), directory.resolve("f"), SHA256_OF_HELLO))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("sha256")
          .hasMessageContaining(SHA256_OF_HELLO);
      assertThat(server.asked).hasSize(1);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void a_directory_that_cannot_be_made_is_named() throws IOException {
    var blocked = Files.writeString(directory.resolve("file"), "").resolve("f");
    try (var server = new LoopbackServer(exchange -> reply(exchange, 200, "hello"))) {
      assertThatThrownBy(
              () -> http(Map.of()).download(Request.of(server.uri("/f")), blocked, SHA256_OF_HELLO))
          .isInstanceOf(StateConflict.class)
          .hasMessageContaining(blocked.toString());
    }
  }

  @Test
  void credentials_stay_with_their_host_on_a_redirect() throws IOException {
    try (var other = new LoopbackServer(exchange -> reply(exchange, 200, "hello"));
        var server =
            new LoopbackServer(exchange -> {
              var local = exchange.getRequestURI().getPath().equals("/first");
              var to = local ? "/second" : other.uri("/third").toString();
              exchange.getResponseHeaders().set("Location", to);
              reply(exchange, 302, "");
            })) {
      var uri = URI.create("http://user:pass@127.0.0.1:" + server.port() + "/first");
      var answer = http(Map.of()).get(Request.of(uri));
      assertThat(answer.uri()).isEqualTo(other.uri("/third"));
      assertThat(server.asked)
          .containsExactly("/first Basic dXNlcjpwYXNz", "/second Basic dXNlcjpwYXNz");
      assertThat(other.asked).containsExactly("/third -");

      http(Map.of()).get(Request.of(server.uri("/x")).with("authorization", "Token t"));
      assertThat(server.asked).last().isEqualTo("/x Token t");
      assertThat(other.asked).last().isEqualTo("/third -");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/x", "file:///etc/passwd", "jar:file:/x!/y", "http:///x"})
  void a_redirect_to_something_else_is_the_servers_fault(String location) throws IOException {
    try (var server =
        new LoopbackServer(exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          reply(exchange, 302, "");
        })) {
      assertThatThrownBy(() -> http(Map.of()).get(Request.of(server.uri("/x"))))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(server.uri("/x").toString())
          .hasMessageContaining("it redirects from http to " + location);
    }
  }

  @Test
  void a_file_that_is_longer_than_expected_is_given_up_at_once() throws IOException {
    try (var server = new LoopbackServer(exchange -> reply(exchange, 200, "hello"))) {
      var request = Request.of(server.uri("/f"));
      assertThatThrownBy(
              () -> http(Map.of()).download(request, directory.resolve("f"), SHA256_OF_HELLO, 4))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("the server sends more than 4 bytes");
      assertThat(server.asked).hasSize(1);
      assertThat(directory).isEmptyDirectory();
      http(Map.of()).download(request, directory.resolve("f"), SHA256_OF_HELLO, 5);
      assertThat(directory.resolve("f")).hasContent("hello");
    }
  }

  @Test
  void what_a_small_reply_unpacks_to_is_bounded() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[1 << 20]);
    }
    try (var server =
        new LoopbackServer(exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, packed.size());
          exchange.getResponseBody().write(packed.toByteArray());
          exchange.close();
        })) {
      assertThatThrownBy(() ->
              http(Map.of())
                  .get(
                      Request.of(server.uri("/x")),
                      1 << 16,
                      (_, _, _, body) -> body.readAllBytes()))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("more than 65536 bytes");
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void a_circle_of_redirects_ends() throws IOException {
    try (var server =
        new LoopbackServer(exchange -> {
          exchange.getResponseHeaders().set("Location", "/x");
          reply(exchange, 302, "");
        })) {
      assertThatThrownBy(() -> http(Map.of()).get(Request.of(server.uri("/x"))))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("10 redirects");
    }
  }

  @Test
  void a_login_from_netrc_is_used_for_its_host() throws IOException {
    var netrc =
        Files.writeString(
            directory.resolve("netrc"),
            """
            # mine
            machine elsewhere login a password b
            machine 127.0.0.1
              login user
              password pass
            """);
    try (var server = new LoopbackServer(exchange -> reply(exchange, 200, ""))) {
      http(Map.of("NETRC", netrc.toString())).get(Request.of(server.uri("/x")));
      assertThat(server.asked).containsExactly("/x Basic dXNlcjpwYXNz");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
  void the_proxy_of_the_environment_is_used_with_its_login(String variable) throws IOException {
    var logins = new java.util.concurrent.ConcurrentLinkedQueue<String>();
    try (var proxy =
        new LoopbackServer(exchange -> {
          logins.add(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
          reply(exchange, 200, "through the proxy");
        })) {
      var value = "http://user:p%40ss@127.0.0.1:" + proxy.port();
      var answer =
          http(Map.of(variable, value)).get(Request.of(URI.create("http://index.invalid/simple/")));
      assertThat(answer.text()).isEqualTo("through the proxy");
      assertThat(proxy.asked).containsExactly("http://index.invalid/simple/ -");
      assertThat(logins).containsExactly(new Credentials("user", "p@ss").basic());
    }
  }

  @Test
  void an_excepted_host_is_asked_directly_and_sees_no_proxy_login() throws IOException {
    var seen = new HashMap<String, java.util.List<String>>();
    try (var server =
        new LoopbackServer(exchange -> {
          seen.putAll(exchange.getRequestHeaders());
          reply(exchange, 200, "direct");
        })) {
      var environment = Map.of("HTTP_PROXY", "http://u:p@127.0.0.1:9", "NO_PROXY", "127.0.0.0/8");
      assertThat(http(environment).get(Request.of(server.uri("/x"))).text()).isEqualTo("direct");
      assertThat(seen).doesNotContainKey("Proxy-authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://localhost:1080", "https://proxy:3128", "http://u:s3cret@[bad"})
  void a_proxy_that_cannot_be_used_is_an_error_not_a_detour(String proxy) {
    assertThatThrownBy(
            () -> http(Map.of("ALL_PROXY", proxy)).get(Request.of(URI.create("http://h.invalid/"))))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("ALL_PROXY")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void an_interrupt_cancels_the_wait() throws IOException {
    try (var server = new LoopbackServer(exchange -> reply(exchange, 503, ""))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> http(Map.of()).get(Request.of(server.uri("/x"))))
          .isInstanceOf(Cancelled.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void text_from_other_programs_is_shown_without_credentials() {
    assertThat(Redacted.text("error: https://user:p@ss@host/simple, http://tok@h:1/x http://h/a@b"))
        .isEqualTo("error: https://***@host/simple, http://***@h:1/x http://h/a@b");
    assertThat(Request.of(URI.create("http://u:p@h/")).toString()).isEqualTo("GET http://h/");
  }

  private static Http http(Map<String, String> environment) {
    return new Http(environment, retries(3), Duration.ofSeconds(10));
  }

  private static RetryPolicy retries(int attempts) {
    return new RetryPolicy(
        attempts,
        Duration.ofMillis(10),
        Duration.ofSeconds(5),
        RandomGenerator.getDefault(),
        Clock.systemUTC());
  }
}
