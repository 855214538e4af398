package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.RealCollections;
import dev.ansiblevenv.testing.TinyCollection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionStoreIT {

  @TempDir Path directory;
  private Path artifacts;
  private Project project;

  @BeforeEach
  void lay_out() {
    artifacts = directory.resolve("artifacts");
    project = new Project(directory.resolve("project")).wants("acme.web", "*");
    TinyCollection.named("acme.web", "1.0.0")
        .with("plugins/modules/ping.py", "print('pong')\n")
        .in(artifacts);
  }

  private List<LockedCollection> locked(GalaxyServer server) {
    return project.server(server).locked();
  }

  @Test
  void keeps_tarballs_by_content_and_fetches_each_once() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      var locked = locked(server);
      var tarball = project.store().tarballs(locked).get(locked.getFirst());
      assertThat(tarball)
          .hasFileName(locked.getFirst().sha256())
          .hasSameBinaryContentAs(artifacts.resolve("acme-web-1.0.0.tar.gz"));
      var requests = server.requests().size();
      project.store().tarballs(locked);
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void makes_a_collections_root_of_exactly_what_is_asked_for() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      var root = project.store().unpacked(locked(server));
      assertThat(root.resolve("ansible_collections/acme/web/plugins/modules/ping.py"))
          .hasContent("print('pong')");
      assertThat(root.resolve("ansible_collections/acme/web/MANIFEST.json")).exists();
      assertThat(project.store().unpacked(locked(server))).isEqualTo(root);
    }
  }

  @Test
  void unpacks_large_real_collections_file_by_file_as_their_listing_says() throws Exception {
    var some =
        RealCollections.copy(directory.resolve("real"), "community.general", "ansible.posix");
    try (var server = GalaxyServer.over(some).start()) {
      var own =
          new Project(directory.resolve("own"))
              .server(server)
              .wants("community.general", "*")
              .wants("ansible.posix", "*");
      var root = own.store().unpacked(own.locked());
      try (var files =
          Files.walk(root.resolve("ansible_collections/community/general").toRealPath())) {
        assertThat(files.count()).isGreaterThan(4000);
      }
    }
  }

  @Test
  void keeps_nothing_of_a_corrupt_tarball() {
    try (var server = GalaxyServer.over(artifacts).corrupt("acme-web").start()) {
      var locked = locked(server);
      assertThatThrownBy(() -> project.store().tarballs(locked))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("acme-web-1.0.0.tar.gz")
          .hasMessageContaining(locked.getFirst().sha256());
      assertThat(project.directory.resolve("cache/blobs")).isEmptyDirectory();
    }
  }

  @Test
  void tries_again_when_a_download_breaks_off_or_the_server_is_busy() {
    for (var builder :
        List.of(
            GalaxyServer.over(artifacts).truncate(2),
            GalaxyServer.over(artifacts).failDownloads(2, 503))) {
      try (var server = builder.start()) {
        var own = new Project(directory.resolve("p" + server.root().replaceAll("[^0-9]", "")));
        own.server(server).wants("acme.web", "*");
        var tarballs = own.store().tarballs(own.locked());
        assertThat(tarballs.values()).allMatch(Files::isRegularFile);
      }
    }
  }

  @Test
  void gives_up_on_a_download_that_never_succeeds() {
    try (var server = GalaxyServer.over(artifacts).failDownloads(99, 503).start()) {
      var locked = locked(server);
      assertThatThrownBy(() -> project.store().tarballs(locked))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("503");
    }
  }

  @Test
  void many_at_once_get_the_same() throws Exception {
    try (var server = GalaxyServer.over(artifacts).delay(20).start()) {
      var locked = locked(server);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var roots =
            IntStream.range(0, 20)
                .mapToObj(_ -> threads.submit(() -> project.store().unpacked(locked)))
                .toList();
        for (var root : roots) {
          assertThat(root.get()).isEqualTo(roots.getFirst().get());
        }
      }
      assertThat(project.directory.resolve("cache/building")).isEmptyDirectory();
    }
  }

  @Test
  void builds_a_directory_of_the_project_and_notices_when_it_has_changed() {
    project.file("collections/acme/web/galaxy.yml", galaxy("dependencies: {}"));
    project.file("collections/acme/web/plugins/modules/x.py", "1\n");
    var own = new Project(project.directory).wants("acme.web", "*", "collections/acme/web");
    var locked = own.locked();
    assertThat(locked.getFirst().source()).isEqualTo("collections/acme/web");
    var root = own.store().unpacked(locked);
    assertThat(root.resolve("ansible_collections/acme/web/plugins/modules/x.py")).hasContent("1");

    project.file("collections/acme/web/plugins/modules/x.py", "2\n");
    assertThat(own.store().unpacked(locked)).isEqualTo(root);
    var elsewhere =
        new CollectionStore(
            directory.resolve("other-cache"), own.directory, own.clients(), own.clones());
    assertThatThrownBy(() -> elsewhere.tarballs(locked))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("collections/acme/web")
        .hasMessageContaining("has changed since");
  }

  private static String galaxy(String more) {
    return """
    namespace: acme
    name: web
    version: 3.0.0
    readme: README.md
    authors: [me]
    """
        + more
        + "\n";
  }
}
