package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Roles from a real server and from real repositories; `ansible-galaxy role install` is the
/// oracle.
class RoleLockerIT {

  @TempDir Path directory;
  private Project project;
  private GitRepository repository;
  private GalaxyServer server;

  @BeforeEach
  void lay_out() {
    repository = new GitRepository(directory.resolve("web.git"));
    repository
        .file("meta/main.yml", "galaxy_info: {author: me}\ndependencies: []\n")
        .file("tasks/main.yml", "- ansible.builtin.debug:\n")
        .file("files/run.sh", "#!/bin/sh\n")
        .file("tests/roles/inner/meta/main.yml", "dependencies: []\n")
        .file(".gitattributes", "docs export-ignore\n")
        .file("docs/much.md", "x");
    directory.resolve("web.git/files/run.sh").toFile().setExecutable(true);
    link("web.git/files/alias.sh", "run.sh");
    repository.commit();
    for (var version : new String[] {"1.9.0", "1.10.0", "0.3.0"}) {
      repository.file("VERSION", version).commit();
      repository.git("tag", version);
      archive("acme.web," + version, "ansible-role-web-" + version);
    }
    server =
        GalaxyServer.over(directory.resolve("artifacts")).roles(directory.resolve("roles")).start();
    project = new Project(directory.resolve("project")).server(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void archive(String name, String prefix) {
    try {
      Files.createDirectories(directory.resolve("artifacts"));
      var target = Files.createDirectories(directory.resolve("roles")).resolve(name + ".tar.gz");
      repository.archive(target, prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void link(String path, String target) {
    try {
      Files.createSymbolicLink(directory.resolve(path), Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LockedRole lock(String name, String source, String scm, String version) {
    return new RoleLocker(project.directory.resolve("cache"), project.clients(), project.clones())
        .lock(new RoleRequirement(name, source, scm, version, "requirements.yml:1"));
  }

  private static RoleStore store(Project project) {
    return new RoleStore(project.directory.resolve("cache"), project.clients(), project.clones());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme.web | acme.web                               |     |       ",
        "acme.web | acme.web                               |     | 1.9.0 ",
        "nginx    | acme.web                               |     | 0.3.0 ",
        "nginx    | git+file://DIR/web.git                 | git | 1.9.0 ",
        "web      | git+file://DIR/web.git                 | git |       ",
        "web      | URL/roles/acme.web,1.9.0.tar.gz        |     |       ",
      })
  void the_files_are_those_that_ansible_galaxy_installs(
      String name, String source, String scm, String version) throws Exception {
    var place = source.replace("DIR", directory.toString()).replace("URL", server.root());
    var asked = version == null ? "" : version;
    var locked = lock(name, place.replaceFirst("^git\\+", ""), scm == null ? "" : scm, asked);
    var requirements = directory.resolve("requirements.yml");
    Files.writeString(
        requirements,
        "roles: [{src: '" + place + "', name: " + name + ", version: '" + asked + "'}]\n");
    var theirs = directory.resolve("theirs");
    var process =
        new ProcessBuilder(
                AnsibleEnvironment.get().program("ansible-galaxy").toString(),
                "role",
                "install",
                "-r",
                requirements.toString(),
                "-p",
                theirs.toString())
            .directory(project.directory.toFile())
            .redirectErrorStream(true);
    process.environment().put("HOME", directory.resolve("home").toString());
    process.environment().put("ANSIBLE_CONFIG", project.directory + "/ansible.cfg");
    var started = process.start();
    var output = new String(started.getInputStream().readAllBytes());
    assertThat(started.waitFor()).as(output).isZero();
    var installed = files(theirs.resolve(name));
    installed.remove("meta/.galaxy_install_info");
    assertThat(files(store(project).content(locked))).isEqualTo(installed);
  }

  /// Content, and whether it is a program or a link.
  private static Map<String, String> files(Path root) throws IOException {
    var files = new TreeMap<String, String>();
    try (var tree = Files.walk(root)) {
      for (var file : tree.filter(each -> !Files.isDirectory(each)).toList()) {
        var kind =
            Files.isSymbolicLink(file)
                ? "-> " + Files.readSymbolicLink(file)
                : Sha256.of(Files.readAllBytes(file)) + (Files.isExecutable(file) ? " x" : "");
        files.put(root.relativize(file).toString(), kind);
      }
    }
    return files;
  }

  @Test
  void the_newest_version_is_the_one_that_ansible_takes_for_it() {
    var locked = lock("acme.web", "acme.web", "", "");
    assertThat(locked.version()).isEqualTo("1.10.0");
    assertThat(locked.source()).isEqualTo(server.url());
    assertThat(locked.url()).isEqualTo(server.root() + "/roles/acme.web,1.10.0.tar.gz");
  }

  @Test
  void a_repository_is_locked_at_a_commit_and_had_again_elsewhere() throws Exception {
    var locked = lock("web", "file://" + directory + "/web.git", "git", "1.9.0");
    assertThat(locked.version()).isEqualTo(repository.git("rev-parse", "1.9.0"));
    assertThat(locked.url()).isEqualTo("git+file://" + directory + "/web.git," + locked.version());
    repository.file("VERSION", "moved").commit();
    repository.git("tag", "--force", "1.9.0");
    var elsewhere = new Project(directory.resolve("elsewhere")).server(server);
    assertThat(store(elsewhere).content(locked).resolve("VERSION")).hasContent("1.9.0");
    assertThat(elsewhere.directory.resolve("cache/building")).isEmptyDirectory();
  }

  @Test
  void a_role_that_has_changed_behind_its_url_is_an_error() {
    var locked = lock("acme.web", "acme.web", "", "0.3.0");
    archive("acme.web,0.3.0", "other-name");
    var same = new Project(directory.resolve("same")).server(server);
    assertThat(store(same).content(locked)).as("another name of the archive").isDirectory();
    repository.file("NEWS", "x").commit();
    archive("acme.web,0.3.0", "p");
    var other = new Project(directory.resolve("other")).server(server);
    assertThatThrownBy(() -> store(other).content(locked))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("is not what was locked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme.none | acme.none           |     |       | there is no role acme.none",
        "acme.web  | acme.web            |     | 7.0.0 | has no version `7.0.0`",
        "web       | web                 |     |       | is not a role on Galaxy",
        "../web    | acme.web            |     |       | is not a role's name",
        "web       | https://a/x.hg      | hg  |       | only git is supported",
        "web       | ext::sh             | git |       | is not the address of a git repository",
        "web       | ftp://a/x.tar.gz    |     |       | cannot be the address of a role",
      })
  void what_is_not_to_be_had_is_named(
      String name, String source, String scm, String version, String message) {
    assertThatThrownBy(
            () -> lock(name, source, scm == null ? "" : scm, version == null ? "" : version))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message)
        .hasMessageContaining("requirements.yml:1");
  }

  @Test
  void a_tarball_that_is_no_role_or_leads_out_of_it_is_refused() {
    link("web.git/files/secret", "../../../../etc/hostname");
    repository.commit();
    assertThatThrownBy(() -> lock("web", "file://" + directory + "/web.git", "git", "main"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("leads out of it");
    var empty = new GitRepository(directory.resolve("empty.git"));
    empty.file("README.md", "").commit();
    assertThatThrownBy(() -> lock("web", "file://" + directory + "/empty.git", "git", ""))
        .hasMessageContaining("it has no meta/main.yml");
  }
}
