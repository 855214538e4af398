package dev.ansiblevenv.orchestration.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.run.ProjectManifest;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a project is sent. The oracle of what git ignores is git.
final class ProjectWalkTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", System.getenv("PATH"), "GIT_DIR", "/nonexistent", "HOME", "/nonexistent");

  @TempDir private Path temporary;
  private Path project;

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectory(temporary.resolve("project")).toRealPath();
  }

  @Test
  void what_git_lists_is_what_is_sent() throws Exception {
    var lot = new Random(11);
    git("init", "-q");
    for (var round = 0; round < 15; round++) {
      for (var number = 0; number < 10; number++) {
        file(place(lot), "text");
      }
      file(".gitignore", String.join("\n", place(lot), "*.log", "/build", "!b/keep.log", "c/"));
      file("b/.gitignore", "local\n");
      if (lot.nextBoolean()) {
        git("add", "-f", ".");
      }
      var listed = new TreeSet<String>();
      for (var name :
          output("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")) {
        if (!name.isEmpty() && Files.exists(project.resolve(name))) {
          listed.add(name);
        }
      }
      assertThat(files(walk())).isEqualTo(listed);
    }
  }

  private static String place(Random lot) {
    var names = List.of("a", "b", "c", "build", "x.log", "keep.log", "local", "ü", "with space");
    var path = new StringBuilder();
    for (var depth = lot.nextInt(3); depth >= 0; depth--) {
      path.append("d").append(lot.nextInt(3)).append('/');
    }
    return path + names.get(lot.nextInt(names.size()));
  }

  @Test
  void without_a_repository_everything_is_sent_but_environments_and_our_own() throws IOException {
    for (var name :
        List.of(
            "site.yml",
            "venv/pyvenv.cfg",
            "venv/lib/x",
            ".ansible-venv/project",
            "host_venvs/h.yml",
            "venv_specs/s.yml",
            "roles/venv_specs/kept",
            ".hidden/x")) {
      file(name, "");
    }
    Files.createDirectories(project.resolve("empty/er"));
    assertThat(names(walk()))
        .containsExactlyInAnyOrder(
            ".",
            "site.yml",
            "roles",
            "roles/venv_specs",
            "roles/venv_specs/kept",
            ".hidden",
            ".hidden/x",
            "empty",
            "empty/er");
  }

  @Test
  void the_own_file_leaves_out_what_git_has() throws Exception {
    file("kept.txt", "");
    file("data/big.iso", "");
    file("data/small.txt", "");
    file("deep/secret.key", "");
    file(".ansible-venvignore", "*.iso\nsecret.*\n!kept.txt\n");
    git("init", "-q");
    git("add", ".");
    assertThat(files(walk()))
        .containsExactlyInAnyOrder(".ansible-venvignore", "kept.txt", "data/small.txt");
  }

  @Test
  void a_nested_repository_is_sent_as_it_is_on_disk() throws Exception {
    git("init", "-q");
    file("site.yml", "");
    file("roles/sub/tasks/main.yml", "");
    file("roles/sub/out/x", "");
    file("roles/sub/.gitignore", "out/\n");
    output(project.resolve("roles/sub"), "init", "-q");
    assertThat(files(walk()))
        .containsExactlyInAnyOrder("site.yml", "roles/sub/tasks/main.yml", "roles/sub/.gitignore");
  }

  @Test
  void a_project_that_a_surrounding_repository_ignores_is_sent() throws Exception {
    output(temporary, "init", "-q");
    Files.writeString(temporary.resolve(".gitignore"), "project\n");
    file("site.yml", "");
    assertThat(files(walk())).containsExactly("site.yml");
  }

  @Test
  void a_link_into_the_project_leads_there_everywhere_and_one_out_of_it_is_named()
      throws IOException {
    file("a/b/target", "");
    Files.createSymbolicLink(project.resolve("a/in"), project.resolve("a/b/target"));
    Files.createSymbolicLink(project.resolve("a/near"), Path.of("b/target"));
    Files.createSymbolicLink(project.resolve("out"), Path.of("../elsewhere"));
    var walk = walk();
    assertThat(walk.found())
        .filteredOn(entry -> entry.kind() == ListedEntry.LINK)
        .extracting(entry -> entry.name() + " " + entry.target())
        .containsExactlyInAnyOrder("a/in b/target", "a/near b/target", "out ../elsewhere");
    assertThat(walk.leadingOut()).containsExactly("out -> ../elsewhere");
  }

  @Test
  void a_repository_runs_nothing() throws Exception {
    git("init", "-q");
    file("site.yml", "");
    var witness = temporary.resolve("ran");
    git("config", "core.fsmonitor", "touch " + witness);
    git("config", "core.pager", "touch " + witness);
    file(".git/hooks/post-index-change", "#!/bin/sh\ntouch " + witness + "\n");
    project.resolve(".git/hooks/post-index-change").toFile().setExecutable(true);
    walk();
    assertThat(witness).doesNotExist();
  }

  @Test
  void only_files_that_changed_are_read_again() throws IOException {
    var cache = new HashCache(temporary.resolve("cache/listing"), Clock.systemUTC());
    file("a", "one");
    file("b", "one");
    for (var name : List.of("a", "b")) {
      Files.setLastModifiedTime(project.resolve(name), FileTime.fromMillis(1_000_000));
    }
    var first = cache.manifest(walk().found());
    assertThat(content(first, "a")).isEqualTo(Sha256.of("one".getBytes(UTF_8)));

    // The same size, time and inode: nobody looks into it.
    Files.writeString(project.resolve("a"), "two");
    Files.setLastModifiedTime(project.resolve("a"), FileTime.fromMillis(1_000_000));
    assertThat(cache.manifest(walk().found()).digest()).isEqualTo(first.digest());

    Files.setLastModifiedTime(project.resolve("a"), FileTime.fromMillis(2_000_000));
    var second = cache.manifest(walk().found());
    assertThat(content(second, "a")).isEqualTo(Sha256.of("two".getBytes(UTF_8)));
    assertThat(second.since(first).orElseThrow().added()).hasSize(1);
  }

  @Test
  void a_file_that_was_just_written_is_read_again() throws IOException {
    var cache = new HashCache(temporary.resolve("cache/listing"), Clock.systemUTC());
    for (var number = 0; number < 50; number++) {
      var text = "%03d".formatted(number);
      file("a", text);
      assertThat(content(cache.manifest(walk().found()), "a"))
          .isEqualTo(Sha256.of(text.getBytes(UTF_8)));
    }
  }

  @Test
  void too_much_is_an_error_that_names_the_largest_directories() throws IOException {
    for (var number = 0; number < 12; number++) {
      file("data/set/" + number, "x".repeat(100));
    }
    file("site.yml", "");
    assertThatThrownBy(
            () -> {
              var walk = walk(new CopyLimit(10, 1_000_000));
              walk.requireWithinBound();
            })
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("data/set");
  }

  private static String content(ProjectManifest manifest, String name) {
    return ProjectManifest.content(String.valueOf(manifest.lines().get(name))).orElseThrow();
  }

  private ProjectWalk walk() {
    return walk(CopyLimit.DEFAULT);
  }

  private ProjectWalk walk(CopyLimit limit) {
    var git = new GitIgnore(ENVIRONMENT, temporary.resolve("cache"));
    var walk = new ProjectWalk(project, git::standard, git.own(project), new Bound(limit));
    walk.project();
    return walk;
  }

  private static Set<String> names(ProjectWalk walk) {
    var names = new TreeSet<String>();
    walk.found().forEach(entry -> names.add(ManifestName.text(entry.name()).orElseThrow()));
    return names;
  }

  private static Set<String> files(ProjectWalk walk) {
    var names = new TreeSet<String>();
    walk.found().stream()
        .filter(entry -> entry.kind() != ListedEntry.DIRECTORY)
        .forEach(entry -> names.add(ManifestName.text(entry.name()).orElseThrow()));
    return names;
  }

  private void file(String name, String text) throws IOException {
    var file = project.resolve(name);
    if (Files.isDirectory(file)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// A `.gitignore` that only the index has is read from its object.
  @Test
  void a_repository_cannot_say_how_its_missing_objects_are_fetched() throws Exception {
    git("init", "-q");
    file("sub/.gitignore", "*.log\n");
    git("add", ".");
    git("update-index", "--skip-worktree", "sub/.gitignore");
    var object = output("rev-parse", ":sub/.gitignore").strip();
    Files.delete(project.resolve("sub/.gitignore"));
    Files.delete(
        project
            .resolve(".git/objects")
            .resolve(object.substring(0, 2))
            .resolve(object.substring(2)));
    file("sub/x.log", "");
    var witness = temporary.resolve("witness");
    file(".git/evil", "#!/bin/sh\ntouch " + witness + "\n");
    project.resolve(".git/evil").toFile().setExecutable(true);
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.partialClone", "origin");
    git("config", "remote.origin.promisor", "true");
    git("config", "protocol.allow", "always");
    for (var remote : List.of(project.toString(), "ext::" + project.resolve(".git/evil"))) {
      git("config", "remote.origin.url", remote);
      git("config", "remote.origin.uploadPack", project.resolve(".git/evil").toString());
      assertThat(names(walk())).contains("sub/x.log");
      assertThat(witness).doesNotExist();
    }
  }

  private void git(String... words) throws Exception {
    output(project, words);
  }

  private String output(String... words) throws Exception {
    return output(project, words);
  }

  private static String output(Path directory, String... words) throws Exception {
    var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(Arrays.asList(words));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }
}
