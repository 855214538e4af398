package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Roles that are not on disk: one on a real Galaxy server, which depends on another one there, and
/// one in a repository. What they use is in a collection that is in a repository, too.
final class FetchedRolesIT {

  private static final String MODULE =
      """
      #!/usr/bin/python
      DOCUMENTATION = '''
      module: ask
      short_description: For tests
      description: For tests.
      author: a test
      '''
      from ansible.module_utils.basic import AnsibleModule
      import requests  # noqa: F401


      def main():
          AnsibleModule(argument_spec={}).exit_json(changed=False)


      if __name__ == '__main__':
          main()
      """;

  @TempDir private static Path tools;
  @TempDir private Path temporary;
  private Program program;
  private Path roles;

  @BeforeEach
  void create_project_and_roles() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    Files.createDirectory(temporary.resolve("artifacts"));
    roles = Files.createDirectory(temporary.resolve("roles"));
    role(
        "acme.common",
        "common",
        "dependencies: []\n",
        "- name: Say\n  ansible.builtin.debug:\n    msg: Common speaks\n");
    role(
        "acme.site",
        "site",
        "dependencies:\n  - acme.common\n",
        """
        - name: Ask
          acme.web.ask:
        - name: Template
          ansible.builtin.copy:
            content: "{{ lookup('template', 'hello.j2') }}"
            dest: "{{ playbook_dir }}/hello"
            mode: "0644"
        - name: Base
          ansible.builtin.include_role:
            name: base
        """);
    var base = new GitRepository(temporary.resolve("base.git"));
    base.file("meta/main.yml", "dependencies: []\n")
        .file("tasks/main.yml", "- name: Say\n  ansible.builtin.debug:\n    msg: Base speaks\n")
        .commit();
    var web = new GitRepository(temporary.resolve("web.git"));
    web.file(
            "galaxy.yml",
            "namespace: acme\nname: web\nversion: 1.0.0\nreadme: README.md\nauthors: [me]\n")
        .file("README.md", "# web\n")
        .file("meta/runtime.yml", "requires_ansible: '>=2.15.0'\n")
        .file("plugins/modules/ask.py", MODULE)
        .commit();
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    program.file(
        "site.yml",
        "- name: Play\n  hosts: localhost\n  gather_facts: false\n  roles:\n    - acme.site\n");
    program.file(
        "requirements.yml",
        "collections:\n  - name: acme.web\n    type: git\n    source: file://"
            + temporary.resolve("web.git")
            + "\nroles:\n  - name: acme.site\n    version: 1.0.0\n  - src: "
            + base.url()
            + "\n    name: base\n");
  }

  private void role(String galaxyName, String name, String meta, String tasks) throws IOException {
    var repository = new GitRepository(temporary.resolve(name + ".git"));
    repository
        .file("meta/main.yml", meta)
        .file("tasks/main.yml", tasks)
        .file("templates/hello.j2", "Hello from a template\n")
        .commit();
    repository.archive(roles.resolve(galaxyName + ",1.0.0.tar.gz"), name);
  }

  @Test
  void they_are_locked_analysed_and_travel_with_the_run() throws IOException {
    var before = analysed(program);
    assertThat(before)
        .contains("acme.site: what this role needs is not known")
        .doesNotContain("acme.web");
    try (var galaxy = server()) {
      var deployed = program.asking(galaxy).run("deploy", "site.yml", "localhost", "--skip-lint");
      assertThat(deployed.exitCode()).as(deployed.errorOutput() + deployed.output()).isZero();
      assertThat(deployed.output() + deployed.errorOutput())
          .contains("Common speaks", "Base speaks");
    }
    var spec = program.run("show-spec", name()).output();
    assertThat(spec)
        .contains("acme.web", "requests", "acme.site", "base", "acme.common")
        .doesNotContain("unresolved");
    var lock = program.directory().resolve("venv_specs/" + name() + ".lock/collections.yml");
    assertThat(lock)
        .content()
        .contains("roles:\n  - name: acme.common", "name: acme.site", "name: base");
    assertThat(program.directory().resolve("roles")).doesNotExist();

    var after = analysed(program);
    assertThat(after).contains("\"acme.web\"", "\"unresolved\" : [ ]");
    assertThat(hash(after)).isEqualTo(hash(before));

    var again = program.run("deploy", "site.yml", "localhost", "--skip-lint");
    assertThat(again.exitCode()).as("without a server: " + again.errorOutput()).isZero();
  }

  @Test
  void ansible_lint_sees_them() throws IOException {
    var shared = program.sharing(tools);
    try (var galaxy = server()) {
      var linted = shared.asking(galaxy).run("analyze", "site.yml", "--format=json");
      assertThat(linted.exitCode()).as(linted.errorOutput() + linted.output()).isZero();
      Schema.ANALYSIS.assertValid(linted.output());
      assertThat(linted.output()).contains("\"passed\" : true", "\"unresolved\" : [ ]");
    }
  }

  @Test
  void a_role_of_the_project_wins() throws IOException {
    program.file("roles/acme.site/tasks/main.yml", "- name: Own\n  ansible.builtin.ping:\n");
    assertThat(analysed(program)).contains("\"unresolved\" : [ ]").doesNotContain("acme.web");
  }

  @Test
  void the_same_roles_make_the_same_lock() throws IOException {
    try (var galaxy = server()) {
      program.asking(galaxy).run("deploy", "site.yml", "localhost", "--skip-lint");
      var lock = program.directory().resolve("venv_specs/" + name() + ".lock/collections.yml");
      var first = Files.readString(lock);
      Files.delete(lock);
      Files.delete(lock.resolveSibling("pylock.toml"));
      Files.delete(lock.getParent());
      var elsewhere = program.sharing(temporary.resolve("other-cache"));
      var again = elsewhere.asking(galaxy).run("deploy", "site.yml", "localhost", "--skip-lint");
      assertThat(again.exitCode()).as(again.errorOutput()).isZero();
      assertThat(lock).hasContent(first);
    }
  }

  private GalaxyServer server() {
    return GalaxyServer.over(temporary.resolve("artifacts")).roles(roles).start();
  }

  private static String analysed(Program program) {
    var result = program.run("analyze", "site.yml", "--skip-lint", "--format=json");
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    return result.output();
  }

  private static String hash(String analysis) {
    var at = analysis.indexOf("\"content_hash\"");
    return analysis.substring(at, analysis.indexOf('\n', at));
  }

  private String name() throws IOException {
    try (var specs = Files.newDirectoryStream(program.directory().resolve("venv_specs"), "*.yml")) {
      return specs.iterator().next().getFileName().toString().replace(".yml", "");
    }
  }
}
