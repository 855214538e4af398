package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Collections that the catalogue does not know, from a real Galaxy server. One imports `requests`,
/// and its role uses another one that it does not declare as a dependency.
final class UnknownCollectionIT {

  private static final String MODULE =
      """
      #!/usr/bin/python
      DOCUMENTATION = '''
      module: %1$s
      short_description: For tests
      description: For tests.
      author: a test
      '''
      from ansible.module_utils.basic import AnsibleModule
      %2$s


      def main():
          AnsibleModule(argument_spec={}).exit_json(changed=False)


      if __name__ == '__main__':
          main()
      """;

  private static final String PLAYBOOK =
      """
      - name: Use what nobody knows
        hosts: localhost
        gather_facts: false
        tasks:
          - name: Ask
            acme.web.ask:
          - name: Set up
            ansible.builtin.include_role:
              name: acme.web.site
      """;

  @TempDir private static Path tools;
  @TempDir private Path temporary;
  private Program program;
  private Path artifacts;

  @BeforeEach
  void create_project_and_collections() throws IOException {
    Files.createDirectory(temporary.resolve("home"));
    artifacts = Files.createDirectory(temporary.resolve("artifacts"));
    TinyCollection.named("acme.web", "1.0.0")
        .requiringAnsible(">=2.15.0")
        .with("plugins/modules/ask.py", MODULE.formatted("ask", "import requests  # noqa: F401"))
        .with("roles/site/tasks/main.yml", "- name: Measure\n  acme.base.measure:\n")
        .in(artifacts);
    TinyCollection.named("acme.base", "2.0.0")
        .requiringAnsible(">=2.15.0")
        .with("plugins/modules/measure.py", MODULE.formatted("measure", ""))
        .in(artifacts);
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    program.file("site.yml", PLAYBOOK);
  }

  @Test
  void what_its_modules_and_roles_use_is_in_the_spec_and_runs() throws IOException {
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var deployed = program.asking(galaxy).run("deploy", "site.yml", "localhost", "--skip-lint");

      assertThat(deployed.exitCode()).as(deployed.errorOutput() + deployed.output()).isZero();
      assertThat(deployed.errorOutput()).contains("What was chosen needs acme.base, requests");
    }
    var spec = program.run("show-spec", name()).output();
    assertThat(spec).contains("acme.base", "acme.web", "requests").doesNotContain("unresolved");

    var index = onlyIndex("acme.web");
    var whole = Files.readString(index);
    var analysed = analysed(program);
    assertThat(analysed).contains("\"requests\"", "\"unresolved\" : [ ]");

    Files.writeString(index, whole.substring(0, whole.length() / 2));
    assertThat(analysed(program)).isEqualTo(analysed);
    assertThat(index).hasContent(whole);
  }

  @Test
  void an_analysis_alone_looks_into_it_and_does_so_once() throws IOException {
    var shared = program.sharing(tools);
    var before = analysed(shared);
    assertThat(before)
        .contains("Python packages of acme.web's plugins acme.web.ask are not known")
        .contains("acme.web.site: what this role needs is not known")
        .doesNotContain("\"requests\"");
    Program.Result linted;
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      linted = shared.asking(galaxy).run("analyze", "site.yml", "--format=json");
    }
    assertThat(linted.exitCode()).as(linted.errorOutput()).isZero();
    Schema.ANALYSIS.assertValid(linted.output());
    assertThat(linted.output())
        .contains("\"acme.base\"", "\"requests\"", "\"unresolved\" : [ ]", "\"passed\" : true");

    var again = shared.run("analyze", "site.yml", "--format=json");
    assertThat(again.exitCode()).as(again.errorOutput()).isZero();
    assertThat(again.output()).isEqualTo(linted.output());
    assertThat(shared.run("explain", "site.yml", "requests").output())
        .contains("Python package requests is needed", "acme.web.ask");
    try (var files = Files.list(shared.directory())) {
      assertThat(files).containsExactly(shared.directory().resolve("site.yml"));
    }
  }

  @Test
  void the_locked_version_of_a_known_collection_wins_over_the_catalogue() throws IOException {
    TinyCollection.named("ansible.posix", "99.0.0")
        .with("plugins/modules/brand_new.py", MODULE.formatted("brand_new", "import requests"))
        .in(artifacts);
    program.file(
        "site.yml",
        "- name: Play\n  hosts: all\n  tasks:\n    - name: New\n      ansible.posix.brand_new:\n");
    var shared = program.sharing(tools);
    assertThat(analysed(shared)).contains("has no module of this name").doesNotContain("requests");

    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var result = shared.asking(galaxy).run("analyze", "site.yml", "--format=json");
      assertThat(result.exitCode()).as(result.errorOutput()).isZero();
      assertThat(result.output()).contains("\"requests\"").doesNotContain("has no module");
    }
  }

  @Test
  void collections_that_name_further_ones_without_an_end_are_given_up() throws IOException {
    for (var i = 0; i < 12; i++) {
      TinyCollection.named("chain.link" + i, "1.0.0")
          .with(
              "roles/next/tasks/main.yml",
              "- name: On\n  ansible.builtin.include_role:\n    name: chain.link"
                  + (i + 1)
                  + ".next\n")
          .in(artifacts);
    }
    program.file(
        "site.yml",
        "- name: Play\n  hosts: all\n  tasks:\n    - name: On\n      ansible.builtin.include_role:\n        name: chain.link0.next\n");
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var result = program.sharing(tools).asking(galaxy).run("analyze", "site.yml");
      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.errorOutput())
          .contains("site.yml: each choice of collections needs another one", "ansible-venv.yml");
    }
  }

  private static String analysed(Program program) {
    var result = program.run("analyze", "site.yml", "--skip-lint", "--format=json");
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    return result.output();
  }

  private String name() throws IOException {
    try (var specs = Files.newDirectoryStream(program.directory().resolve("venv_specs"), "*.yml")) {
      return specs.iterator().next().getFileName().toString().replace(".yml", "");
    }
  }

  private Path onlyIndex(String collection) throws IOException {
    try (var files = Files.walk(temporary.resolve("cache"))) {
      var indexes =
          files
              .filter(file -> file.toString().contains("indexes-"))
              .filter(Files::isRegularFile)
              .toList();
      for (var index : indexes) {
        if (Files.readString(index).contains("collection " + collection + "\n")) {
          return index;
        }
      }
      throw new AssertionError("no index of " + collection + " in " + indexes);
    }
  }
}
