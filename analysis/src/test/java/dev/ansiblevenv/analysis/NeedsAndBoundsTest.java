package dev.ansiblevenv.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
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

/// What requirements files and overrides make of what a playbook uses.
final class NeedsAndBoundsTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final String DOCKER =
      "- hosts: all\n  tasks: [{community.docker.docker_image: {name: x}}]\n";

  @TempDir private Path project;
  @TempDir private Path elsewhere;

  @Test
  void lines_of_requirements_txt_bound_what_is_needed_and_need_nothing() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("requirements.txt", "ansible-core>=2.17 # why\nnetaddr\n-c bounds.txt\n-r more.txt\n");
    write("bounds.txt", "ansible-core<2.20\nunused==1\n");
    write("more.txt", "ansible_core[x] ; python_version < '3.12'\n");
    var packages = analyze().pythonPackages();
    assertThat(packages)
        .extracting(PythonNeed::requirement)
        .containsExactly("ansible-core>=2.17,<2.20", "ansible-core[x] ; python_version < '3.12'");
    assertThat(packages.getFirst().because())
        .extracting(place -> place.file() + ":" + place.line() + " " + place.kind())
        .containsExactly(
            "site.yml:1 playbook",
            "requirements.txt:1 requirements",
            "bounds.txt:1 requirements",
            "more.txt:1 requirements");
  }

  @Test
  void what_pip_alone_understands_is_reported_where_it_concerns_a_need() throws IOException {
    write("site.yml", "- hosts: all\n");
    write(
        "requirements.txt",
        "--index-url https://example.org\n-e git+https://example.org/x#egg=ansible-core\n-e .\n");
    assertThat(analyze().unresolved())
        .containsExactly(
            new Unresolved(
                "requirements.txt", 2, "python", "-e git+https://example.org/x#egg=ansible-core"));
    assertThat(analyze().findings())
        .extracting(Finding::toString)
        .containsExactly(
            "requirements.txt:1: requirements[pip]: `--index-url` is not read; UV_DEFAULT_INDEX and"
                + " UV_INDEX name indexes");
  }

  @Test
  void a_line_that_pip_would_refuse_and_a_missing_include_are_warnings() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("requirements.txt", "what is this\n-r gone.txt\n");
    assertThat(analyze().findings())
        .extracting(Finding::toString)
        .containsExactly(
            "requirements.txt:1: requirements[pip]: pip would refuse `what is this`",
            "requirements.txt:2: requirements[pip]: `gone.txt` is not in the project, so its bounds"
                + " are not known");
    assertThat(analyze().findings()).noneMatch(Finding::fatal);
  }

  @Test
  void comments_in_requirements_txt_do_not_change_the_hash() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("requirements.txt", "requests\n");
    var before = analyze().name();
    write("requirements.txt", "# why\n\nrequests # that\n");
    assertThat(analyze().name()).isEqualTo(before);
    write("requirements.txt", "requests<3\n");
    assertThat(analyze().name()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requirements.yml",
        "requirements.yaml",
        "collections/requirements.yml",
        "roles/requirements.yaml",
        "plays/requirements.yml",
        "plays/collections/requirements.yaml",
        "plays/roles/web/meta/collection-requirements.yml",
        "plays/roles/web/meta/requirements.yml"
      })
  void ranges_of_collections_count_wherever_the_tools_look(String file) throws IOException {
    write("plays/site.yml", "- hosts: all\n  roles: [web]\n");
    write("plays/roles/web/tasks/main.yml", "- community.docker.docker_image: {name: x}\n");
    write(file, "collections: [{name: community.docker, version: '>=3'}, ansible.posix]\n");
    assertThat(analyze("plays/site.yml").collections())
        .singleElement()
        .satisfies(need -> {
          assertThat(need.name()).isEqualTo("community.docker");
          assertThat(need.constraint()).isEqualTo(">=3");
        });
  }

  @Test
  void the_dependencies_of_the_collection_around_a_playbook_bound_too() throws IOException {
    write("playbooks/site.yml", DOCKER);
    write(
        "galaxy.yml",
        "namespace: my\nname: own\ndependencies: {community.docker: '>=3', a.b: '*'}\n");
    assertThat(analyze("playbooks/site.yml").collections())
        .extracting(CollectionNeed::name, CollectionNeed::constraint)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("community.docker", ">=3"));
  }

  @Test
  void a_repository_says_the_version_alone() throws IOException {
    write("site.yml", DOCKER);
    write(
        "requirements.yml",
        """
        collections:
          - {name: community.docker, version: ">=3"}
          - {name: "git+https://example.org/community/community.docker", version: main}
        """);
    assertThat(analyze().collections())
        .containsExactly(
            new CollectionNeed(
                "community.docker",
                "main",
                "git+https://example.org/community/community.docker",
                List.of(
                    new Because("site.yml", 2, "module", "community.docker.docker_image"),
                    new Because("requirements.yml", 2, "requirements", "community.docker"),
                    new Because(
                        "requirements.yml",
                        3,
                        "requirements",
                        "git+https://example.org/community/community.docker"))));
  }

  @Test
  void included_files_of_roles_are_read() throws IOException {
    write("site.yml", "- hosts: all\n  roles: [geerlingguy.docker]\n");
    write("requirements.yml", "- include: more/roles.yml\n- include: gone.yml\n");
    write("more/roles.yml", "- {src: geerlingguy.docker, version: 7.0.0}\n");
    assertThat(analyze().roles()).extracting(RoleNeed::version).containsExactly("7.0.0");
    assertThat(analyze().findings())
        .extracting(Finding::toString)
        .containsExactly(
            "requirements.yml:2: requirements[galaxy]: `gone.yml` is not in the project");
  }

  @Test
  void system_packages_are_what_bindep_asks_for() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("bindep.txt", "gcc [platform:rpm]\ngcc [platform:dpkg]\ntox [test]\na\n");
    assertThat(analyze().systemPackages())
        .containsExactly(
            new SystemPackage(
                "gcc",
                List.of("platform:rpm", "platform:dpkg"),
                List.of(
                    new Because("bindep.txt", 1, "bindep", "gcc"),
                    new Because("bindep.txt", 2, "bindep", "gcc"))));
    assertThat(analyze().findings())
        .extracting(Finding::rule)
        .containsExactly("requirements[bindep]");
  }

  @Test
  void an_execution_environment_bounds_by_files_and_in_place() throws IOException {
    write("site.yml", DOCKER);
    write(
        "execution-environment.yml",
        """
        version: 3
        dependencies:
          ansible_core: {package_pip: ansible-core>=2.16}
          galaxy: {collections: [{name: community.docker, version: ">=3"}]}
          python: ["ansible-core<2.20", unused]
          system: builder/bindep.txt
        """);
    write("builder/bindep.txt", "gcc\n");
    var analysis = analyze();
    assertThat(analysis.collections())
        .extracting(CollectionNeed::constraint)
        .containsExactly(">=3");
    assertThat(analysis.pythonPackages())
        .extracting(PythonNeed::requirement)
        .containsExactly("ansible-core<2.20,>=2.16", "requests");
    assertThat(analysis.pythonPackages().getFirst().because())
        .contains(new Because("execution-environment.yml", 5, "requirements", "ansible-core"));
    assertThat(analysis.systemPackages()).extracting(SystemPackage::name).containsExactly("gcc");
    var before = analysis.name();
    write("execution-environment.yml", "dependencies: {python: ['ansible-core<2.19']}\n");
    assertThat(analyze().name()).isNotEqualTo(before);
  }

  @Test
  void a_broken_execution_environment_is_a_warning() throws IOException {
    write("site.yml", DOCKER);
    write("execution-environment.yaml", "dependencies: [\n");
    assertThat(analyze().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.fatal()).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ansible==11.13.0   | ==2.18.*
          ansible~=11.0      | ==2.18.*
          ansible~=11.1.0    | ==2.18.*
          ansible>=9,<11     | >=2.16,<2.18
          ansible>=9.2,<10.5 | >=2.16,<2.18
          ansible<=10        | <2.18
          ansible>10         | >=2.17
          ansible==11.*      | ==2.18.*
          ansible!=11.0      | ''
          ansible            | ''
          ansible==2.9.27    | ''
          ansible>=2.10      | ''
          """)
  void the_community_distribution_bounds_ansible_core(String line, String specifier)
      throws IOException {
    write("site.yml", "- hosts: all\n");
    write("requirements.txt", line + "\n");
    assertThat(analyze().pythonPackages())
        .extracting(PythonNeed::specifier)
        .containsExactly(specifier);
  }

  @Test
  void overrides_add_and_constrain() throws IOException {
    write("site.yml", DOCKER);
    write(
        "ansible-venv.yml",
        """
        add:
          collections: [{name: a.b, version: ">=1"}]
          python_packages: [{requirement: netaddr>=1, side: both}]
          plugins: [community.general.ufw]
          roles: [web]
        constrain:
          collections: [{name: community.docker, version: "<5"}]
          python_packages: [netaddr<2, unused<1]
        """);
    write("roles/web/tasks/main.yml", "- ansible.posix.sysctl: {name: x}\n");
    var analysis = analyze();
    assertThat(analysis.collections())
        .extracting(need -> need.name() + " " + need.constraint())
        .containsExactly(
            "a.b >=1", "ansible.posix *", "community.docker <5", "community.general *");
    assertThat(analysis.collections().getFirst().because())
        .containsExactly(new Because("ansible-venv.yml", 2, "override", "a.b"));
    assertThat(analysis.collections().getLast().because())
        .containsExactly(new Because("ansible-venv.yml", 4, "override", "community.general.ufw"));
    assertThat(analysis.roles().getFirst().because())
        .containsExactly(new Because("ansible-venv.yml", 5, "override", "web"));
    assertThat(analysis.pythonPackages().getLast())
        .isEqualTo(
            new PythonNeed(
                "netaddr",
                ">=1,<2",
                "",
                Side.BOTH,
                List.of(
                    new Because("ansible-venv.yml", 3, "override", "netaddr"),
                    new Because("ansible-venv.yml", 8, "override", "netaddr"))));
  }

  @Test
  void what_is_used_and_excluded_stays_visible() throws IOException {
    write("site.yml", DOCKER);
    write("ansible-venv.yml", "exclude: {collections: [community.docker, not.used]}\n");
    var analysis = analyze();
    assertThat(analysis.collections()).isEmpty();
    assertThat(analysis.excluded())
        .containsExactly(
            new Exclusion(
                "collection",
                "community.docker",
                "ansible-venv.yml",
                1,
                List.of(new Because("site.yml", 2, "module", "community.docker.docker_image"))));
  }

  @Test
  void an_excluded_package_is_gone_under_every_marker() throws IOException {
    write("site.yml", "- hosts: all\n");
    write(
        "ansible-venv.yml",
        "add: {python_packages: [x, \"y ; python_version < '3'\", y]}\n"
            + "playbooks: {site.yml: {exclude: {python_packages: [Y]}}}\n");
    assertThat(analyze().pythonPackages())
        .extracting(PythonNeed::name)
        .containsExactly("ansible-core", "x");
    assertThat(analyze().excluded()).as("nothing but the override itself named it").isEmpty();
  }

  @Test
  void only_what_applies_to_a_playbook_is_part_of_its_identity() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("other.yml", "- hosts: all\n");
    var bare = analyze();
    write("ansible-venv.yml", "playbooks: {other.yml: {add: {python_packages: [x]}}}\n");
    assertThat(analyze().name()).isEqualTo(bare.name());
    write("ansible-venv.yml", "# why\nadd:\n  python_packages: [x]\n");
    var added = analyze();
    assertThat(added.name()).isNotEqualTo(bare.name());
    write("ansible-venv.yml", "playbooks: {site.yml: {add: {python_packages: [x]}}}\n");
    assertThat(analyze().name()).isEqualTo(added.name());
  }

  @Test
  void overrides_beside_the_playbook_win_over_those_of_the_project() throws IOException {
    write("plays/site.yml", DOCKER);
    write("ansible-venv.yml", "exclude: {collections: [community.docker]}\n");
    write(
        "plays/ansible-venv.yml",
        "playbooks: {site.yml: {add: {collections: [community.docker]}}}\n");
    assertThat(analyze("plays/site.yml").collections()).hasSize(1);
  }

  @Test
  void overrides_for_a_playbook_that_is_not_there_are_a_warning() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("ansible-venv.yml", "playbooks:\n  sites.yml: {}\n");
    assertThat(analyze().findings())
        .extracting(Finding::toString)
        .containsExactly(
            "ansible-venv.yml:2: ansible-venv[unknown-playbook]: there is no playbook `sites.yml`"
                + " for these overrides");
  }

  @Test
  void an_added_role_that_is_not_there_is_refused() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("ansible-venv.yml", "add: {roles: [gone]}\n");
    assertThat(analyze().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.fatal()).isTrue();
          assertThat(finding)
              .hasToString(
                  "ansible-venv.yml:1: closure[missing-role]: no role is called `gone`, and no"
                      + " requirements.yml names it");
        });
  }

  @Test
  void a_broken_galaxy_requirements_file_is_refused() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("requirements.yml", "collections: [\n");
    assertThatThrownBy(this::analyze)
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("requirements.yml:2:1");
  }

  @Test
  void a_directory_of_the_project_that_requirements_ask_for_is_needed_like_any_collection()
      throws IOException {
    write("site.yml", "- hosts: all\n  tasks:\n    - acme.web.hello:\n    - acme.own.hello:\n");
    for (var name : List.of("web", "own")) {
      write(name + "/galaxy.yml", "namespace: acme\nname: " + name + "\nversion: 1.0.0\n");
      write(name + "/plugins/modules/hello.py", "");
    }
    write("requirements.yml", "collections: [{name: ./web, type: dir}]\n");
    var analysis = analyze();
    assertThat(analysis.collections()).extracting(CollectionNeed::name).containsExactly("acme.web");
    assertThat(analysis.places())
        .containsExactly(
            new CollectionNeed(
                "",
                "*",
                "./web",
                List.of(new Because("requirements.yml", 1, "requirements", "./web"))));
  }

  @Test
  void what_a_fetched_role_uses_is_needed_and_its_files_are_not_the_playbooks() throws IOException {
    write("site.yml", "- hosts: all\n  roles: [acme.site]\n");
    write("requirements.yml", "roles: [acme.site]\n");
    var site = fetched("acme.site", "dependencies: [acme.base, {src: 'git+https://h/x.git'}]");
    var before =
        new PlaybookAnalyzer(CATALOGUE)
            .examine(
                new AnalysisRequest(project, project.resolve("site.yml"), List.of(), Map.of()));
    assertThat(before.rolesToFetch())
        .extracting(in -> in.entry().name())
        .containsExactly("acme.site");

    var next = before.seeing(Map.of("acme.site", site));
    assertThat(next.rolesToFetch())
        .extracting(in -> in.entry().name())
        .containsExactly("acme.base", "x");
    assertThat(next.rolesToFetch().getLast().file())
        .isEqualTo("fetched-role:acme.site/meta/main.yml");

    var all =
        next.seeing(
            Map.of(
                "acme.site",
                site,
                "acme.base",
                fetched("acme.base", "{}"),
                "x",
                fetched("x", "{}")));
    assertThat(all.rolesToFetch()).isEmpty();
    assertThat(all.analysis().unresolved()).isEmpty();
    assertThat(all.analysis().findings()).isEmpty();
    assertThat(all.analysis().collections())
        .extracting(CollectionNeed::name)
        .containsExactly("ansible.posix");
    assertThat(all.analysis().canonicalForm()).isEqualTo(before.analysis().canonicalForm());
  }

  private Path fetched(String name, String meta) throws IOException {
    var role = elsewhere.resolve(name);
    Files.createDirectories(role.resolve("meta"));
    Files.createDirectories(role.resolve("tasks"));
    Files.writeString(role.resolve("meta/main.yml"), meta + "\n");
    Files.writeString(role.resolve("tasks/main.yml"), "- ansible.posix.mount:\n");
    return role;
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
    return new PlaybookAnalyzer(CATALOGUE)
        .analyze(new AnalysisRequest(project, project.resolve(playbook), List.of(), Map.of()));
  }
}
