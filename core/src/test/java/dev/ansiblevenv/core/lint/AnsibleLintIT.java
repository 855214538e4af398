package dev.ansiblevenv.core.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.confinement.ConfinementChoice;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.tool.Controller;
import dev.ansiblevenv.core.tool.ControllerPython;
import dev.ansiblevenv.core.tool.ManagedAnsibleLint;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.tool.Platform;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsibleLintIT {

  private static final String GOOD =
      """
      ---
      - name: Greet
        hosts: localhost
        gather_facts: false
        tasks:
          - name: Say hello
            ansible.builtin.debug:
              msg: hello
      """;

  /// One for all tests: the environment in it takes seconds to build.
  @TempDir static Path cache;

  @TempDir Path project;
  @TempDir Path home;

  @BeforeEach
  void the_project_is_a_git_repository() throws IOException {
    Files.createDirectory(project.resolve(".git"));
  }

  @Test
  void a_good_playbook_passes_without_findings() throws IOException {
    write("site.yml", GOOD);
    var verdict = lint("site.yml");
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.linter()).isEqualTo("ansible-lint " + ManagedAnsibleLint.VERSION);
  }

  @Test
  void an_unknown_module_is_found_at_its_line() throws IOException {
    write("site.yml", GOOD.replace("ansible.builtin.debug", "no.such.module"));
    assertThat(fatal("site.yml"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("syntax-check[unknown-module]");
          assertThat(finding.location()).hasToString("site.yml:6:7");
          assertThat(finding.message()).contains("no.such.module");
        });
  }

  @Test
  void a_tab_is_found_at_its_line() throws IOException {
    write(
        "site.yml",
        GOOD.replace("    gather_facts", "\tgather_facts").replace("  gather", "\tgather"));
    assertThat(fatal("site.yml"))
        .anySatisfy(finding -> {
          assertThat(finding.location().file()).isEqualTo("site.yml");
          assertThat(finding.location().line()).isBetween(3, 4);
        });
  }

  @Test
  void a_misspelt_keyword_in_a_role_is_found_in_the_role() throws IOException {
    write("playbooks/site.yml", "---\n- name: Play\n  hosts: all\n  roles:\n    - web\n");
    write(
        "playbooks/roles/web/tasks/main.yml",
        "---\n- name: Task\n  ansible.builtin.debug:\n  wenn: true\n");
    assertThat(fatal("playbooks/site.yml"))
        .anySatisfy(finding ->
            assertThat(finding.location()).hasToString("playbooks/roles/web/tasks/main.yml:2:3"));
  }

  @Test
  void without_a_configuration_style_does_not_fail_a_playbook() throws IOException {
    write("site.yml", "- hosts: localhost\n  tasks:\n  - command: echo 1\n");
    assertThat(lint("site.yml").passed()).isTrue();
  }

  @Test
  void the_projects_profile_decides() throws IOException {
    write("site.yml", "- hosts: localhost\n  tasks:\n  - command: echo 1\n");
    write(".ansible-lint", "profile: production\n");
    assertThat(fatal("site.yml"))
        .extracting(Finding::rule)
        .contains("name[play]", "fqcn[action-core]", "no-changed-when");
  }

  @Test
  void the_projects_skip_list_and_warn_list_decide() throws IOException {
    write("site.yml", GOOD.replace("Say hello", "say hello").replace("ansible.builtin.", ""));
    write(".config/ansible-lint.yml", "profile: moderate\nskip_list: [fqcn]\nwarn_list: [name]\n");
    var verdict = lint("site.yml");
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("name[casing]");
          assertThat(finding.fatal()).isFalse();
          assertThat(finding.location()).hasToString("site.yml:6:13");
        });

    write(
        ".config/ansible-lint.yml",
        "profile: moderate\nskip_list: [fqcn]\nwarn_list: [name]\nstrict: true\n");
    assertThat(fatal("site.yml")).extracting(Finding::rule).containsExactly("name[casing]");
  }

  @Test
  void an_ignore_file_turns_errors_into_warnings() throws IOException {
    write("site.yml", GOOD.replace("Say hello", "say hello"));
    write(".ansible-lint", "profile: moderate\n");
    assertThat(lint("site.yml").passed()).isFalse();
    write(".ansible-lint-ignore", "site.yml name[casing]\n");
    var verdict = lint("site.yml");
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.findings()).extracting(Finding::fatal).containsExactly(false);
  }

  @Test
  void extra_variables_are_known_and_another_value_is_another_question() throws IOException {
    write("site.yml", "- import_playbook: \"{{ which }}.yml\"\n");
    write("web.yml", GOOD.replace("localhost", "\"{{ target }}\""));
    write(".ansible-lint", "extra_vars: {which: db, target: localhost}\nprofile: min\n");
    var request = request("site.yml").with(Map.of("which", "web"));
    var linter = linter(environment());
    assertThat(linter.lint(request, false, text -> {}).findings()).isEmpty();
    assertThat(linter.known(request)).isPresent();
    assertThat(linter.known(request.with(Map.of("which", "db")))).isEmpty();
  }

  @Test
  void an_invalid_configuration_is_an_error_and_no_verdict() throws IOException {
    write("site.yml", GOOD);
    write(".ansible-lint", "profile: no-such-profile\n");
    assertThatThrownBy(() -> lint("site.yml"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("no-such-profile");
  }

  @Test
  void collections_that_are_made_visible_are_known() throws IOException {
    write("site.yml", GOOD.replace("ansible.builtin.debug", "acme.tools.greet"));
    assertThat(lint("site.yml").passed()).isFalse();
    var collections = cache.resolve("roots/one");
    var unpacked = cache.resolve("unpacked");
    var modules = Files.createDirectories(unpacked.resolve("plugins/modules"));
    var namespace = Files.createDirectories(collections.resolve("ansible_collections/acme"));
    Files.createSymbolicLink(namespace.resolve("tools"), unpacked);
    Files.writeString(
        modules.resolve("greet.py"),
        """
        DOCUMENTATION = '''
        module: greet
        short_description: Greets
        description: [Greets]
        options: {msg: {type: str, description: What}}
        '''
        """);
    var blind = request("site.yml");
    var seeing = blind.seeing(List.of(collections), List.of());
    var linter = linter(environment());
    assertThat(linter.known(blind)).hasValueSatisfying(v -> assertThat(v.passed()).isFalse());
    assertThat(linter.known(seeing)).isEmpty();
    assertThat(linter.lint(seeing, false, text -> {}).passed()).isTrue();
    assertThat(linter.known(blind)).hasValueSatisfying(v -> assertThat(v.passed()).isTrue());
  }

  @Test
  void a_second_verdict_starts_no_program_and_needs_no_tools() throws IOException {
    write("site.yml", GOOD.replace("ansible.builtin.debug", "no.such.module"));
    var first = lint("site.yml");
    var nothingInstalled = linter(Map.of("PATH", home.toString(), "HOME", home.toString()));
    assertThat(nothingInstalled.lint(request("site.yml"), false, text -> {})).isEqualTo(first);

    write("site.yml", GOOD.replace("ansible.builtin.debug", "no.such.module # noqa"));
    assertThatThrownBy(() -> nothingInstalled.lint(request("site.yml"), false, text -> {}))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("Python");
  }

  @Test
  void a_corrupt_cached_verdict_is_replaced() throws IOException {
    write("site.yml", GOOD);
    lint("site.yml");
    var entries = new TreeMap<Path, String>();
    try (var files = Files.list(cache.resolve("lint"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".verdict")).toList()) {
        entries.put(file, Files.readString(file));
        Files.writeString(file, "passed\ttrue\nlinter");
      }
    }
    assertThat(lint("site.yml").passed()).isTrue();
    assertThat(entries).anySatisfy((file, content) -> assertThat(file).hasContent(content));
  }

  @Test
  void the_project_and_the_users_home_stay_byte_for_byte_what_they_were() throws IOException {
    write(
        "site.yml",
        GOOD.replace("ansible.builtin.", "").replace("hosts: localhost", "hosts:   all")
            + "    - name: Filter\n      debug:\n        msg: \"{{ 'x' | shout }}\"\n"
            + "  roles:\n    - web\n");
    write("roles/web/tasks/main.yml", "- name: In the role\n  debug: {msg: 'x'}\n");
    write("roles/web/meta/main.yml", "galaxy_info: {author: me}\ndependencies: []\n");
    write(
        "filter_plugins/shout.py",
        "class FilterModule:\n    def filters(self):\n        return {'shout': str.upper}\n");
    write("library/own.py", "DOCUMENTATION = 'module: own'\n");
    write("inventory/dynamic.sh", "#!/bin/sh\ntouch ran-inventory\necho '{}'\n");
    assertThat(project.resolve("inventory/dynamic.sh").toFile().setExecutable(true)).isTrue();
    write("requirements.yml", "collections:\n  - name: community.nothing_like_it\n");
    write(
        "ansible.cfg",
        """
        [defaults]
        log_path = ./ansible.log
        local_tmp = ./tmp
        home = ./.ansible-home
        inventory = inventory/dynamic.sh
        fact_caching = jsonfile
        fact_caching_connection = ./facts
        retry_files_enabled = true
        """);
    write(
        ".ansible-lint",
        """
        profile: production
        write_list: [all]
        mock_modules: [acme.mocked.thing]
        mock_roles: [acme_role]
        """);
    var before = tree(project);
    var verdict = lint("site.yml");
    assertThat(verdict.findings()).extracting(Finding::rule).contains("fqcn[action-core]");
    assertThat(tree(project)).isEqualTo(before);
    assertThat(home).isEmptyDirectory();
    try (var left = Files.list(cache.resolve("lint"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.endsWith(".verdict") || name.startsWith("scripts-"));
    }
  }

  @Test
  void what_the_caller_has_exported_for_ansible_and_python_does_not_count() throws IOException {
    write("site.yml", GOOD);
    var environment = new HashMap<>(environment());
    environment.put("ANSIBLE_CONFIG", "/nonexistent/ansible.cfg");
    environment.put("ANSIBLE_COLLECTIONS_PATHS", "/nonexistent");
    environment.put("ANSIBLE_STDOUT_CALLBACK", "nonexistent");
    environment.put("PYTHONPATH", "/nonexistent");
    environment.put("PYTHONHOME", "/nonexistent");
    environment.put("VIRTUAL_ENV", "/nonexistent");
    assertThat(linter(environment).lint(request("site.yml"), false, text -> {}).passed()).isTrue();
  }

  private LintVerdict lint(String playbook) {
    return linter(environment()).lint(request(playbook), false, text -> {});
  }

  private List<Finding> fatal(String playbook) {
    var verdict = lint(playbook);
    assertThat(verdict.passed()).isFalse();
    return verdict.findings().stream().filter(Finding::fatal).toList();
  }

  private LintRequest request(String playbook) {
    var configuration = project.resolve("ansible.cfg");
    return new LintRequest(
        project,
        project.resolve(playbook),
        "c0ffee",
        List.of(),
        Optional.of(configuration).filter(Files::isRegularFile),
        List.of());
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    environment.put("HOME", home.toString());
    environment.put("UV_CACHE_DIR", cache.resolve("uv").toString());
    return environment;
  }

  private static AnsibleLint linter(Map<String, String> environment) {
    var controller = new Controller(cache, environment, Platform.current());
    var uv = new ManagedUv(controller, new Http(environment));
    return new AnsibleLint(
        controller,
        new ManagedAnsibleLint(controller, uv, new ControllerPython(controller)),
        new ConfinementChoice(environment, cache.resolve("confinement")));
  }

  private void write(String file, String content) throws IOException {
    var path = project.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, content);
  }

  private static Map<String, String> tree(Path root) throws IOException {
    var tree = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.toList()) {
        var content = Files.isRegularFile(file) ? Files.readString(file) : "directory";
        tree.put(file.toString(), Files.getLastModifiedTime(file) + " " + content);
      }
    }
    return tree;
  }
}
