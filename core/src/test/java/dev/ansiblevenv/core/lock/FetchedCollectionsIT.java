package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.core.storage.Trees;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.GitRepository;
import dev.ansiblevenv.testing.TinyCollection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Collections out of real repositories, cloned by the real git, and by URL from a real server.
class FetchedCollectionsIT {

  @TempDir Path directory;
  private Project project;
  private GitRepository repository;
  private String first;

  @BeforeEach
  void lay_out() {
    project = new Project(directory.resolve("project"));
    repository = new GitRepository(directory.resolve("web.git"));
    first = commit("1.0.0");
    repository.git("tag", "v1");
    repository.git("branch", "stable");
    commit("2.0.0");
  }

  private String commit(String version) {
    repository.file(
        "galaxy.yml",
        "namespace: acme\nname: web\nversion: " + version + "\nreadme: README.md\nauthors: [me]\n");
    repository.file("README.md", "# web " + version + "\n");
    repository.file("plugins/modules/hello.py", "#!/usr/bin/python\n");
    return repository.commit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "stable", "COMMIT"})
  void a_tag_a_branch_and_a_commit_lock_the_same_commit(String ref) {
    var version = ref.equals("COMMIT") ? first : ref;
    project.wants("acme.web", version, repository.url());
    assertThat(project.locked())
        .singleElement()
        .satisfies(locked -> {
          assertThat(locked.version()).isEqualTo("1.0.0");
          assertThat(locked.url()).isEqualTo(repository.url() + "," + first);
        });
  }

  @Test
  void without_a_version_the_default_branch_is_meant() {
    project.wants("acme.web", "*", repository.url());
    assertThat(project.resolved()).containsExactly("acme.web 2.0.0");
  }

  @Test
  void another_controller_builds_the_same_tarball_from_the_locked_commit() throws Exception {
    project.wants("acme.web", "v1", repository.url());
    var locked = project.locked();
    commit("3.0.0");
    var elsewhere = new Project(directory.resolve("elsewhere"));
    var content = elsewhere.store().contents(locked).values().iterator().next();
    assertThat(content.resolve("README.md")).hasContent("# web 1.0.0");
    assertThat(directory.resolve("elsewhere/cache/building")).isEmptyDirectory();
    assertThat(directory.resolve("project/cache/building")).isEmptyDirectory();
  }

  @Test
  void a_repository_whose_history_was_rewritten_is_an_error() {
    project.wants("acme.web", "*", repository.url());
    var locked = project.locked().getFirst();
    var forged =
        new LockedCollection(
            locked.name(),
            locked.version(),
            locked.source(),
            repository.url() + "," + first,
            locked.sha256(),
            locked.size());
    var elsewhere = new Project(directory.resolve("elsewhere"));
    assertThatThrownBy(() -> elsewhere.store().tarballs(List.of(forged)))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("is not what was locked");
  }

  @Test
  void a_repository_may_hold_several_collections_in_directories() {
    var many = new GitRepository(directory.resolve("many"));
    for (var name : List.of("one", "two")) {
      many.file(
          name + "/galaxy.yml",
          "namespace: acme\nname: " + name + "\nversion: 1.0.0\nreadme: README.md\nauthors: []\n");
      many.file(name + "/README.md", name);
    }
    var commit = many.commit();
    project.wants("acme.one", "*", many.url()).wants("acme.two", "*", many.url() + "#/two/");
    assertThat(project.locked())
        .extracting(LockedCollection::url)
        .containsExactly(many.url() + "#/one," + commit, many.url() + "#/two," + commit);
  }

  @Test
  void a_place_without_a_name_is_looked_into_for_what_is_not_to_be_had_otherwise() {
    TinyCollection.named("acme.base", "1.0.0").in(directory.resolve("artifacts"));
    try (var server = GalaxyServer.over(directory.resolve("artifacts")).start()) {
      project.server(server);
      project.wants("acme.web", "*").wants("acme.base", "*").wants("", "v1", repository.url());
      assertThat(project.resolved()).containsExactly("acme.base 1.0.0", "acme.web 1.0.0");
    }
  }

  @Test
  void a_tarball_by_url_is_locked_by_its_content() throws Exception {
    var artifacts = directory.resolve("artifacts");
    var tarball = TinyCollection.named("acme.web", "1.0.0").in(artifacts);
    try (var server = GalaxyServer.over(artifacts).start()) {
      var url = server.root() + "/artifacts/" + tarball.getFileName();
      project.wants("acme.web", "*", url);
      var locked = project.locked();
      assertThat(locked.getFirst().url()).isEqualTo(url);
      assertThat(locked.getFirst().sha256()).isEqualTo(Sha256.of(Files.readAllBytes(tarball)));
      var elsewhere = new Project(directory.resolve("elsewhere"));
      assertThat(elsewhere.store().tarballs(locked).values())
          .singleElement()
          .satisfies(blob -> assertThat(blob).hasSameBinaryContentAs(tarball));
      TinyCollection.named("acme.web", "1.0.0").with("NEWS", "x").in(artifacts);
      Trees.delete(directory.resolve("elsewhere/cache"));
      assertThatThrownBy(() -> elsewhere.store().tarballs(locked))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("is not the file that was asked for");
    }
  }

  @Test
  void what_is_built_has_the_files_that_ansible_galaxy_installs() throws Exception {
    repository.file("tests/unit/test_x.py", "");
    repository.file(".gitignore", "*.tmp\n");
    repository.commit();
    var target = directory.resolve("theirs");
    var process =
        new ProcessBuilder(
                AnsibleEnvironment.get().program("ansible-galaxy").toString(),
                "collection",
                "install",
                repository.url(),
                "-p",
                target.toString(),
                "--no-deps")
            .redirectErrorStream(true);
    process.environment().put("HOME", directory.resolve("home").toString());
    var started = process.start();
    var output = new String(started.getInputStream().readAllBytes());
    assertThat(started.waitFor()).as(output).isZero();
    project.wants("acme.web", "*", repository.url());
    var root = project.store().unpacked(project.locked());
    assertThat(files(root.resolve("ansible_collections/acme/web").toRealPath()))
        .isEqualTo(files(target.resolve("ansible_collections/acme/web")));
  }

  /// Everything but the listings, whose keys ansible-galaxy writes in another order.
  private static TreeMap<String, String> files(Path root) throws Exception {
    try (var tree = Files.walk(root)) {
      return tree.filter(Files::isRegularFile)
          .filter(file ->
              !Set.of("MANIFEST.json", "FILES.json").contains(root.relativize(file).toString()))
          .collect(
              Collectors.toMap(
                  file -> root.relativize(file).toString(),
                  file -> Sha256.of(bytes(file)),
                  (one, _) -> one,
                  TreeMap::new));
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_link_out_of_the_repository_takes_no_file_of_this_machine_with_it() throws Exception {
    Files.createSymbolicLink(directory.resolve("web.git/secret"), Path.of("/etc/hostname"));
    repository.commit();
    project.wants("acme.web", "*", repository.url());
    assertThatThrownBy(project::locked).hasMessageContaining("leads out of it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git+ext::sh -c touch% pwned",
        "git+--upload-pack=touch pwned",
        "git+ssh://-oProxyCommand=touch%20pwned/x",
        "git+https://me:secret@git.invalid/x.git",
        "git+file://relative",
        "git+https://git.invalid/x.git#/../y",
        "git+https://git.invalid/x.git,--help",
        "git+https://git.invalid/x.git,main~1",
        "https://me:secret@files.invalid/acme-web-1.0.0.tar.gz",
      })
  void what_could_be_anything_but_a_repository_is_refused(String source) {
    project.wants("acme.web", "*", source);
    assertThatThrownBy(project::locked)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("requirements.yml:1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void what_cannot_be_cloned_and_what_it_lacks_is_named() {
    project.wants("acme.web", "v9", repository.url());
    assertThatThrownBy(project::locked)
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("has no `v9`");
    var other = new Project(directory.resolve("other"));
    other.wants("acme.web", "*", "git+file://" + directory + "/nowhere");
    assertThatThrownBy(other::locked)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot clone")
        .hasMessageContaining("nowhere");
  }
}
