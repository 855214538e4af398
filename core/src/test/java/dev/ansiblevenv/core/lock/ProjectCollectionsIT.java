package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.RealCollections;
import dev.ansiblevenv.testing.TinyCollection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectCollectionsIT {

  @TempDir Path directory;
  private Path artifacts;
  private Project project;

  @BeforeEach
  void lay_out() {
    artifacts = directory.resolve("artifacts");
    project = new Project(directory.resolve("project"));
    TinyCollection.named("acme.base", "1.0.0").in(artifacts);
    TinyCollection.named("acme.base", "1.5.0").in(artifacts);
    project.file(
        "own/galaxy.yml",
        """
        namespace: acme
        name: web
        version: 3.0.0-dev1
        readme: README.md
        authors: [me]
        dependencies: {acme.base: "<1.5"}
        build_ignore: ["*.secret", docs/private]
        """);
    project.file("own/README.md", "# web\n");
    project.file("own/meta/runtime.yml", "requires_ansible: '>=2.16'\n");
    project.file("own/key.secret", "x");
  }

  @Test
  void a_directory_brings_its_dependencies_and_may_be_a_pre_release() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.web", "*", "own");
      assertThat(project.resolved()).containsExactly("acme.base 1.0.0", "acme.web 3.0.0-dev1");
      assertThatThrownBy(() -> project.resolved("2.15.1"))
          .hasMessageContaining("acme.web 3.0.0-dev1 requires ansible-core >=2.16, not 2.15.1");
    }
  }

  @Test
  void the_same_files_make_the_same_tarball_whenever_and_wherever() throws Exception {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.web", "*", "own");
      var here = project.locked();
      var copy = new Project(directory.resolve("elsewhere"));
      try (var files = Files.walk(project.directory)) {
        for (var file : files.sorted().toList()) {
          var target = copy.directory.resolve(project.directory.relativize(file));
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            Files.copy(file, target);
            Files.setLastModifiedTime(target, FileTime.fromMillis(1));
          }
        }
      }
      assertThat(copy.wants("acme.web", "*", "own").locked()).isEqualTo(here);
    }
  }

  @Test
  void a_tarball_of_the_project_is_taken_as_it_is() throws Exception {
    Files.createDirectories(project.directory.resolve("files"));
    var tarball = project.directory.resolve("files/posix.tar.gz");
    Files.copy(RealCollections.tarball("ansible.posix"), tarball);
    project.wants("ansible.posix", ">=1", "files/posix.tar.gz");
    var locked = project.locked();
    assertThat(locked.getFirst().version()).isEqualTo(RealCollections.version("ansible.posix"));
    assertThat(locked.getFirst().source()).isEqualTo("files/posix.tar.gz");
    assertThat(project.store().tarballs(locked).get(locked.getFirst()))
        .hasSameBinaryContentAs(tarball);
  }

  @Test
  void an_installed_collection_is_packed_as_its_listing_says() throws Exception {
    try (var server = GalaxyServer.over(artifacts).start()) {
      var source = new Project(directory.resolve("source")).server(server);
      source.wants("acme.base", "1.0.0");
      var root = source.store().unpacked(source.locked());
      var installed = root.resolve("ansible_collections/acme/base").toRealPath();
      Files.createDirectories(project.directory);
      Files.createSymbolicLink(project.directory.resolve("installed"), installed);
      project.wants("acme.base", "*", "installed");
      var again = project.store().unpacked(project.locked());
      assertThat(again.resolve("ansible_collections/acme/base/README.md"))
          .hasContent("# acme.base");
    }
  }

  @Test
  void another_collection_than_the_one_asked_for_is_refused() {
    project.wants("acme.other", "*", "own");
    assertThatThrownBy(project::locked)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("own: is the collection acme.web")
        .hasMessageContaining("requirements.yml:1 takes it for acme.other");
  }

  @Test
  void a_requirement_that_the_directory_does_not_meet_is_a_conflict() {
    project.wants("acme.web", "<2", "own").wants("acme.web", ">=1");
    assertThatThrownBy(project::locked).hasMessageContaining("<2.0.0 (requirements.yml:1)");
  }

  @Test
  void two_sources_of_one_collection_are_a_conflict() {
    project.wants("acme.web", "*", "own").wants("acme.web", "*", "http://127.0.0.1:1/");
    assertThatThrownBy(project::locked)
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("requirements.yml:2: acme.web is to come from two places");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no/such/place", "own/README.md", "own/meta"})
  void what_is_no_collection_is_refused(String source) {
    project.wants("acme.web", "*", source);
    assertThatThrownBy(project::locked).isInstanceOf(Failure.class).hasMessageContaining(source);
  }
}
