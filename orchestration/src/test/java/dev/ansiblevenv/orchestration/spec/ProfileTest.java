package dev.ansiblevenv.orchestration.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfileTest {

  @TempDir private Path project;

  @Test
  void what_a_person_writes_is_asked_for_with_its_place() throws IOException {
    var profile =
        profile(
            """
            name: torrent
            collections:
              - community.digitalocean
              - name: community.docker
                version: ">=3,<4"
                source: ../docker
            python_packages:
              - ansible-core>=2.17
              - requests [socks] ; python_version > "3.9"
            """);

    assertThat(profile.name()).isEqualTo("torrent");
    assertThat(profile.collections())
        .containsExactly(
            new CollectionRequirement("community.digitalocean", "*", "", "profiles/torrent.yml:3"),
            new CollectionRequirement(
                "community.docker", ">=3,<4", "../docker", "profiles/torrent.yml:4"));
    assertThat(profile.python())
        .containsExactly(
            new PythonRequirement("ansible-core>=2.17", "profiles/torrent.yml:8"),
            new PythonRequirement(
                "requests [socks] ; python_version > \"3.9\"", "profiles/torrent.yml:9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: other|:1:7: is not valid: `name` is not `torrent`",
        "collections: []|profiles/torrent.yml:1:1: is not valid: the key `name` is missing",
        "name: torrent;colections: []|:2:1: is not valid: unknown key `colections`",
        "name: torrent;source_playbook: a.yml|:2:1: is not valid: unknown key",
        "name: torrent;collections: a.b|:2:14: is not valid: `collections` is not a list",
        "name: torrent;collections:;- docker|:3:3: is not valid: `docker` is no collection",
        "name: torrent;collections:;- a.b>=3|:3:3: is not valid: `a.b>=3` is no collection",
        "name: torrent;collections:;- {name: a.b, version: '~=1'}|:3:3: is not valid: `~=1`",
        "name: torrent;collections:;- {name: a.b, vers: '1'}|:3:15: is not valid: unknown key",
        "name: torrent;collections: [a.b, a.b]|:2:20: is not valid: `a.b` is there twice",
        "name: torrent;python_packages:;- 3|:3:3: is not valid: `python_packages` has an item",
        "name: torrent;python_packages:;- requests=>3|:3:3: `requests=>3` is no Python",
        "name: torrent;python_packages:;- a;- [b]|:4:3: is not valid: `python_packages` has",
        "[]|profiles/torrent.yml:1:1: is not valid: the profile is not a mapping",
        "''|profiles/torrent.yml: the profile is empty",
        "name: [|profiles/torrent.yml:",
      })
  void every_mistake_is_an_error_at_its_place(String text, String message) {
    assertThatThrownBy(() -> profile(text.replace(';', '\n')))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_mistyped_key_is_answered_with_the_nearest() {
    assertThatThrownBy(() -> profile("name: torrent\npython_package: []\n"))
        .hasMessageContaining("did you mean `python_packages`?");
  }

  @Test
  void a_profile_and_a_spec_may_not_have_one_name() throws IOException {
    Files.createDirectories(project.resolve("venv_specs"));
    Files.writeString(project.resolve("venv_specs/Torrent.yml"), "name: Torrent\n");

    assertThatThrownBy(() -> profile("name: torrent\n"))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("profiles/torrent.yml")
        .hasMessageContaining("venv_specs/Torrent.yml");
    assertThatThrownBy(() -> specs().requireSameContent("torrent", "00", "torrent.yml"))
        .isInstanceOf(StateConflict.class);
  }

  @Test
  void a_spec_asks_for_its_names_and_what_bounds_them() throws IOException {
    Files.createDirectories(project.resolve("venv_specs"));
    Files.writeString(
        project.resolve("venv_specs/site_a1b2c3d4.yml"),
        """
        name: site_a1b2c3d4
        source_playbook: site.yml
        content_hash: a1b2c3d4
        collections: [acme.base, acme.web]
        python_packages: [requests, urllib3]
        created: "2024-01-15T10:30:00"
        collection_constraints:
          - name: acme.web
            version: ">=3"
        python_constraints:
          - requests>=2.31
        """);

    var asked = specs().requirements("site_a1b2c3d4").orElseThrow();

    assertThat(asked.collections())
        .containsExactly(
            new CollectionRequirement("acme.base", "*", "", "venv_specs/site_a1b2c3d4.yml:4"),
            new CollectionRequirement("acme.web", ">=3", "", "venv_specs/site_a1b2c3d4.yml:8"));
    assertThat(asked.python())
        .containsExactly(
            new PythonRequirement("urllib3", "venv_specs/site_a1b2c3d4.yml:5"),
            new PythonRequirement("requests>=2.31", "venv_specs/site_a1b2c3d4.yml:11"));
  }

  @Property(tries = 2000)
  void any_text_is_read_or_refused_with_an_error_of_ours(@ForAll("almostProfiles") String text)
      throws IOException {
    project = Files.createTempDirectory("profile");
    try {
      profile(text);
    } catch (Failure refused) {
      assertThat(refused).hasMessageContaining("profiles/torrent.yml");
    }
  }

  @Provide
  static Arbitrary<String> almostProfiles() {
    var pieces =
        List.of(
            "name: torrent\n",
            "collections:\n",
            "python_packages:\n",
            "- a.b\n",
            "- requests\n",
            "- name: a.b\n",
            "  version: '>=1'\n",
            "  version: 1.0\n",
            "  source: x\n",
            "- &x a\n",
            "- *x\n",
            "<<: *x\n",
            "? [a]\n: b\n",
            "- requests ; python_version\n",
            "- [a]\n",
            "- \n",
            "- !!binary aGk=\n",
            "- !vault |\n",
            "  b\n",
            "null\n",
            "~: 1\n",
            "---\n",
            "\t",
            "{",
            "]",
            "\u0000",
            "é",
            "- a @ https://x/y ; a",
            "- >-\n",
            "%");
    return Arbitraries.of(pieces).list().ofMaxSize(12).map(parts -> String.join("", parts));
  }

  private Requirements profile(String text) throws IOException {
    Files.createDirectories(project.resolve("profiles"));
    Files.writeString(project.resolve("profiles/torrent.yml"), text);
    return specs().profile("torrent").orElseThrow();
  }

  private SpecStorage specs() {
    return new SpecStorage(new YamlFiles(project));
  }
}
