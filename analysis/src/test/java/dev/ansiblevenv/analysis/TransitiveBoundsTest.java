package dev.ansiblevenv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransitiveBoundsTest {

  @TempDir Path project;

  @Test
  void requirements_files_and_constraints_bound_what_nothing_uses_directly() throws IOException {
    var hash = "sha256:" + "0a".repeat(32);
    write(
        "requirements.txt",
        "-c more.txt\nurllib3==1.26.18 --hash=" + hash + "\nansible==9.*\nidna\n");
    write("more.txt", "idna==3.6 ; python_version > '3'\nlocal @ file:///opt/local.whl\n");
    write("requirements.yml", "collections:\n  - {name: acme.base, version: '<2'}\n  - acme.any\n");
    var bounds = analysis().bounds();
    assertThat(bounds.packages())
        .extracting(PackageBound::requirement)
        .containsExactlyInAnyOrder(
            "urllib3==1.26.18", "ansible-core==2.16.*", "idna==3.6 ; python_version > '3'");
    assertThat(bounds.packages())
        .filteredOn(bound -> bound.name().equals("urllib3"))
        .allSatisfy(bound -> {
          assertThat(bound.hashes()).isEqualTo(List.of(hash));
          assertThat(bound.because().file()).isEqualTo("requirements.txt");
          assertThat(bound.because().line()).isEqualTo(2);
        });
    assertThat(bounds.collections()).extracting(CollectionNeed::name).containsExactly("acme.base");
  }

  @Test
  void pyproject_bounds_like_a_requirements_file_and_says_what_is_not_read() throws IOException {
    write(
        "pyproject.toml",
        """
        [project]
        dependencies = ["ansible-core==2.18.*"]
        optional-dependencies = {docs = ["ansible-core<9"]}
        [dependency-groups]
        dev = [{include-group = "test"}, "netaddr>=1"]
        test = ["idna<4"]
        other = ["ansible-core>1"]
        """);
    var analysis = analysis();
    assertThat(analysis.pythonPackages())
        .extracting(PythonNeed::requirement)
        .containsExactly("ansible-core==2.18.*");
    assertThat(analysis.bounds().packages())
        .extracting(PackageBound::requirement)
        .containsExactly("ansible-core==2.18.*", "idna<4", "netaddr>=1");
    assertThat(analysis.unresolved())
        .extracting(Unresolved::expression)
        .containsExactly(
            "ansible-core<9 (extra `docs`, which is not read)",
            "ansible-core>1 (dependency group `other`, which is not read)");
  }

  @Test
  void what_only_another_operating_system_uses_is_dispensable() throws IOException {
    write("requirements.yml", "collections: []\n");
    Files.createDirectories(project.resolve("tasks"));
    write("tasks/win.yml", "- ansible.windows.win_ping:\n");
    write("tasks/os-FreeBSD.yml", "- community.general.pkgng: {name: x}\n");
    write("tasks/os-Debian.yml", "- community.docker.docker_container: {name: x}\n");
    write("tasks/both.yml", "- ansible.posix.mount: {path: /x, state: mounted}\n");
    write(
        "site.yml",
        """
        - hosts: all
          tasks:
            - ansible.builtin.include_tasks: tasks/win.yml
              when: ansible_facts['os_family'] == 'Windows' and x is defined
            - ansible.builtin.include_tasks: tasks/both.yml
              when: [ansible_system == "FreeBSD"]
            - ansible.builtin.include_tasks: tasks/both.yml
            - ansible.builtin.include_tasks: "tasks/os-{{ ansible_os_family }}.yml"
        """);
    var analysis =
        new PlaybookAnalyzer(Catalogue.load())
            .analyze(
                new AnalysisRequest(project, project.resolve("site.yml"), List.of(), Map.of()));
    assertThat(analysis.collections())
        .filteredOn(CollectionNeed::onlyElsewhere)
        .extracting(CollectionNeed::name)
        .containsExactly("ansible.windows", "community.general");
    assertThat(analysis.collections())
        .extracting(CollectionNeed::name)
        .contains("ansible.posix", "community.docker");
  }

  private Analysis analysis() throws IOException {
    write("site.yml", "- hosts: all\n  tasks:\n    - ansible.builtin.ping:\n");
    return new PlaybookAnalyzer(Catalogue.load())
        .analyze(new AnalysisRequest(project, project.resolve("site.yml"), List.of(), Map.of()));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }
}
