package dev.ansiblevenv.core.wheel;

import static dev.ansiblevenv.core.net.LoopbackServer.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import dev.ansiblevenv.core.net.Credentials;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.LoopbackServer;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.core.tool.PackageIndexes;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WheelStoreTest {

  private static final String CONTENT = "a wheel";
  private static final String SHA256 = Sha256.of(CONTENT.getBytes(UTF_8));

  @TempDir private Path cache;

  @Test
  void what_is_there_takes_no_request_and_what_is_damaged_one() throws IOException {
    try (var server = new LoopbackServer(exchange -> reply(exchange, 200, CONTENT))) {
      var store = store(Map.of());
      var file = store.files(List.of(wheel(server, SHA256))).get(SHA256);
      assertThat(file).isEqualTo(cache.resolve("blobs").resolve(SHA256)).hasContent(CONTENT);
      store.files(List.of(wheel(server, SHA256)));
      assertThat(server.asked).hasSize(1);

      Files.writeString(cache.resolve("blobs").resolve(SHA256), "a whee1");
      assertThat(store.files(List.of(wheel(server, SHA256))).get(SHA256)).hasContent(CONTENT);
      assertThat(server.asked).hasSize(2);
    }
  }

  @Test
  void other_content_than_the_lock_names_is_not_kept() throws IOException {
    var other = Sha256.of("another".getBytes(UTF_8));
    try (var server = new LoopbackServer(exchange -> reply(exchange, 200, CONTENT))) {
      assertThatThrownBy(() -> store(Map.of()).files(List.of(wheel(server, other))))
          .isInstanceOf(Unresolvable.class);
      assertThat(cache.resolve("blobs")).isEmptyDirectory();
    }
  }

  @Test
  void the_login_of_an_index_goes_to_its_own_host_alone() throws IOException {
    try (var index = new LoopbackServer(exchange -> reply(exchange, 200, CONTENT));
        var other = new LoopbackServer(exchange -> reply(exchange, 200, "other"))) {
      var named =
          Map.of(
              "UV_INDEX", "own-index=http://127.0.0.1:" + index.port() + "/simple",
              "UV_INDEX_OWN_INDEX_USERNAME", "robot",
              "UV_INDEX_OWN_INDEX_PASSWORD", "s3cret");
      store(named)
          .files(List.of(wheel(index, SHA256), wheel(other, Sha256.of("other".getBytes(UTF_8)))));
      var login = new Credentials("robot", "s3cret").basic();
      assertThat(index.asked).allMatch(request -> request.endsWith(login));
      assertThat(other.asked).hasSize(1).noneMatch(request -> request.contains("Basic"));
    }
  }

  private WheelStore store(Map<String, String> environment) {
    return new WheelStore(cache, new Http(environment), PackageIndexes.of(environment));
  }

  private static Wheel wheel(LoopbackServer server, String sha256) {
    var file = "demo-1.0-py3-none-any.whl";
    return new Wheel(
        file, URI.create("http://127.0.0.1:" + server.port() + "/files/" + file), sha256);
  }
}
