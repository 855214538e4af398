package dev.ansiblevenv.analysis.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
              - name: https://example.org/openstack/ansible-config_template
                type: git
                version: master
            """);
    assertThat(file.collections())
        .containsExactly(
            new GalaxyRequirements.Collection("community.general", "*", "", "galaxy", 2),
            new GalaxyRequirements.Collection(
                "community.docker", ">=3,<4", "https://galaxy.example.org", "galaxy", 3),
            new GalaxyRequirements.Collection(
                "https://example.org/openstack/ansible-config_template", "master", "", "git", 6));
    assertThat(file.collections().getLast().provides("openstack.config_template")).isTrue();
    assertThat(file.collections().getLast().provides("openstack.cloud")).isFalse();
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
            """);
    assertThat(file.roles())
        .containsExactly(
            new GalaxyRequirements.Role("geerlingguy.docker", "geerlingguy.docker", "", 1),
            new GalaxyRequirements.Role("nginx", "https://example.org/roles/nginx.git", "v1", 2),
            new GalaxyRequirements.Role("java", "geerlingguy.java", "", 4));
  }

  @Test
  void an_empty_file_asks_for_nothing() {
    assertThat(read("").collections()).isEmpty();
  }

  private static GalaxyRequirements read(String text) {
    return GalaxyRequirements.of(
        YamlReader.read("requirements.yml", text.getBytes(StandardCharsets.UTF_8)));
  }
}
