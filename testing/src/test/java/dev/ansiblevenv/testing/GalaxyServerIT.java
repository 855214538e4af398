package dev.ansiblevenv.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalaxyServerIT {

  @TempDir Path directory;

  @Test
  void serves_tiny_collections_and_logs_requests() throws Exception {
    TinyCollection.named("acme.web", "1.2.0")
        .requiring("acme.base", ">=1.0.0")
        .requiringAnsible(">=2.16")
        .in(directory);
    try (var server = GalaxyServer.over(directory).start();
        var http = HttpClient.newHttpClient()) {
      var path = "/api/v3/collections/acme/web/versions/1.2.0/";
      var request = HttpRequest.newBuilder(URI.create(server.root() + path)).build();
      assertThat(http.send(request, BodyHandlers.ofString()).body())
          .contains("\"acme.base\": \">=1.0.0\"", "\"requires_ansible\": \">=2.16\"");
      assertThat(server.requests())
          .containsExactly(new GalaxyServer.Request("GET", path, 200, "-"));
    }
  }

  @Test
  void real_collections_are_whole() {
    assertThat(RealCollections.tarball("community.docker")).isNotEmptyFile();
    assertThat(RealCollections.version("community.digitalocean")).isEqualTo("1.27.0");
  }
}
