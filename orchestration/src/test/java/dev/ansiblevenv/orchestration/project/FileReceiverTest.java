package dev.ansiblevenv.orchestration.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.run.WrittenFile;
import dev.ansiblevenv.core.run.WrittenFile.Change;
import dev.ansiblevenv.core.run.WrittenFile.Kind;
import dev.ansiblevenv.core.run.WrittenFiles;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import dev.ansiblevenv.formats.configuration.SettingName;
import dev.ansiblevenv.orchestration.project.FileReceiver.ReceiveLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a host may bring into a project.
final class FileReceiverTest {

  @TempDir private Path temporary;
  private Path project;

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectory(temporary.resolve("project"));
  }

  @Test
  void a_new_file_comes_as_it_is() throws IOException {
    assertThat(take(file("fetched/web1/hostname", Change.CREATED)).brought())
        .containsExactly("fetched/web1/hostname");
    assertThat(project.resolve("fetched/web1/hostname")).hasContent("from the host");
    assertThat(Files.isExecutable(project.resolve("fetched/web1/hostname"))).isFalse();
  }

  @Test
  void nothing_is_overwritten() throws IOException {
    Files.writeString(project.resolve("a"), "mine");
    Files.writeString(project.resolve("b"), "mine");
    Files.writeString(project.resolve("b.from-web1"), "mine");
    Files.writeString(project.resolve("same"), "from the host");
    assertThat(
            take(file("a", Change.CHANGED), file("b", Change.CREATED), file("same", Change.CREATED))
                .brought())
        .containsExactly("a.from-web1", "b.from-web1.2");
    assertThat(project.resolve("a")).hasContent("mine");
    assertThat(project.resolve("b.from-web1")).hasContent("mine");
    assertThat(take(file("a", Change.CHANGED), file("b", Change.CREATED)).brought()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "site.yml",
        "other.yaml",
        "vars.json",
        "ansible.cfg",
        "conf/ansible.cfg",
        "ansible-venv.yml",
        "hosts",
        "hosts.ini",
        "inventory",
        "inventory/prod",
        "group_vars/all",
        "x/Group_Vars/all",
        "host_vars/web1/x",
        "roles/web/x",
        "library/x",
        "filter_plugins/x",
        "collections/x",
        "requirements.yml",
        "x/requirements-dev.txt",
        "pyproject.toml",
        "deep/plugin.py",
        "deep/plugin.pyc",
        "deep/__pycache__/plugin.cpython-311.pyc",
        ".git/config",
        ".bashrc",
        "x/.ssh/authorized_keys",
        "venv_specs/x.yml"
      })
  void what_would_be_loaded_does_not_come(String path) throws IOException {
    var taken = take(file(path, Change.CREATED));
    assertThat(taken.brought()).isEmpty();
    assertThat(taken.left()).extracting(BroughtFiles.Left::path).containsExactly(path);
    assertThat(project).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/../../x",
        "/etc/x",
        "a//b",
        "a/",
        ".",
        "..",
        "%2E%2E/x",
        "a/%2e%2e/x",
        "%00",
        "x%0A",
        "..%2Fx"
      })
  void no_name_leads_out_of_the_directory(String path) throws IOException {
    for (var loadable : List.of(true, false)) {
      var taken =
          new FileReceiver(
                  project, "web1", loadable ? Optional.empty() : loaded(), ReceiveLimit.NONE)
              .take(this::write, written(file(path, Change.CREATED)), each -> true);
      assertThat(taken.brought()).isEmpty();
    }
    assertThat(temporary.toFile().list()).containsExactly("project");
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void no_link_of_the_project_is_followed() throws IOException {
    var outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createSymbolicLink(project.resolve("link"), outside);
    Files.createSymbolicLink(project.resolve("file"), outside.resolve("target"));
    var taken = take(file("link/x", Change.CREATED), file("file", Change.CREATED));
    assertThat(outside).isEmptyDirectory();
    assertThat(taken.brought()).containsExactly("file.from-web1");
    assertThat(taken.left()).extracting(BroughtFiles.Left::path).containsExactly("link/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environments/prod/zz",
        "environments/prod/host.from-web1",
        "lib/modules/copy",
        "lib/f/x",
        "shared/web/README",
        "given/new"
      })
  void nothing_comes_where_the_configuration_has_ansible_look(String path) throws IOException {
    Files.writeString(
        project.resolve("ansible.cfg"),
        """
        [defaults]
        inventory = environments/prod, .
        library = ./lib/modules
        filter_plugins = other:lib/f
        roles_path = shared:/elsewhere
        """);
    assertThat(take(file(path, Change.CREATED)).brought()).isEmpty();
    assertThat(
            take(file("environments/x", Change.CREATED), file("lib/x", Change.CREATED)).brought())
        .hasSize(2);
  }

  @Test
  void links_and_what_is_gone_stay() throws IOException {
    assertThat(
            take(
                    new WrittenFile("l", Kind.LINK, 1, 0777, Change.CREATED),
                    new WrittenFile("s", Kind.OTHER, 0, 0644, Change.CREATED),
                    new WrittenFile("gone", Kind.FILE, 0, 0, Change.REMOVED),
                    new WrittenFile("d", Kind.DIRECTORY, 0, 0755, Change.CREATED))
                .left())
        .hasSize(3);
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void it_is_bounded() throws IOException {
    var receiver = new FileReceiver(project, "web1", loaded(), new ReceiveLimit(2, 30));
    var taken =
        receiver.take(
            this::write,
            written(
                new WrittenFile("big", Kind.FILE, 31, 0644, Change.CREATED),
                file("a", Change.CREATED),
                file("b", Change.CREATED),
                file("c", Change.CREATED)),
            path -> true);
    assertThat(taken.brought()).containsExactly("a", "b");
    assertThat(taken.left()).hasSize(2);
  }

  private Optional<LoadedFiles> loaded() {
    var settings = new ConfigurationLookup(project, project, Map.of()).forProject();
    var inventories = new ArrayList<>(settings.pathList(SettingName.INVENTORY));
    inventories.add(project.resolve("given"));
    return Optional.of(LoadedFiles.of(project, settings, inventories));
  }

  private BroughtFiles take(WrittenFile... files) throws IOException {
    return new FileReceiver(project, "web1", loaded(), ReceiveLimit.DEFAULT)
        .take(this::write, written(files), path -> true);
  }

  private void write(String path, long max, java.io.OutputStream out) {
    try {
      out.write("from the host".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WrittenFile file(String path, Change change) {
    return new WrittenFile(path, Kind.FILE, 13, 0755, change);
  }

  private static WrittenFiles written(WrittenFile... files) {
    return new WrittenFiles("/srv/x", false, files.length, List.of(files));
  }
}
