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
    "CONNECTION, paramiko_ssh, ansible.builtin.paramiko_ssh",
    "MODULE, community.aws.ec2_vpc_peer, amazon.aws.ec2_vpc_peering",
    "MODULE, cisco.ios.facts, cisco.ios.ios_facts",
    "MODULE, ansible.netcommon.net_ping, ansible.netcommon.net_ping",
    "MODULE, community.mysql.mysql_db, community.mysql.mysql_db",
    "FILTER, ansible.netcommon.ipaddr, ansible.utils.ipaddr",
    "MODULE, example.unheard.of, example.unheard.of",
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

  @Test
  void a_redirect_names_the_other_collections_that_it_passes() {
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "community.aws.ec2_vpc_peer"))
        .isInstanceOfSatisfying(
            Resolution.Found.class,
            found -> assertThat(found.through()).containsExactly("community.aws.ec2_vpc_peer"));
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "cisco.ios.facts"))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.through()).isEmpty());
  }

  @Test
  void a_name_that_no_known_version_of_its_collection_has_is_absent() {
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "ec2"))
        .isInstanceOfSatisfying(
            Resolution.Absent.class,
            removed -> {
              assertThat(removed.fqcn()).isEqualTo("amazon.aws.ec2");
              assertThat(removed.message())
                  .matches("amazon.aws [0-9.]+ has no module of this name");
            });
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "gce"))
        .isEqualTo(
            new Resolution.Removed(
                "community.general.gce",
                List.of(),
                "Use google.cloud.gcp_compute_instance instead."));
  }

  @ParameterizedTest
  @CsvSource({
    "FILTER, community.general.json_query, jmespath true documented",
    "FILTER, ansible.utils.ipmath, netaddr>=0.10.1 true checked",
    "MODULE, community.general.ldap_entry, python-ldap false documented",
    "MODULE, ansible.builtin.expect, pexpect>=3.3 false documented",
    "MODULE, community.rabbitmq.rabbitmq_vhost, requests false checked",
    "CONNECTION, ansible.builtin.winrm, pywinrm true documented",
    "MODULE, cisco.meraki.devices, meraki>=2.4.9 true documented",
  })
  void a_plugin_says_what_it_needs_of_python(PluginKind kind, String fqcn, String need) {
    assertThat(CATALOGUE.python(kind, fqcn))
        .extracting(each -> each.requirement() + " " + each.control() + " " + each.why())
        .containsExactly(need);
  }

  @Test
  void amazons_modules_require_what_their_runtime_fragment_says() {
    assertThat(CATALOGUE.python(PluginKind.MODULE, "amazon.aws.ec2_instance"))
        .extracting(Catalogue.PythonRequirement::requirement)
        .containsExactlyInAnyOrder("boto3>=1.34.0", "botocore>=1.34.0");
  }

  @Test
  void azures_modules_require_what_their_base_class_checks_and_not_all_that_the_collection_lists() {
    assertThat(CATALOGUE.python(PluginKind.MODULE, "azure.azcollection.azure_rm_resourcegroup"))
        .extracting(Catalogue.PythonRequirement::requirement)
        .contains("azure-mgmt-resource==23.2.0", "azure-mgmt-core==1.4.0")
        .doesNotContain("pandas>=2.3.3", "azure-cli-core==2.75.0")
        .allMatch(requirement ->
            requirement.startsWith("azure-")
                || requirement.startsWith("ms")
                || requirement.startsWith("microsoft-"));
  }

  @Test
  void a_group_of_module_defaults_is_its_modules() {
    assertThat(CATALOGUE.actionGroup("community.docker.docker"))
        .contains("community.docker.docker_container");
    assertThat(CATALOGUE.actionGroup("aws")).contains("amazon.aws.ec2_instance");
    assertThat(CATALOGUE.actionGroup("community.docker.nothing")).isEmpty();
  }

  @Test
  void a_collection_says_what_it_is() {
    assertThat(CATALOGUE.knows("community.docker")).isTrue();
    assertThat(CATALOGUE.knows("example.unheard")).isFalse();
    assertThat(CATALOGUE.knows("../python/distributions")).isFalse();
    var facts = CATALOGUE.collection("community.docker").orElseThrow();
    assertThat(facts.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(facts.requiresAnsible()).startsWith(">=");
    assertThat(facts.dependencies()).containsKey("community.library_inventory_filtering_v1");
  }

  @Test
  void an_index_wins_over_what_was_shipped_of_its_collection() {
    var content = new CollectionContent("community.docker", List.of("99.0.0"), "");
    content.kind("module").names().add("brand_new");
    var catalogue = CATALOGUE.with(CollectionIndex.of(content));
    assertThat(catalogue.collection("community.docker").orElseThrow().version())
        .isEqualTo("99.0.0");
    assertThat(catalogue.resolve(PluginKind.MODULE, "community.docker.brand_new"))
        .isInstanceOf(Resolution.Found.class);
    assertThat(CATALOGUE.resolve(PluginKind.MODULE, "community.docker.brand_new"))
        .isInstanceOf(Resolution.Absent.class);
  }

  @Test
  void a_plugin_is_real_where_either_release_has_it() {
    var one = new CollectionContent("a.b", List.of("1.0.0 one"), ">=2.15");
    var two = new CollectionContent("a.b", List.of("2.0.0 two"), ">=2.19");
    one.kind("module").names().addAll(List.of("kept", "later_gone"));
    two.kind("module").names().addAll(List.of("kept", "brand_new"));
    two.kind("module").removed().put("later_gone", "Gone.");
    one.kind("module").redirects().put("brand_new", "c.d.old");
    one.kind("module").redirects().put("moved", "c.d.moved");
    two.kind("module").removed().put("moved", "Gone.");
    var catalogue = CATALOGUE.with(CollectionIndex.of(one.and(two)));
    for (var name : List.of("kept", "later_gone", "brand_new")) {
      assertThat(catalogue.resolve(PluginKind.MODULE, "a.b." + name))
          .isEqualTo(new Resolution.Found("a.b." + name, List.of(), ""));
    }
    assertThat(catalogue.resolve(PluginKind.MODULE, "a.b.moved"))
        .isEqualTo(new Resolution.Found("c.d.moved", List.of("a.b.moved"), ""));
    assertThat(catalogue.collection("a.b").orElseThrow().requiresAnsible()).isEqualTo(">=2.15");
  }
}
