package dev.ansiblevenv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.playbook.CallVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallVariablesTest {

  private static final PlaybookAnalyzer ANALYZER = new PlaybookAnalyzer(Catalogue.load());

  @TempDir private Path project;

  @Test
  void an_imported_playbook_is_the_one_that_the_call_names() throws IOException {
    write("site.yml", "- import_playbook: \"{{ which }}.yml\"\n");
    write("web.yml", play("ansible.posix.mount"));
    write("db.yml", play("community.postgresql.postgresql_db"));
    assertThat(analysed(Map.of("which", "web")).plugins()).containsExactly("ansible.posix.mount");
    assertThat(analysed(Map.of("which", "db")).variablesRead()).containsExactly("which");
    assertThat(analysed(Map.of("which", "web")).name())
        .isNotEqualTo(analysed(Map.of("which", "db")).name());
  }

  @Test
  void the_call_wins_over_every_file_but_not_over_a_loop() throws IOException {
    write(
        "site.yml",
        """
        - hosts: all
          vars: {os: debian, item: debian}
          vars_files: [vars.yml]
          tasks:
            - include_tasks: "{{ os }}.yml"
              vars: {os: debian}
            - include_tasks: "{{ item }}.yml"
              loop: [alpine]
        """);
    write("vars.yml", "os: debian\n");
    write("debian.yml", "- ansible.posix.mount:\n");
    write("alpine.yml", "- community.general.apk:\n");
    write("suse.yml", "- community.general.zypper:\n");
    assertThat(analysed(Map.of("os", "suse", "item", "debian")).plugins())
        .contains("community.general.zypper", "community.general.apk")
        .doesNotContain("ansible.posix.mount");
  }

  @Test
  void a_role_that_the_call_names_is_needed() throws IOException {
    write("site.yml", "- hosts: all\n  roles: [\"{{ role }}\"]\n");
    assertThat(analysed(Map.of("role", "acme.web.site")).collections())
        .extracting(CollectionNeed::name)
        .containsExactly("acme.web");
    assertThat(analysed(Map.of()).collections()).isEmpty();
  }

  @Test
  void templates_in_values_are_followed_and_lists_and_mappings_are_looked_into()
      throws IOException {
    write(
        "site.yml",
        "- hosts: all\n  tasks:\n    - include_tasks: \"{{ x.first }}.yml\"\n"
            + "    - include_tasks: \"{{ item }}.yml\"\n      loop: \"{{ x.more }}\"\n");
    write("web.yml", "- ansible.posix.mount:\n");
    write("db.yml", "- community.general.apk:\n");
    var variables =
        Map.<String, Object>of(
            "x", Map.of("first", "{{ kind }}", "more", List.of("db")), "kind", "web");
    assertThat(analysed(variables).plugins())
        .contains("ansible.posix.mount", "community.general.apk");
  }

  @Test
  void a_value_that_is_only_data_does_not_rename_the_venv() throws IOException {
    write(
        "site.yml",
        """
        - hosts: "{{ target }}"
          tasks:
            - debug: {msg: "{{ colour }}"}
            - copy: {src: "{{ version }}.tgz", dest: /opt}
        """);
    var name = analysed(Map.of()).name();
    assertThat(analysed(Map.of("colour", "green", "version", "1.2", "target", "localhost")).name())
        .isEqualTo(name);
    assertThat(analysed(Map.of("colour", "red", "target", "web")).name()).isEqualTo(name);
  }

  @Test
  void a_value_that_changes_what_is_needed_renames_it() throws IOException {
    write("site.yml", "- hosts: all\n  tasks:\n    - action: \"{{ module }}\"\n");
    var mount = analysed(Map.of("module", "ansible.posix.mount"));
    var apk = analysed(Map.of("module", "community.general.apk"));
    assertThat(mount.plugins()).containsExactly("ansible.posix.mount");
    assertThat(mount.name()).isNotEqualTo(apk.name()).isNotEqualTo(analysed(Map.of()).name());
    assertThat(analysed(Map.of("module", "ansible.posix.mount")).name()).isEqualTo(mount.name());
  }

  @Test
  void of_a_secret_only_the_name_is_known() throws IOException {
    write(
        "site.yml",
        "- hosts: all\n  tasks:\n    - include_tasks: \"{{ kind }}.yml\"\n"
            + "    - debug: {msg: \"{{ password }}\"}\n");
    var encrypted = Map.of("__ansible_vault", "$ANSIBLE_VAULT;1.1;AES256\n31");
    var analysis = analysed(Map.of("password", "s3cret", "kind", encrypted));
    assertThat(analysis.canonicalForm().text()).doesNotContain("s3cret").doesNotContain("VAULT");
    assertThat(analysis.variablesRead()).doesNotContain("password");
    assertThat(new CallVariables(Map.of("password", "s3cret")).toString())
        .isEqualTo("CallVariables[password]");
  }

  @Test
  void the_default_of_a_prompt_is_one_of_the_answers() throws IOException {
    write(
        "site.yml",
        """
        - hosts: all
          vars_prompt:
            - {name: module, prompt: Which, default: ansible.posix.mount}
          tasks:
            - action: "{{ module }}"
        """);
    assertThat(analysed(Map.of()).plugins()).containsExactly("ansible.posix.mount");
    assertThat(analysed(Map.of()).unresolved()).hasSize(1);
    var answered = analysed(Map.of("module", "community.general.apk"));
    assertThat(answered.plugins()).containsExactly("community.general.apk");
    assertThat(answered.unresolved()).isEmpty();
  }

  private Analysis analysed(Map<String, Object> variables) {
    return ANALYZER.analyze(
        new AnalysisRequest(project, project.resolve("site.yml"), List.of(), Map.of())
            .with(new CallVariables(variables)));
  }

  private static String play(String module) {
    return "- hosts: all\n  tasks:\n    - " + module + ":\n";
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(project.resolve(file), content);
  }
}
