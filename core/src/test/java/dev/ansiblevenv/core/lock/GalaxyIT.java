package dev.ansiblevenv.core.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ansiblevenv.core.net.LoopbackServer;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.RealCollections;
import dev.ansiblevenv.testing.TinyCollection;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GalaxyIT {

  private static final String DEAD = "http://127.0.0.1:1/api/";

  @TempDir Path directory;
  private Path artifacts;
  private Project project;

  @BeforeEach
  void lay_out() {
    artifacts = directory.resolve("artifacts");
    project = new Project(directory.resolve("project"));
    tiny("acme.base", "1.0.0");
    tiny("acme.base", "2.0.0").requiringAnsible(">=2.99").in(artifacts);
    TinyCollection.named("acme.web", "1.0.0").requiring("acme.base", "*").in(artifacts);
    TinyCollection.named("acme.web", "1.1.0").requiring("acme.base", ">=1.0.0").in(artifacts);
  }

  private TinyCollection tiny(String name, String version) {
    var collection = TinyCollection.named(name, version);
    collection.in(artifacts);
    return collection;
  }

  @Test
  void follows_the_dependency_chain_of_real_collections() {
    try (var server = GalaxyServer.over(RealCollections.directory()).start()) {
      project.server(server).wants("cisco.ios", "*").wants("community.docker", ">=4");
      assertThat(project.locked())
          .map(LockedCollection::name)
          .containsExactly(
              "ansible.netcommon",
              "ansible.utils",
              "cisco.ios",
              "community.docker",
              "community.library_inventory_filtering_v1");
      assertThat(project.locked())
          .allSatisfy(collection -> {
            assertThat(collection.source()).isEqualTo(server.url());
            assertThat(collection.url()).startsWith(server.root() + "/artifacts/");
            assertThat(collection.size())
                .isEqualTo(RealCollections.tarball(collection.name()).toFile().length());
          });
    }
  }

  @Test
  void passes_over_a_version_that_is_for_a_newer_ansible_core() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.web", "*");
      assertThat(project.resolved("2.19.4")).containsExactly("acme.base 1.0.0", "acme.web 1.1.0");
      assertThat(project.resolved("2.99.0")).containsExactly("acme.base 2.0.0", "acme.web 1.1.0");
    }
  }

  @Test
  void identifies_itself_by_a_token_which_stays_with_the_server() {
    try (var mirror = GalaxyServer.over(artifacts).start();
        var server =
            GalaxyServer.over(artifacts).token("s3cret").downloadsFrom(mirror.root()).start()) {
      project.server(server).wants("acme.web", "1.1.0");
      assertThatThrownBy(project::locked)
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("401")
          .hasMessageContaining("[galaxy_server.one] token");

      project.environment.put("ANSIBLE_GALAXY_SERVER_ONE_TOKEN", "s3cret");
      project.store().tarballs(project.locked());
      assertThat(server.requests())
          .filteredOn(request -> request.status() == 302)
          .isNotEmpty()
          .allMatch(request -> request.authorization().equals("Token"));
      assertThat(mirror.requests())
          .isNotEmpty()
          .allMatch(request -> request.authorization().equals("-"));
    }
  }

  @Test
  void names_no_token_in_an_error() {
    try (var server = GalaxyServer.over(artifacts).token("right").start()) {
      project.server(server).wants("acme.web", "*");
      project.environment.put("ANSIBLE_GALAXY_SERVER_ONE_TOKEN", "wr0ng-t0ken");
      assertThatThrownBy(project::locked)
          .hasMessageNotContaining("wr0ng")
          .extracting(e -> String.valueOf(e.getCause()))
          .asString()
          .doesNotContain("wr0ng");
    }
  }

  @Test
  void understands_pages_redirects_relative_links_and_scanty_servers() {
    for (int minor = 2; minor < 30; minor++) {
      TinyCollection.named("acme.web", "1." + minor + ".0")
          .requiring("acme.base", "1.0.0")
          .in(artifacts);
    }
    for (var builder :
        new GalaxyServer.Builder[] {
          GalaxyServer.over(artifacts).page(3).redirect(),
          GalaxyServer.over(artifacts).relative(),
          GalaxyServer.over(artifacts).style("amanda"),
        }) {
      try (var server = builder.start()) {
        var own = new Project(directory.resolve("p" + server.root().replaceAll("[^0-9]", "")));
        own.server(server).wants("acme.web", "<1.29");
        assertThat(own.resolved()).containsExactly("acme.base 1.0.0", "acme.web 1.28.0");
        own.store().tarballs(own.locked());
      }
    }
  }

  @Test
  void finds_the_api_below_a_servers_home_page() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.servers(server.root()).wants("acme.base", "1.0.0");
      assertThat(project.resolved()).containsExactly("acme.base 1.0.0");
    }
  }

  @Test
  void tries_again_when_the_server_is_busy() {
    try (var server = GalaxyServer.over(artifacts).fail(2, 503).start()) {
      project.server(server).wants("acme.base", "1.0.0");
      assertThat(project.resolved()).containsExactly("acme.base 1.0.0");
    }
  }

  @Test
  void names_a_dead_server_and_what_was_wanted_of_it() {
    project.servers(DEAD).wants("acme.web", "*").wants("acme.base", "*");
    assertThatThrownBy(project::locked)
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining(DEAD)
        .hasMessageContaining("acme.web (requirements.yml:1), acme.base (requirements.yml:2)");
  }

  @Test
  void takes_a_collection_from_the_first_server_that_has_it_whatever_others_offer() {
    var other = directory.resolve("other");
    TinyCollection.named("acme.web", "1.1.0").with("other.txt", "").in(other);
    TinyCollection.named("acme.web", "99.0.0").in(other);
    TinyCollection.named("acme.only", "1.0.0").in(other);
    try (var one = GalaxyServer.over(artifacts).start();
        var two = GalaxyServer.over(other).start()) {
      project.servers(one.url(), two.url()).wants("acme.web", "*").wants("acme.only", "*");
      assertThat(project.locked())
          .extracting(LockedCollection::name, LockedCollection::source)
          .containsExactly(
              tuple("acme.base", one.url()),
              tuple("acme.only", two.url()),
              tuple("acme.web", one.url()));
      assertThat(two.requests()).noneMatch(request -> request.toString().contains("web"));

      var named = new Project(project.directory).wants("acme.web", "1.1.0", "two");
      assertThat(named.locked()).map(LockedCollection::source).containsExactly(two.url());
    }
  }

  @Test
  void does_not_pass_a_failing_server_by_unless_its_answer_cannot_matter() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.servers(server.url(), DEAD).wants("acme.base", "*");
      assertThat(project.resolved()).isNotEmpty();

      var missing = new Project(project.directory).wants("acme.nowhere", "*");
      assertThatThrownBy(missing::locked)
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(DEAD)
          .hasMessageContaining("server_list");

      var behind = new Project(directory.resolve("behind"));
      behind.servers(DEAD, server.url()).wants("acme.base", "1.0.0");
      assertThatThrownBy(behind::locked).hasMessageContaining(DEAD);
    }
  }

  @Test
  void asks_twice_a_collection_and_reads_the_api_root_once() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.web", "1.1.0").wants("acme.base", "1.0.0");
      project.locked();
      assertThat(server.requests()).hasSize(1 + 2 * 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void a_server_that_stays_busy_is_named_after_a_bounded_number_of_tries(int status) {
    try (var server = GalaxyServer.over(artifacts).fail(1000, status).start()) {
      project.server(server).wants("acme.base", "*");
      assertThatThrownBy(project::locked)
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(server.url())
          .hasMessageContaining("the server answers " + status);
      assertThat(server.requests()).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy", "truncated", "corrupt"})
  void a_download_is_tried_again_or_named(String fault) {
    var builder = GalaxyServer.over(artifacts);
    switch (fault) {
      case "busy" -> builder.failDownloads(2, 503);
      case "truncated" -> builder.truncate(2);
      default -> builder.corrupt("acme-base");
    }
    try (var server = builder.start()) {
      var locked = project.server(server).wants("acme.base", "*").locked();
      if (fault.equals("corrupt")) {
        assertThatThrownBy(() -> project.store().tarballs(locked))
            .isInstanceOf(Unresolvable.class)
            .hasMessageContaining(server.root());
      } else {
        assertThat(project.store().tarballs(locked)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"versions/?", "versions/1.0.0/"})
  void a_listing_or_detail_that_ends_early_is_tried_four_times_and_named(String part)
      throws Exception {
    try (var real = GalaxyServer.over(artifacts).start();
        var server =
            new LoopbackServer(exchange -> {
              if (exchange.getRequestURI().toString().contains(part)) {
                exchange.sendResponseHeaders(200, 10_000);
                exchange.getResponseBody().write("{\"data\": [".getBytes(UTF_8));
                exchange.getResponseBody().flush();
                return;
              }
              var target = URI.create(real.root() + exchange.getRequestURI());
              try (var body = target.toURL().openStream()) {
                LoopbackServer.reply(exchange, 200, body.readAllBytes());
              }
            })) {
      project.servers(server.uri("/api/").toString()).wants("acme.base", "1.0.0");
      assertThatThrownBy(project::locked)
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("127.0.0.1:" + server.port());
      assertThat(server.asked).filteredOn(line -> line.contains(part)).hasSize(4);
    }
  }
}
