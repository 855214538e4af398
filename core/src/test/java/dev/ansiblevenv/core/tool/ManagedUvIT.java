package dev.ansiblevenv.core.tool;

import static dev.ansiblevenv.core.net.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import dev.ansiblevenv.core.net.Credentials;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.LoopbackServer;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedUvIT {

  private static final UvWheel WHEEL = UvWheel.forPlatform(Platform.current());

  /// The real wheel, for the loopback indexes.
  @TempDir static Path fetched;

  @TempDir Path cache;

  @BeforeAll
  static void the_real_wheel_is_on_the_configured_index() {
    var controller = Controller.of(fetched, System.getenv());
    var http = new Http(controller.environment());
    var request =
        new SimpleIndex(http, PackageIndexes.of(controller.environment()))
            .locate("uv", WHEEL.fileName());
    http.download(request, fetched.resolve(WHEEL.fileName()), WHEEL.sha256());
  }

  @Test
  void an_empty_cache_and_path_get_the_pinned_build_and_it_works() {
    var uv = managed(Map.of()).forController();
    assertThat(uv.version()).isEqualTo(UvWheel.VERSION);
    assertThat(uv.origin()).isEqualTo("managed");
    assertThat(uv.executable()).startsWith(cache.resolve("tools"));
    assertThat(uv.run(cache, List.of("--version"), Duration.ofSeconds(20)))
        .startsWith("uv " + UvWheel.VERSION);
    assertThat(cache.resolve("tools").toFile().list())
        .containsExactlyInAnyOrder(".uv.lock", "uv-" + UvWheel.VERSION + "-" + WHEEL.platform());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/vnd.pypi.simple.v1+json", "text/html; charset=utf-8"})
  void an_index_with_relative_links_behind_a_login_is_asked_with_it(String type)
      throws IOException {
    var login = new Credentials("robot", "s3cret/ü").basic();
    try (var index =
        new LoopbackServer(exchange -> {
          if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "");
          } else {
            index(type, WHEEL.fileName()).handle(exchange);
          }
        })) {
      var url = "http://robot:s3cret%2F%C3%BC@127.0.0.1:" + index.port() + "/root/simple";
      assertThat(managed(Map.of("PIP_INDEX_URL", url)).forController().version())
          .isEqualTo(UvWheel.VERSION);
      assertThat(index.asked)
          .containsExactly(
              "/root/simple/uv/ " + login, "/root/files/" + WHEEL.fileName() + " " + login);
    }
  }

  @Test
  void a_wrong_login_is_named_without_itself() throws IOException {
    try (var index = new LoopbackServer(exchange -> reply(exchange, 401, ""))) {
      var url = "http://robot:s3cret@127.0.0.1:" + index.port() + "/simple";
      assertThatThrownBy(() -> managed(Map.of("UV_DEFAULT_INDEX", url)).forController())
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("http://127.0.0.1:" + index.port() + "/simple/uv/")
          .hasMessageContaining("401")
          .hasMessageContaining("UV_DEFAULT_INDEX")
          .hasMessageNotContainingAny("s3cret", "robot");
    }
  }

  @Test
  void a_wheel_that_is_not_the_pinned_one_is_refused_and_leaves_nothing() throws IOException {
    try (var index =
        new LoopbackServer(exchange -> {
          if (exchange.getRequestURI().getPath().endsWith(".whl")) {
            reply(exchange, 200, "evil");
          } else {
            index("text/html", WHEEL.fileName()).handle(exchange);
          }
        })) {
      var managed = managed(Map.of("UV_INDEX_URL", index.uri("/root/simple").toString()));
      assertThatThrownBy(managed::forController)
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(WHEEL.sha256())
          .hasMessageContaining(WHEEL.fileName());
      assertThat(cache.resolve("tools").toFile().list()).containsExactly(".uv.lock");
      assertThat(managed.installed()).isEmpty();
    }
  }

  @Test
  void an_index_without_the_file_is_named() throws IOException {
    try (var index = new LoopbackServer(index("text/html", "uv-0.0.1-py3-none-any.whl"));
        var empty = new LoopbackServer(exchange -> reply(exchange, 404, ""))) {
      var settings =
          Map.of(
              "UV_DEFAULT_INDEX",
              index.uri("/root/simple").toString(),
              "UV_INDEX",
              "mine=" + empty.uri("/simple"));
      assertThatThrownBy(() -> managed(settings).forController())
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(WHEEL.fileName())
          .hasMessageContaining(index.uri("/root/simple/").toString())
          .hasMessageContaining(empty.uri("/simple/").toString());
      assertThat(empty.asked).hasSize(1);
    }
  }

  @Test
  void the_proxy_of_the_environment_is_used() throws IOException {
    try (var proxy = new LoopbackServer(index("text/html", WHEEL.fileName()))) {
      var uv =
          managed(
                  Map.of(
                      "UV_DEFAULT_INDEX", "http://index.invalid/root/simple",
                      "http_proxy", "http://127.0.0.1:" + proxy.port(),
                      "no_proxy", ""))
              .forController();
      assertThat(uv.version()).isEqualTo(UvWheel.VERSION);
      assertThat(proxy.asked).first().asString().startsWith("http://index.invalid/root/simple/uv/");
    }
  }

  @Test
  void the_index_of_a_pip_configuration_file_serves_java_and_uv_alike() throws IOException {
    try (var index = new LoopbackServer(index("text/html", WHEEL.fileName()))) {
      var file =
          Files.writeString(
              cache.resolve("pip.conf"),
              "[global]\nindex_url =\n   " + index.uri("/root/simple") + "\n");
      var uv = managed(Map.of("PIP_CONFIG_FILE", file.toString())).forController();
      assertThat(index.asked).hasSize(2);
      assertThat(uv.environment())
          .containsEntry("UV_DEFAULT_INDEX", index.uri("/root/simple").toString());
      var compiled =
          uv.attempt(
              cache,
              List.of(
                  "pip",
                  "compile",
                  "--no-cache",
                  Files.writeString(cache.resolve("r.in"), "six").toString()),
              Duration.ofSeconds(60));
      assertThat(compiled.succeeded()).isFalse();
      assertThat(index.asked).anyMatch(line -> line.startsWith("/root/simple/six/"));
    }
  }

  @Test
  void a_fitting_uv_on_the_path_is_taken_without_asking_any_index() throws IOException {
    var real = managed(Map.of()).forController().executable();
    var bin = Files.createDirectories(cache.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("uv"), real);
    var uv = managed(Map.of("PATH", bin.toString(), "UV_DEFAULT_INDEX", "http://127.0.0.1:9/"));
    assertThat(uv.forController().executable()).isEqualTo(bin.resolve("uv"));
    assertThat(uv.forController().origin()).isEqualTo("PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo uv 0.9.5", "exit 1", "echo hello"})
  void an_old_or_broken_uv_on_the_path_is_passed_over(String script) throws IOException {
    var bin = Files.createDirectories(cache.resolve("bin"));
    Files.writeString(bin.resolve("uv"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(bin.resolve("uv"), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var index = new LoopbackServer(index("text/html", WHEEL.fileName()))) {
      var settings =
          Map.of(
              "PATH",
              bin + ":/usr/bin:/bin",
              "UV_DEFAULT_INDEX",
              index.uri("/root/simple").toString());
      assertThat(managed(settings).forController().origin()).isEqualTo("managed");
    }
  }

  @Test
  void many_at_once_fetch_it_once() throws Exception {
    try (var index = new LoopbackServer(index("text/html", WHEEL.fileName()));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var settings = Map.of("UV_DEFAULT_INDEX", index.uri("/root/simple").toString());
      Callable<String> task = () -> managed(settings).forController().version();
      for (Future<String> result : threads.invokeAll(List.of(task, task, task, task))) {
        assertThat(result.get()).isEqualTo(UvWheel.VERSION);
      }
      assertThat(index.asked).hasSize(2);
    }
  }

  @Test
  void a_host_of_another_platform_gets_its_own_build() throws IOException {
    try (var wheel = new ZipFile(managed(Map.of()).wheel("Linux", "aarch64").toFile())) {
      var other = wheel.getInputStream(wheel.getEntry("uv-0.13.9.data/scripts/uv")).readNBytes(20);
      assertThat(other).startsWith(0x7f, 'E', 'L', 'F');
      assertThat(other[18]).as("ELF machine").isEqualTo((byte) 0xb7);
    }
    assertThatThrownBy(() -> managed(Map.of()).pinned("Linux", "vax"))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("linux-vax");
  }

  /// Serves `/root/simple/uv/` with a relative link to the file, and the real wheel there.
  private static HttpHandler index(String type, String fileName) {
    return exchange -> {
      var path = exchange.getRequestURI().getPath();
      if (path.endsWith("/root/simple/uv/")) {
        exchange.getResponseHeaders().set("Content-Type", type);
        var link = "../../files/" + fileName;
        reply(
            exchange,
            200,
            type.contains("json")
                ? "{\"meta\":{\"api-version\":\"1.0\"},\"name\":\"uv\",\"files\":[{\"filename\":\""
                    + fileName
                    + "\",\"url\":\""
                    + link
                    + "\",\"hashes\":{}}]}"
                : "<!DOCTYPE html><html><body><a href=\"../../files/uv-0.1.0.tar.gz\">x</a>\n<a"
                    + " data-requires-python=\"&gt;=3.8\" href=\""
                    + link
                    + "#sha256="
                    + WHEEL.sha256()
                    + "\">"
                    + fileName
                    + "</a></body></html>");
      } else if (path.endsWith("/root/files/" + WHEEL.fileName())) {
        reply(exchange, 200, Files.readAllBytes(fetched.resolve(WHEEL.fileName())));
      } else {
        reply(exchange, 404, "");
      }
    };
  }

  private ManagedUv managed(Map<String, String> settings) {
    var environment = new HashMap<>(System.getenv());
    environment.put("PATH", "/usr/bin:/bin");
    if (settings.keySet().stream()
        .anyMatch(name -> name.contains("INDEX") || name.contains("CONFIG"))) {
      environment
          .keySet()
          .removeIf(name -> name.matches("(UV|PIP)_.*INDEX.*|(?i:https?|all)_proxy"));
    }
    environment.putAll(settings);
    var controller = Controller.of(cache, environment);
    return new ManagedUv(controller, new Http(controller.environment()));
  }
}
