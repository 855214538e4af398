package dev.ansiblevenv.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaybookAnalyzerTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  @TempDir private Path project;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "copy: src=a dest=b                                  # ansible.builtin.copy",
        "ansible.builtin.copy: {src: a, dest: b}             # ansible.builtin.copy",
        "ansible.legacy.copy: {src: a, dest: b}              # ansible.builtin.copy",
        "action: copy src=a dest=b                           # ansible.builtin.copy",
        "local_action: copy src=a dest=b                     # ansible.builtin.copy",
        "action: {module: copy, src: a}                      # ansible.builtin.copy",
        "local_action: {module: copy src=a, dest: b}         # ansible.builtin.copy",
        "ufw: state=enabled                                  # community.general.ufw",
        "community.docker.docker_container: {name: x}        # community.docker.docker_container",
        "'{become: yes, when: true, ping: }'                 # ansible.builtin.ping",
        "block: [{debug: }]                                  # ansible.builtin.debug",
        "'{block: [], rescue: [{debug: }]}'                  # ansible.builtin.debug",
        "'{block: [], always: [{debug: }]}'                  # ansible.builtin.debug",
      })
  void a_task_names_its_module_in_every_spelling(String task, String plugin) throws IOException {
    var text = task.startsWith("'") ? task.substring(1, task.lastIndexOf('\'')) : task.strip();
    write("site.yml", "- hosts: all\n  tasks:\n    - " + text + "\n");
    assertThat(analyze().plugins()).containsExactly(plugin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{debug: {msg: \"{{ x | to_json }}\"}}              # ansible.builtin.to_json",
        "{debug: , when: x is failed}                         # ansible.builtin.failed",
        "{debug: , failed_when: [x is changed]}               # ansible.builtin.changed",
        "{assert: {that: [x is match('a')]}}                  # ansible.builtin.match",
        "{debug: , with_community.general.flattened: [a]}     # community.general.flattened",
        "{debug: , loop: \"{{ query('dig', 'x') }}\"}         # community.general.dig",
        "{debug: , connection: docker}                        # community.docker.docker",
        "{debug: , become_method: community.general.sudosu}   # community.general.sudosu",
        "{debug: , vars: {ansible_connection: netconf}}       # ansible.netcommon.netconf",
        "{add_host: name=x ansible_connection=podman}         # containers.podman.podman",
        "{debug: , module_defaults: {sysctl: {}}}             # ansible.posix.sysctl",
      })
  void whatever_else_a_task_names_counts_too(String task, String plugin) throws IOException {
    write("site.yml", "- hosts: all\n  tasks:\n    - " + task + "\n");
    assertThat(analyze().plugins()).contains(plugin);
  }

  @Test
  void what_a_role_of_a_known_collection_uses_is_needed_too() throws IOException {
    write("site.yml", "- {hosts: all, collections: [grafana.grafana], roles: [grafana]}\n");
    var analysis = analyze();
    assertThat(analysis.plugins())
        .contains("grafana.grafana.grafana", "community.grafana.grafana_dashboard");
    assertThat(analysis.collections())
        .extracting(CollectionNeed::name)
        .contains("grafana.grafana", "community.grafana", "community.general");
    assertThat(analysis.unresolved()).isEmpty();
  }

  @Test
  void a_name_that_moved_through_a_collection_needs_both() throws IOException {
    write("site.yml", "- {hosts: all, tasks: [{community.aws.ec2_vpc_peer: }]}\n");
    var analysis = analyze();
    assertThat(analysis.plugins()).containsExactly("amazon.aws.ec2_vpc_peering");
    assertThat(analysis.collections())
        .extracting(CollectionNeed::name)
        .containsExactly("amazon.aws", "community.aws");
  }

  @Test
  void a_name_that_is_gone_from_todays_versions_is_reported_and_its_collection_needed()
      throws IOException {
    write("site.yml", "- {hosts: all, tasks: [{ec2: }]}\n");
    var analysis = analyze();
    assertThat(analysis.removed()).extracting(Retirement::name).containsExactly("amazon.aws.ec2");
    assertThat(analysis.collections())
        .extracting(CollectionNeed::name)
        .containsExactly("amazon.aws");
    assertThat(analysis.findings()).noneMatch(Finding::fatal);
  }

  @Test
  void a_tombstone_is_an_error_unless_the_user_asks_for_certain_versions() throws IOException {
    write("site.yml", "- {hosts: all, tasks: [{community.general.rax: }]}\n");
    assertThat(analyze().findings()).anyMatch(Finding::fatal);
    write("requirements.yml", "collections: [{name: community.general, version: '<9.0.0'}]\n");
    assertThat(analyze().findings()).noneMatch(Finding::fatal);
  }

  @Test
  void an_own_collection_is_judged_by_its_files() throws IOException {
    write("galaxy.yml", "namespace: my\nname: own\n");
    write("plugins/modules/thing.py", "import requests\n");
    write(
        "plugins/filter/more.py",
        "class FilterModule:\n  def filters(self):\n    return {'up': 1}\n");
    write("meta/runtime.yml", "plugin_routing: {modules: {old: {redirect: my.own.thing}}}\n");
    write(
        "playbooks/site.yml",
        "- {hosts: all, tasks: [{thing: {x: '{{ a | my.own.up }}'}}, {my.own.old: }]}\n");
    var analysis = analyze("playbooks/site.yml");
    assertThat(analysis.plugins()).containsExactly("my.own.thing", "my.own.up");
    assertThat(analysis.collections()).isEmpty();
    assertThat(analysis.pythonPackages())
        .extracting(PythonNeed::name)
        .containsExactly("ansible-core", "requests");
    var before = analysis.name();
    write("plugins/modules/thing.py", "import netaddr\n");
    assertThat(analyze("playbooks/site.yml").name()).isNotEqualTo(before);
  }

  @Test
  void a_module_that_may_be_a_file_of_the_projects_is_no_package_by_its_name() throws IOException {
    write("library/thing.py", "import helpers_of_ours\n");
    write("site.yml", "- {hosts: all, tasks: [{thing: }]}\n");
    var analysis = analyze();
    assertThat(analysis.pythonPackages())
        .extracting(PythonNeed::name)
        .containsExactly("ansible-core");
    assertThat(analysis.unresolved())
        .extracting(Unresolved::expression)
        .containsExactly("which package `helpers_of_ours` is in");
  }

  @Test
  void a_role_that_ansible_would_not_find_from_the_playbook_is_pointed_out() throws IOException {
    write("roles/web/tasks/main.yml", "- ping:\n");
    write("plays/site.yml", "- {hosts: all, roles: [web]}\n");
    assertThat(analyze("plays/site.yml").findings())
        .anySatisfy(finding -> assertThat(finding.message()).contains("roles_path = roles"))
        .anyMatch(Finding::fatal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "a..b", "a.b.c", "''", "ns.'x y'", "ansible.builtin"})
  void what_is_no_collection_provides_nothing(String name) throws IOException {
    write(
        "site.yml",
        "- {hosts: all, collections: [" + name + "], roles: [r], tasks: [{thing: }]}\n");
    assertThat(analyze().collections()).isEmpty();
  }

  @Test
  void a_plugin_beside_the_playbook_is_judged_by_its_imports() throws IOException {
    write(
        "library/thing.py",
        "import requests\nimport os\ntry:\n  import boto3\nexcept ImportError:\n  pass\n");
    write(
        "filter_plugins/f.py",
        "import netaddr\nclass FilterModule:\n  def filters(self):\n    return {'up': 1}\n");
    write("site.yml", "- {hosts: all, tasks: [{thing: {x: '{{ a | up }}'}}]}\n");
    assertThat(analyze().pythonPackages())
        .extracting(PythonNeed::name, PythonNeed::side)
        .containsExactlyInAnyOrder(
            tuple("ansible-core", Side.BOTH),
            tuple("requests", Side.MANAGED_NODE),
            tuple("netaddr", Side.CONTROL));
  }

  @Test
  void the_configuration_nearest_to_the_playbook_counts() throws IOException {
    write("ansible.cfg", "[defaults]\nstdout_callback = oneline\n");
    write("metal/ansible.cfg", "[defaults]\nstdout_callback = debug\n");
    write("metal/plays/boot.yml", "- {hosts: all, tasks: [{ping: }]}\n");
    var playbook = project.resolve("metal/plays/boot.yml");
    var fromElsewhere =
        new ConfigurationLookup(project, project.resolveSibling("x"), Map.of())
            .forPlaybook(playbook);
    var request = new AnalysisRequest(project, playbook, List.of(), fromElsewhere);
    assertThat(new PlaybookAnalyzer(CATALOGUE).analyze(request).plugins())
        .contains("ansible.posix.debug")
        .doesNotContain("ansible.builtin.oneline");
  }

  @Test
  void a_roles_path_of_another_place_means_the_directory_of_this_checkout() throws IOException {
    write("ansible.cfg", "[defaults]\nroles_path = /etc/nowhere/project/roles\n");
    write("roles/web/tasks/main.yml", "- sysctl:\n");
    write("plays/site.yml", "- {hosts: all, roles: [web]}\n");
    assertThat(analyze("plays/site.yml").plugins()).containsExactly("ansible.posix.sysctl");
  }

  @Test
  void a_role_of_a_known_collection_needs_it_whatever_its_name_is() throws IOException {
    write(
        "site.yml",
        "- {hosts: all, tasks: [{include_role: {name: 'redhat.rhel_system_roles.{{ x }}'}}]}\n");
    assertThat(analyze().collections())
        .extracting(CollectionNeed::name)
        .containsExactly("redhat.rhel_system_roles");
  }

  @Test
  void a_collection_elsewhere_in_the_project_is_read_and_still_needed() throws IOException {
    write("dev/config/galaxy.yml", "namespace: my\nname: config\n");
    write("dev/config/roles/router/meta/main.yml", "dependencies: [base]\n");
    write("dev/config/roles/base/tasks/main.yml", "- sysctl:\n");
    write("plays/site.yml", "- {hosts: all, roles: [my.config.router]}\n");
    var analysis = analyze("plays/site.yml");
    assertThat(analysis.plugins())
        .containsExactly("ansible.posix.sysctl", "my.config.base", "my.config.router");
    assertThat(analysis.collections())
        .extracting(CollectionNeed::name)
        .containsExactly("ansible.posix", "my.config");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{%- include 'b.j2' -%}", "{%+ include 'b.j2' %}", "{{- 1 }}{% include 'b.j2' %}"})
  void margins_hide_no_inclusion(String text) throws IOException {
    write("templates/a.j2", text);
    write("templates/b.j2", "{{- x | to_json }}");
    write("site.yml", "- {hosts: all, tasks: [{template: {src: a.j2, dest: a}}]}\n");
    assertThat(analyze().plugins()).contains("ansible.builtin.to_json");
  }

  @Test
  void an_unsafe_string_is_no_template() throws IOException {
    write("site.yml", "- hosts: all\n  vars: {a: !unsafe '{{ x | to_json }}'}\n");
    assertThat(analyze().plugins()).isEmpty();
  }

  @Test
  void the_closure_follows_imports_roles_variables_templates_and_dependencies() throws IOException {
    write(
        "site.yml",
        """
        - import_playbook: more/second.yml
        - hosts: all
          vars_files: [vars/a.yml, [vars/missing.yml, vars/b.yml]]
          roles: [{role: web, port: 80}]
          tasks:
            - import_tasks: tasks/x.yml
            - include_vars: c.yml
          handlers:
            - include_tasks: handlers/h.yml
        """);
    write("more/second.yml", "- hosts: all\n  tasks: [{include_role: {name: far}}]\n");
    write("more/roles/far/tasks/main.yml", "- ping:\n");
    write("vars/a.yml", "a: 1\n");
    write("vars/b.yml", "b: 1\n");
    write("vars/c.yml", "c: \"{{ x | to_uuid }}\"\n");
    write("tasks/x.yml", "- include_tasks: y.yml\n");
    write("tasks/y.yml", "- debug:\n");
    write("handlers/h.yml", "- debug:\n");
    write("group_vars/all/main.yml", "g: 1\n");
    write("host_vars/web1.yaml", "h: 1\n");
    write("host_vars/README.md", "not read\n");
    write("roles/web/meta/main.yml", "dependencies: [common]\n");
    write("roles/web/meta/argument_specs.yml", "argument_specs: {}\n");
    write("roles/web/defaults/main.yml", "conf: site\n");
    write("roles/web/vars/main/one.yml", "one: 1\n");
    write("roles/web/handlers/main.yml", "- service: name=web\n");
    write("roles/web/tasks/main.yaml", "- template: {src: \"{{ conf }}.j2\", dest: /x}\n");
    write("roles/web/tasks/unused.yml", "- debug:\n");
    write("roles/web/templates/site.j2", "{% include 'part.j2' %}\n");
    write("roles/web/templates/part.j2", "{{ x | b64encode }}\n");
    write("roles/web/library/own.py", "import x\n");
    write("roles/common/tasks/main.yml", "- own:\n");
    write("requirements.yml", "collections: []\n");
    write("ansible.cfg", "[defaults]\nforks = 3\nstdout_callback = yaml\n");
    assertThat(analyze().canonicalForm().files().keySet())
        .containsExactlyInAnyOrder(
            "<playbook>",
            "ansible.cfg",
            "group_vars/all/main.yml",
            "handlers/h.yml",
            "host_vars/web1.yaml",
            "more/roles/far/tasks/main.yml",
            "more/second.yml",
            "requirements.yml",
            "roles/common/tasks/main.yml",
            "roles/web/defaults/main.yml",
            "roles/web/handlers/main.yml",
            "roles/web/library/own.py",
            "roles/web/meta/argument_specs.yml",
            "roles/web/meta/main.yml",
            "roles/web/tasks/main.yaml",
            "roles/web/templates/part.j2",
            "roles/web/templates/site.j2",
            "roles/web/vars/main/one.yml",
            "tasks/x.yml",
            "tasks/y.yml",
            "vars/a.yml",
            "vars/b.yml",
            "vars/c.yml");
    assertThat(analyze().plugins())
        .contains("ansible.builtin.b64encode", "ansible.builtin.to_uuid", "ansible.builtin.ping");
    assertThat(analyze().findings()).noneMatch(Finding::fatal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{include_role: {name: \"{{ 'a' if x else 'b-' + y }}\"}}                    # a b-one b-two",
        "{include_role: {name: \"b-{{ item.n }}\"}, loop: [{n: one}, {n: two}]}      # b-one b-two",
        "{include_role: {name: \"b-{{ item }}\"}, with_items: [one]}                 # b-one",
        "{include_role: {name: \"{{ m[k] }}\"}, vars: {m: {x: a, y: b-two}}}         # a b-two",
        "{include_role: {name: \"{{ n | default('a') }}\"}, vars: {n: b-one}}        # b-one",
      })
  void a_computed_role_name_finds_every_role_that_it_can_mean(String task, String roles)
      throws IOException {
    for (var role : List.of("a", "b-one", "b-two", "c")) {
      write("roles/" + role + "/tasks/main.yml", "- debug:\n");
    }
    write("site.yml", "- hosts: all\n  tasks:\n    - " + task + "\n");
    assertThat(analyze().roles().stream().map(RoleNeed::name))
        .containsExactly(roles.split(" ", -1));
  }

  @Test
  void first_found_takes_everything_up_to_the_first_file_that_surely_exists() throws IOException {
    write(
        "site.yml",
        """
        - hosts: all
          tasks:
            - include_vars: "{{ item }}"
              with_first_found:
                - files: ["{{ os }}-9.yml", default.yml, never.yml]
                  paths: [vars]
        """);
    for (var name : List.of("debian-9", "redhat-9", "redhat-8", "default", "never")) {
      write("vars/" + name + ".yml", "a: 1\n");
    }
    assertThat(analyze().canonicalForm().files().keySet())
        .containsExactly(
            "<playbook>", "vars/debian-9.yml", "vars/default.yml", "vars/redhat-9.yml");
  }

  @Test
  void requirements_bound_what_is_used_and_need_nothing_themselves() throws IOException {
    write("site.yml", "- hosts: all\n  tasks: [{community.docker.docker_image: {name: x}}]\n");
    write(
        "collections/requirements.yml",
        "collections:\n  - {name: community.docker, version: '>=3'}\n  - ansible.posix\n");
    assertThat(analyze().collections())
        .singleElement()
        .satisfies(need -> {
          assertThat(need.name()).isEqualTo("community.docker");
          assertThat(need.constraint()).isEqualTo(">=3");
          assertThat(need.because())
              .contains(
                  new Because("site.yml", 2, "module", "community.docker.docker_image"),
                  new Because(
                      "collections/requirements.yml", 2, "requirements", "community.docker"));
        });
  }

  @Test
  void what_the_plugins_of_a_known_collection_import_is_needed_where_they_run() throws IOException {
    write(
        "site.yml",
        """
        - hosts: all
          tasks:
            - community.docker.docker_image: {name: "{{ x | community.general.json_query('a') }}"}
        """);
    assertThat(analyze().pythonPackages())
        .extracting(need -> need.requirement() + " " + need.side().word())
        .containsExactly("ansible-core both", "jmespath control", "requests managed-node");
    assertThat(analyze().unresolved()).isEmpty();
  }

  @Test
  void what_the_plugins_of_an_unknown_collection_import_is_reported_as_not_known()
      throws IOException {
    write("site.yml", "- hosts: all\n  tasks: [{example.unheard.of: {}}]\n");
    assertThat(analyze().collections())
        .extracting(CollectionNeed::name)
        .containsExactly("example.unheard");
    assertThat(analyze().unresolved())
        .extracting(Unresolved::expression)
        .containsExactly(
            "Python packages of example.unheard's plugins example.unheard.of are not known");
  }

  @Test
  void a_name_that_is_in_no_known_version_is_reported_and_only_a_buried_one_is_an_error()
      throws IOException {
    write("site.yml", "- hosts: all\n  tasks: [{ec2: {}}, {gce: {}}]\n");
    assertThat(analyze().collections())
        .extracting(CollectionNeed::name)
        .containsExactly("amazon.aws", "community.general");
    assertThat(analyze().removed())
        .extracting(Retirement::name)
        .containsExactly("amazon.aws.ec2", "community.general.gce");
    assertThat(analyze().findings())
        .extracting(finding -> finding.fatal())
        .containsExactly(false, true);
  }

  @Test
  void a_redirect_across_collections_needs_both() throws IOException {
    write("site.yml", "- hosts: all\n  tasks: [{community.aws.ec2_vpc_peer: {}}]\n");
    assertThat(analyze().collections())
        .extracting(CollectionNeed::name)
        .containsExactly("amazon.aws", "community.aws");
    assertThat(analyze().plugins()).contains("amazon.aws.ec2_vpc_peering");
  }

  @Test
  void an_own_plugin_wins_over_the_routing() throws IOException {
    write("library/ufw.py", "#!/usr/bin/python\n");
    write("site.yml", "- hosts: all\n  tasks: [{ufw: {state: enabled}}]\n");
    assertThat(analyze().collections()).isEmpty();
  }

  @Test
  void an_unknown_module_is_an_error_with_its_place_and_neighbours() throws IOException {
    write("site.yml", "- hosts: all\n  tasks:\n    - tempalte: {src: a}\n");
    assertThat(analyze().findings())
        .singleElement()
        .hasToString(
            "site.yml:3: analysis[unknown-module]: no module is called `tempalte`; did you mean template?");
  }

  @Test
  void a_short_name_may_come_from_one_of_several_listed_collections() throws IOException {
    write("site.yml", "- hosts: all\n  collections: [a.b, c.d]\n  tasks: [{thing: {}}]\n");
    assertThat(analyze().unresolved())
        .containsExactly(new Unresolved("site.yml", 3, "module", "thing"));
    assertThat(analyze().findings()).isEmpty();
  }

  @Test
  void a_missing_import_is_an_error_and_a_missing_include_is_not_resolved() throws IOException {
    write(
        "site.yml",
        "- hosts: all\n  tasks:\n    - import_tasks: a.yml\n    - include_tasks: b.yml\n");
    assertThat(analyze().findings())
        .singleElement()
        .hasToString("site.yml:3: closure[missing-file]: `a.yml` does not exist");
    assertThat(analyze().unresolved())
        .containsExactly(new Unresolved("site.yml", 4, "include", "b.yml"));
  }

  @Test
  void a_role_that_only_a_requirements_file_names_is_to_be_fetched() throws IOException {
    write("site.yml", "- hosts: all\n  roles: [geerlingguy.docker]\n");
    write("requirements.yml", "roles:\n  - {name: geerlingguy.docker, version: 7.0.0}\n");
    assertThat(analyze().roles())
        .singleElement()
        .satisfies(
            role -> assertThat(role.source() + " " + role.version()).isEqualTo("galaxy 7.0.0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "- a\n- b\n",
        "a: 1\n",
        "- name: no hosts\n",
        "- hosts: all\n  tasks: {a: b}\n"
      })
  void what_is_no_playbook_is_refused_with_its_place(String text) throws IOException {
    write("site.yml", text);
    assertThatThrownBy(this::analyze)
        .isInstanceOfSatisfying(
            InvalidInput.class, e -> assertThat(e.where()).startsWith("site.yml"));
  }

  @Test
  void an_import_that_leads_back_is_refused_with_its_way() throws IOException {
    write("site.yml", "- hosts: all\n  tasks: [{import_tasks: a.yml}]\n");
    write("a.yml", "- import_tasks: b.yml\n");
    write("b.yml", "- import_tasks: a.yml\n");
    assertThatThrownBy(this::analyze)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a.yml -> b.yml -> a.yml");
  }

  @Test
  void roles_that_depend_on_each_other_are_refused() throws IOException {
    write("site.yml", "- hosts: all\n  roles: [a]\n");
    write("roles/a/meta/main.yml", "dependencies: [b]\n");
    write("roles/b/meta/main.yml", "dependencies: [a]\n");
    assertThatThrownBy(this::analyze)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("roles/a (role dependencies) -> roles/b");
  }

  @Test
  void an_include_that_leads_back_is_read_once() throws IOException {
    write("site.yml", "- hosts: all\n  tasks: [{include_tasks: a.yml}]\n");
    write("a.yml", "- include_tasks: a.yml\n  when: again\n- debug:\n");
    assertThat(analyze().plugins()).containsExactly("ansible.builtin.debug");
  }

  @Test
  void a_chain_of_thousands_of_includes_needs_no_deep_stack() throws IOException {
    write("site.yml", "- hosts: all\n  tasks: [{import_tasks: t0.yml}]\n");
    for (var i = 0; i < 3000; i++) {
      write("t" + i + ".yml", "- import_tasks: t" + (i + 1) + ".yml\n");
    }
    write("t3000.yml", "- ping:\n");
    assertThat(analyze().plugins()).containsExactly("ansible.builtin.ping");
  }

  @Test
  void a_link_out_of_the_project_is_refused(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("a.yml"), "- debug:\n");
    Files.createSymbolicLink(project.resolve("a.yml"), elsewhere.resolve("a.yml"));
    write("site.yml", "- hosts: all\n  tasks: [{import_tasks: a.yml}]\n");
    assertThatThrownBy(this::analyze)
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.where()).isEqualTo("a.yml"));
  }

  @Test
  void a_role_outside_the_project_is_found_through_the_roles_path(@TempDir Path elsewhere)
      throws IOException {
    Files.createDirectories(elsewhere.resolve("far/tasks"));
    Files.writeString(elsewhere.resolve("far/tasks/main.yml"), "- ping:\n");
    write("site.yml", "- hosts: all\n  roles: [far]\n");
    var analysis = analyze(List.of(elsewhere));
    assertThat(analysis.canonicalForm().files()).containsKey("roles-path:far/tasks/main.yml");
    assertThat(analysis.plugins()).containsExactly("ansible.builtin.ping");
  }

  @Test
  void broken_yaml_that_no_run_surely_reads_is_only_a_warning() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("group_vars/odd.yml", "a: [\n");
    assertThat(analyze().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.fatal()).isFalse());
  }

  @Test
  void an_encrypted_file_is_in_the_closure_and_not_read() throws IOException {
    write("site.yml", "- hosts: all\n  vars_files: [secret.yml]\n");
    write("secret.yml", "$ANSIBLE_VAULT;1.1;AES256\n{{ not | read }}\n");
    assertThat(analyze().canonicalForm().files()).containsKey("secret.yml");
    assertThat(analyze().findings()).isEmpty();
  }

  @Test
  void a_role_directory_with_dots_is_no_collections() throws IOException {
    write("roles/a.b.c/tasks/main.yml", "- sysctl:\n");
    write("site.yml", "- {hosts: all, roles: [a.b.c]}\n");
    assertThat(analyze().collections())
        .extracting(CollectionNeed::name)
        .containsExactly("ansible.posix");
  }

  @Test
  void a_template_has_the_delimiters_of_its_task() throws IOException {
    write(
        "templates/w.j2",
        "{{ x | this.is.no_filter }} [[ y | ansible.utils.ipaddr ]] [% if z is this.is.one %]");
    write(
        "site.yml",
        """
        - hosts: all
          vars: {open: "[["}
          module_defaults: {ansible.builtin.template: {variable_end_string: "]]"}}
          tasks:
            - template: {src: w.j2, dest: /x, variable_start_string: "{{ open }}"}
              args: {block_start_string: "<%"}
        """);
    assertThat(analyze().plugins())
        .contains("ansible.utils.ipaddr")
        .noneMatch(p -> p.startsWith("this.is"));
    write("templates/w.j2", "{% include 'inner.j2' %}{{ x | this.is.no_filter }}");
    write("templates/inner.j2", "{{ x | this.is.no_filter }} [[ y | ansible.utils.ipaddr ]]");
    write(
        "site.yml",
        """
        - hosts: all
          tasks:
            - debug: {msg: "{{ lookup('template', 'w.j2', variable_start_string='[[', variable_end_string=']]') }}"}
        """);
    assertThat(analyze().plugins())
        .contains("ansible.utils.ipaddr")
        .doesNotContain("this.is.no_filter");
    write(
        "site.yml",
        "- {hosts: all, tasks: [{template: {src: w.j2, dest: /x, variable_start_string: '{{ fact }}'}}]}\n");
    assertThat(analyze().unresolved()).isNotEmpty();
    assertThat(analyze().plugins()).doesNotContain("this.is.no_filter");
  }

  @Test
  void only_a_name_that_is_known_for_sure_closes_a_circle_of_playbooks() throws IOException {
    write("site.yml", "- import_playbook: \"{{ which }}.yml\"\n");
    write("sub.yml", "- {hosts: all, tasks: [{sysctl: }]}\n");
    assertThat(analyze().plugins()).contains("ansible.posix.sysctl");
    write("site.yml", "- import_playbook: \"{{ 'site' if x else 'sub' }}.yml\"\n");
    assertThat(analyze().plugins()).contains("ansible.posix.sysctl");
    write("site.yml", "- {import_playbook: \"{{ which }}.yml\", vars: {which: site}}\n");
    assertThatThrownBy(this::analyze).hasMessageContaining("imports itself");
    write("site.yml", "- import_playbook: site.yml\n");
    assertThatThrownBy(this::analyze).hasMessageContaining("imports itself");
  }

  @Test
  void collections_on_the_configured_path_are_read_and_not_needed() throws IOException {
    write("ansible.cfg", "[defaults]\ncollections_path = vendor:~/none\n");
    write("vendor/ansible_collections/my/own/plugins/modules/it.py", "import requests\n");
    write("site.yml", "- {hosts: all, tasks: [{my.own.it: }]}\n");
    assertThat(analyze().collections()).isEmpty();
    assertThat(analyze().canonicalForm().files().keySet())
        .contains("vendor/ansible_collections/my/own/plugins/modules/it.py");
  }

  @Test
  void directories_with_an_extension_below_a_groups_variables_are_backups() throws IOException {
    write("site.yml", "- {hosts: all, tasks: [{ping: }]}\n");
    write("group_vars/all/main.yml", "a: 1\n");
    write("group_vars/all/sub/more", "b: 1\n");
    for (var passedOver :
        List.of("old.orig/x.yml", ".hidden/x.yml", "x.yml~", "x.bak", "old~/x.yml")) {
      write("group_vars/all/" + passedOver, "{broken");
    }
    write("group_vars/all.yml", "{broken");
    assertThat(analyze().findings()).isEmpty();
    assertThat(analyze().canonicalForm().files().keySet())
        .filteredOn(name -> name.startsWith("group_vars"))
        .containsExactlyInAnyOrder("group_vars/all/main.yml", "group_vars/all/sub/more");
  }

  @Test
  void an_empty_item_of_a_list_of_tasks_is_passed_over() throws IOException {
    write(
        "site.yml",
        """
        - hosts: all
          vars:
          roles:
          pre_tasks:
          tasks:
            -
            - ping:
            - block: [null, {ping: }]
              rescue: [~]
              always:
          handlers:
            -
        """);
    assertThat(analyze().findings()).isEmpty();
  }

  @Test
  void the_routing_of_the_projects_own_collections_is_applied() throws IOException {
    var own = "collections/ansible_collections/acme/";
    write(own + "tools/plugins/modules/new.py", "import requests\n");
    write(own + "other/plugins/modules/there.py", "import netaddr\n");
    write(
        own + "tools/meta/runtime.yml",
        """
        plugin_routing:
          modules:
            old: {redirect: acme.tools.new}
            away: {redirect: acme.other.there}
            foreign: {redirect: ansible.posix.sysctl}
            gone: {tombstone: {removal_version: 2.0.0, warning_text: use new}}
        action_groups:
          all: [new, old]
        """);
    write(
        "site.yml",
        """
        - hosts: all
          collections: [acme.tools]
          module_defaults: {group/acme.tools.all: {a: 1}}
          tasks:
            - old:
            - acme.tools.away:
            - acme.tools.foreign:
        """);
    assertThat(analyze().plugins())
        .contains("acme.tools.new", "acme.other.there", "ansible.posix.sysctl");
    assertThat(analyze().pythonPackages())
        .extracting(PythonNeed::name)
        .contains("requests", "netaddr");
    assertThat(analyze().collections())
        .extracting(CollectionNeed::name)
        .containsExactly("ansible.posix");
    assertThat(analyze().canonicalForm().files().keySet())
        .contains(own + "other/plugins/modules/there.py");
    write("site.yml", "- {hosts: all, tasks: [{acme.tools.gone: }]}\n");
    assertThat(analyze().findings()).anyMatch(f -> f.fatal() && f.message().contains("use new"));
  }

  private void write(String name, String text) throws IOException {
    var file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Analysis analyze() {
    return analyze("site.yml");
  }

  private Analysis analyze(String playbook) {
    return analyze(playbook, List.of());
  }

  private Analysis analyze(List<Path> rolesPath) {
    return analyze("site.yml", rolesPath);
  }

  private Analysis analyze(String playbook, List<Path> rolesPath) {
    return new PlaybookAnalyzer(CATALOGUE)
        .analyze(new AnalysisRequest(project, project.resolve(playbook), rolesPath, Map.of()));
  }
}
