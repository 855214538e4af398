package dev.ansiblevenv.analysis.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GalaxyRequirementsTest {

  @Test
  void reads_collections_with_version_source_and_type() {
    var file =
        read(
            """
            collections:
              - community.general
              - name: community.docker
                version: ">=3,<4"
                source: https://galaxy.example.org
                signatures: [file:///a.asc]
              - name: https://example.org/openstack/ansible-config_template
                type: git
                version: master
              - {name: a.b, source: "git+https://example.org/x.git", type: git}
            """);
    var place = "https://example.org/openstack/ansible-config_template";
    assertThat(file.collections())
        .containsExactly(
            new GalaxyCollection("community.general", "*", "", "galaxy", 2),
            new GalaxyCollection(
                "community.docker",
                ">=3,<4",
                "https://galaxy.example.org",
                "galaxy",
                List.of("file:///a.asc"),
                3),
            new GalaxyCollection(place, "master", place, "git", 7),
            new GalaxyCollection("a.b", "*", "git+https://example.org/x.git", "git", 10));
    assertThat(file.collections().get(2).provides("openstack.config_template")).isTrue();
    assertThat(file.collections().get(2).provides("openstack.cloud")).isFalse();
    assertThat(file.collections().get(3).provides("a.b")).isTrue();
    assertThat(file.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "git+https://example.org/a/b.git,v1   | git    | v1 | a.b",
        "git@example.org:a/b.git              | git    | *  | a.b",
        "https://example.org/a-b-1.0.0.tar.gz | url    | *  | a.b",
        "./a-b-1.0.0.tar.gz                   | file   | *  | a.b",
        "../collections/a/b                   | dir    | *  | a.b",
        "a.b                                  | galaxy | *  | a.b",
      })
  void a_name_that_is_a_place_says_what_it_is(
      String text, String type, String version, String provides) {
    assertThat(read("collections: ['" + text + "']").collections())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.type()).isEqualTo(type);
          assertThat(entry.version()).isEqualTo(version);
          assertThat(entry.provides(provides)).isTrue();
          assertThat(entry.provides("c.d")).isFalse();
        });
  }

  @Test
  void a_plain_list_names_roles() {
    var file =
        read(
            """
            - geerlingguy.docker
            - src: https://example.org/roles/nginx.git
              version: v1
            - src: geerlingguy.java
              name: java
            - git+https://example.org/roles/db.git,v2,database
            - role: old.style
            - include: more.yml
            """);
    assertThat(file.roles())
        .containsExactly(
            new GalaxyRole("geerlingguy.docker", "geerlingguy.docker", "", "", 1),
            new GalaxyRole("nginx", "https://example.org/roles/nginx.git", "git", "v1", 2),
            new GalaxyRole("java", "geerlingguy.java", "", "", 4),
            new GalaxyRole("database", "https://example.org/roles/db.git", "git", "v2", 6),
            new GalaxyRole("old.style", "old.style", "", "", 7));
    assertThat(file.includes()).containsExactly(new GalaxyRequirements.Include("more.yml", 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dependencies: []              | 1",
        "collections: a.b              | 1",
        "collections: ['a.b:>=1']      | 1",
        "collections: [[a.b]]          | 1",
        "roles: [{version: 1}]         | 1",
        "roles: ['a,b,c,d']            | 1",
        "text                          | 1",
        "collections: [a.b]            | 0",
        "collections:                  | 0",
      })
  void what_ansible_galaxy_would_refuse_is_said_and_the_rest_read(String text, int complaints) {
    assertThat(read(text).complaints()).hasSize(complaints);
  }

  @Test
  void a_range_behind_the_name_is_understood_all_the_same() {
    assertThat(read("collections: ['a.b:>=1,<2']").collections())
        .containsExactly(new GalaxyCollection("a.b", ">=1,<2", "", "galaxy", 1));
  }

  @Test
  void a_collections_own_dependencies_are_ranges_by_name() {
    var root =
        YamlReader.read(
            "galaxy.yml",
            "namespace: a\nname: b\ndependencies:\n  c.d: '>=1'\n  e.f:\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(GalaxyRequirements.dependencies(root))
        .containsExactly(
            new GalaxyCollection("c.d", ">=1", "", "galaxy", 4),
            new GalaxyCollection("e.f", "*", "", "galaxy", 5));
  }

  @Test
  void an_empty_file_asks_for_nothing() {
    assertThat(read("").collections()).isEmpty();
    assertThat(read("").complaints()).isEmpty();
  }

  private static GalaxyRequirements read(String text) {
    return GalaxyRequirements.of(
        YamlReader.read("requirements.yml", text.getBytes(StandardCharsets.UTF_8)));
  }
}
