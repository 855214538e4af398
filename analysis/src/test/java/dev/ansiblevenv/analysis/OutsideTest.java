package dev.ansiblevenv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.playbook.Outside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a playbook names above its project, and in directories that Ansible's configuration names.
final class OutsideTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  @TempDir private Path top;
  private Path project;

  @BeforeEach
  void something_lies_above_the_project() throws IOException {
    project = top.resolve("work/project");
    write("work/common/vars.yml", "module: community.general.ufw\n");
    write("work/common/tasks.yml", "- community.general.timezone: {name: UTC}\n");
    write("work/common/motd.j2", "{{ x | community.general.json_query('a') }}\n");
    write("work/common/vars/one.yml", "a: 1\n");
    write("work/dist/app/index.html", "");
    write("work/roles/web/tasks/main.yml", "- community.docker.docker_container: {name: x}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "vars_files: [../../common/vars.yml], tasks: [{debug: }]    # common/vars.yml",
        "vars_files: ['{{ playbook_dir }}/../../common/vars.yml']   # common/vars.yml",
        "tasks: [{include_vars: ../../common/vars.yml}]             # common/vars.yml",
        "tasks: [{include_vars: {dir: ../../common/vars}}]          # common/vars",
        "tasks: [{import_tasks: ../../common/tasks.yml}]            # common/tasks.yml",
        "tasks: [{include_tasks: ../../common/tasks.yml}]           # common/tasks.yml",
        "tasks: [{template: {src: ../../common/motd.j2, dest: x}}]  # common/motd.j2",
        "tasks: [{copy: {src: ../../dist/app, dest: x}}]            # dist/app",
        "tasks: [{ansible.builtin.copy: src=../../dist/app/ dest=x}] # dist/app",
        "vars: {d: ../../dist}, tasks: [{copy: {src: '{{ d }}/{{ item }}', dest: x}, loop: [app]}] # dist/app",
        "tasks: [{script: ../../common/tasks.yml --flag}]           # common/tasks.yml",
        "tasks: [{debug: {msg: \"{{ lookup('file', '../../common/vars.yml') }}\"}}] # common/vars.yml",
        "tasks: [{debug: , with_file: [../../common/vars.yml]}]     # common/vars.yml",
        "tasks: [{debug: , with_fileglob: ['../../common/*.j2']}]   # common/motd.j2",
        "roles: [../../roles/web]                                   # roles/web",
        "tasks: [{include_role: {name: ../../roles/web}}]           # roles/web",
      })
  void what_a_relative_path_names_above_the_project_is_found(String play, String found)
      throws IOException {
    var outside = analyze("- {hosts: all, " + play + "}\n").outside();
    assertThat(outside.paths()).containsExactly(top.resolve("work").resolve(found));
    assertThat(outside.unclear()).isEmpty();
  }

  @Test
  void what_is_read_there_counts_for_the_environment() throws IOException {
    var analysis =
        analyze(
            """
            - hosts: all
              vars_files: [../../common/vars.yml]
              roles: [../../roles/web]
              tasks:
                - include_tasks: ../../common/tasks.yml
                - "{{ module }}": {state: enabled}
            """);
    assertThat(analysis.plugins())
        .contains("community.general.timezone", "community.docker.docker_container");
    assertThat(analysis.canonicalForm().files().keySet())
        .contains("above:../common/vars.yml", "above:../roles/web/tasks/main.yml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "vars_files: ['../../common/{{ env }}.yml'], tasks: [{debug: }]       # ../../common/*.yml",
        "tasks: [{copy: {src: '../../dist/{{ version }}', dest: x}}]          # ../../dist/*",
      })
  void a_name_that_only_a_run_knows_is_told(String play, String told) throws IOException {
    var outside = analyze("- {hosts: all, " + play + "}\n").outside();
    assertThat(outside.paths()).isEmpty();
    assertThat(outside.unclear()).containsExactly(told);
  }

  @Test
  void an_absolute_path_is_another_machines_business() throws IOException {
    var file = top.resolve("work/common/vars.yml");
    var outside = analyze("- {hosts: all, vars_files: [" + file + "]}\n").outside();
    assertThat(outside.paths()).isEmpty();
    assertThat(outside.absolute()).containsExactly(file.toString());
  }

  @Test
  void nothing_above_a_project_that_is_not_trusted_is_looked_at() throws IOException {
    var outside =
        analyze(
                "- {hosts: all, vars_files: [../../common/vars.yml], tasks: [{copy: {src: '../../dist/{{ x }}'}}]}\n",
                Map.of("ANSIBLE_VENV_UNTRUSTED", "1"))
            .outside();
    assertThat(outside).isEqualTo(Outside.NOTHING);
  }

  @Test
  void directories_of_plugins_are_known_by_the_variable_that_sets_them() throws IOException {
    write(
        "plugins/filters/ours.py",
        "class FilterModule:\n  def filters(self):\n    return {'ours': str}\n");
    write(
        "work/project/ansible.cfg",
        "[defaults]\nfilter_plugins = ../../plugins/filters\ntest_plugins = ../../plugins\n");
    var outside = analyze("- {hosts: all, tasks: [{debug: {msg: '{{ 1 | ours }}'}}]}\n").outside();
    var filters = top.resolve("plugins/filters");
    assertThat(outside.paths()).containsExactly(filters);
    assertThat(outside.pluginDirectories())
        .isEqualTo(Map.of("ANSIBLE_FILTER_PLUGINS", List.of(filters)));
  }

  private Analysis analyze(String playbook) throws IOException {
    return analyze(playbook, Map.of());
  }

  private Analysis analyze(String playbook, Map<String, String> environment) throws IOException {
    write("work/project/plays/site.yml", playbook);
    var file = project.resolve("plays/site.yml");
    return new PlaybookAnalyzer(CATALOGUE)
        .analyze(new AnalysisRequest(project, file, List.of(), environment));
  }

  private void write(String path, String content) throws IOException {
    var file = top.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
