package dev.ansiblevenv.analysis.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  @ParameterizedTest
  @CsvSource({
    "MODULE, copy, ansible.builtin.copy",
    "MODULE, ansible.legacy.copy, ansible.builtin.copy",
    "MODULE, modprobe, community.general.modprobe",
    "MODULE, ansible.builtin.firewalld, ansible.posix.firewalld",
    "MODULE, community.docker.docker_container, community.docker.docker_container",
    "CONNECTION, docker, community.docker.docker",
    "CONNECTION, smart, ansible.builtin.ssh",
    "CALLBACK, profile_tasks, ansible.posix.profile_tasks",
    "LOOKUP, flattened, community.general.flattened",
    "FILTER, to_nice_yaml, ansible.builtin.to_nice_yaml",
    "FILTER, json_query, community.general.json_query",
    "TEST, defined, ansible.builtin.defined",
  })
  void a_name_leads_to_where_it_lives_now(PluginKind kind, String name, String fqcn) {
    assertThat(CATALOGUE.resolve(kind, name))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.fqcn()).isEqualTo(fqcn));
  }

  @Test
  void jinjas_own_filters_are_no_ansible_plugins() {
    assertThat(CATALOGUE.resolve(PluginKind.FILTER, "join")).isEqualTo(new Resolution.Native());
    assertThat(CATALOGUE.resolve(PluginKind.TEST, "==")).isEqualTo(new Resolution.Native());
  }

  @Test
  void a_removed_name_says_what_to_use_instead() {
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "include"))
        .isEqualTo(
            new Resolution.Removed(
                "ansible.builtin.include",
                List.of(),
                "Use include_tasks or import_tasks instead."));
  }

  @Test
  void a_deprecated_name_says_what_to_use_instead() {
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "apt_key"))
        .isEqualTo(
            new Resolution.Found(
                "ansible.builtin.apt_key", List.of(), "Use deb822_repository instead."));
  }

  @Test
  void a_misspelt_name_finds_its_neighbours() {
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "tempalte"))
        .isEqualTo(new Resolution.Unknown());
    assertThat(CATALOGUE.nearest(PluginKind.MODULE, "tempalte")).startsWith("template");
  }

  @Test
  void says_which_ansible_core_it_was_built_from() {
    assertThat(CATALOGUE.coreVersion()).matches("2\\.\\d+\\.\\d+");
  }
}
