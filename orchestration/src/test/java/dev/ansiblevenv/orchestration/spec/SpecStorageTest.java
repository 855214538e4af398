package dev.ansiblevenv.orchestration.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.analysis.Unresolved;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecStorageTest {

  private static final String SHA256 = "a1b2c3d4" + "0".repeat(56);
  private static final String NAME = "start_rtorrent_droplet_a1b2c3d4";

  @TempDir Path project;

  private SpecStorage storage() {
    return new SpecStorage(new YamlFiles(project));
  }

  private Path file() {
    return project.resolve("venv_specs/" + NAME + ".yml");
  }

  private static VenvSpecification spec(String sha256, List<String> packages) {
    return new VenvSpecification(
        NAME,
        "start_rtorrent_droplet.yml",
        sha256.substring(0, 8),
        List.of("community.digitalocean"),
        packages,
        LocalDateTime.of(2024, 1, 15, 10, 30),
        sha256,
        List.of(new CollectionConstraint("community.docker", ">=3.0.0", "")),
        List.of("requests>=2.20"),
        List.of(new RequiredRole("geerlingguy.docker", "galaxy", "7.0.0")),
        List.of(new Unresolved("site.yml", 12, "include", "{{ x }}: \"y\"")),
        new LintOutcome.Checked("ansible-lint 26.10.1", true),
        new TreeMap<>(
            Map.of("<playbook>", "0123456789012345", "roles/a/tasks/main.yml", "1e51e51e51e51e51")),
        VenvSpecification.SCHEMA_VERSION);
  }

  private static final VenvSpecification SPEC =
      spec(SHA256, List.of("ansible-core", "requests", "urllib3"));

  @Test
  void the_six_keys_come_first_and_the_rest_follows() {
    assertThat(storage().write(SPEC)).isEqualTo(SPEC);
    assertThat(file())
        .hasContent(
            """
            name: start_rtorrent_droplet_a1b2c3d4
            source_playbook: start_rtorrent_droplet.yml
            content_hash: a1b2c3d4
            collections:
              - community.digitalocean
            python_packages:
              - ansible-core
              - requests
              - urllib3
            created: "2024-01-15T10:30:00"
            content_sha256: a1b2c3d400000000000000000000000000000000000000000000000000000000
            collection_constraints:
              - name: community.docker
                version: ">=3.0.0"
            python_constraints:
              - "requests>=2.20"
            roles:
              - name: geerlingguy.docker
                source: galaxy
                version: "7.0.0"
            unresolved:
              - file: site.yml
                line: 12
                kind: include
                expression: "{{ x }}: \\"y\\""
            lint:
              linter: "ansible-lint 26.10.1"
              passed: true
            closure:
              "<playbook>": "0123456789012345"
              roles/a/tasks/main.yml: "1e51e51e51e51e51"
            schema_version: 1
            """);
    assertThat(storage().find(NAME)).contains(SPEC);
    assertThat(storage().names()).containsExactly(NAME);
  }

  @Test
  void a_spec_with_the_six_keys_alone_is_valid() throws Exception {
    write(
        """
        name: start_rtorrent_droplet_a1b2c3d4
        source_playbook: start_rtorrent_droplet.yml
        content_hash: a1b2c3d4
        collections:
          - community.digitalocean
        python_packages:
          - ansible-core
        created: "2024-01-15T10:30:00"
        """);
    var spec = storage().find(NAME).orElseThrow();
    assertThat(spec.contentSha256()).isEmpty();
    assertThat(spec.pythonPackages()).containsExactly("ansible-core");
    assertThat(spec.lint()).isEqualTo(new LintOutcome.Unknown());
  }

  @Test
  void the_same_content_is_not_written_again() throws Exception {
    storage().write(SPEC);
    var before = Files.readAttributes(file(), "unix:ino,ctime");
    var later = LocalDateTime.of(2025, 1, 1, 0, 0);
    var again = storage().write(SPEC.at(later, SPEC.currentSince()));
    assertThat(again).isEqualTo(SPEC);
    assertThat(Files.readAttributes(file(), "unix:ino,ctime")).isEqualTo(before);
  }

  @Test
  void a_rewrite_keeps_comments_and_unknown_keys() throws Exception {
    storage().write(SPEC);
    Files.writeString(
        file(),
        "# mine\n"
            + Files.readString(file())
                .replace("content_hash: a1b2c3d4", "content_hash: a1b2c3d4  # short\nowner: rix"));
    storage().write(spec(SHA256, List.of("ansible-core")));
    assertThat(Files.readString(file()))
        .startsWith("# mine\nname: ")
        .contains("content_hash: a1b2c3d4  # short\nowner: rix\n")
        .contains("python_packages:\n  - ansible-core\ncreated:");
  }

  @Test
  void two_contents_with_the_same_eight_digits_are_a_conflict() {
    storage().write(SPEC);
    var other = "a1b2c3d4" + "1".repeat(56);
    assertThatThrownBy(() -> storage().write(spec(other, List.of())))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining(SHA256)
        .hasMessageContaining(other);
    assertThat(storage().find(NAME)).contains(SPEC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-x", ".x", "a/b", "../a", "a b", "a\n", "\u00e4", "a'b", "$(x)", "*"})
  void a_name_that_cannot_be_one_is_refused(String name) {
    assertThatThrownBy(() -> storage().find(name)).isInstanceOf(UsageFailure.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: [|venv_specs/start_rtorrent_droplet_a1b2c3d4.yml:",
        "name: other|is not that of the file",
        "name: start_rtorrent_droplet_a1b2c3d4;content_hash: xyz|:2:15: is not valid: `content_hash`",
        "name: start_rtorrent_droplet_a1b2c3d4;name: x|:2:1: is not valid: the key `name` is there",
      })
  void a_spec_that_a_user_broke_is_invalid_input(String text, String message) throws Exception {
    write(text.replace(';', '\n'));
    assertThatThrownBy(() -> storage().find(NAME))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> storage().write(SPEC)).isInstanceOf(InvalidInput.class);
    assertThat(file()).hasContent(text.replace(';', '\n'));
  }

  @Property(tries = 300)
  void any_text_comes_back_as_it_was(@ForAll String expression) throws Exception {
    var directory = Files.createTempDirectory("spec");
    var storage = new SpecStorage(new YamlFiles(directory));
    var clean = "x" + expression.replaceAll("[^\\P{C}]|[\\p{Cs}\\p{Cn}]", "");
    var spec =
        new VenvSpecification(
            NAME,
            clean,
            "a1b2c3d4",
            List.of(clean),
            List.of(),
            LocalDateTime.of(2024, 1, 15, 10, 30),
            SHA256,
            List.of(),
            List.of(),
            List.of(),
            List.of(new Unresolved(clean, 1, clean, clean)),
            new LintOutcome.Skipped(),
            new TreeMap<>(),
            1);
    assertThat(storage.write(spec)).isEqualTo(spec);
  }

  private void write(String text) throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }
}
