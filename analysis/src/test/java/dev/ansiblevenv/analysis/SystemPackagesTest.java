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

/// Packages of the operating system that used plugins and collections ask for.
final class SystemPackagesTest {

  @TempDir private Path project;

  @Test
  void those_of_used_plugins_and_of_their_collections_name_the_use() throws IOException {
    assertThat(needed("ansible.posix.firewalld"))
        .containsExactly(
            new SystemPackage(
                "python3-firewall",
                List.of(),
                List.of(new Because("site.yml", 2, "module", "ansible.posix.firewalld"))),
            new SystemPackage(
                "rsync",
                List.of("platform:redhat"),
                List.of(new Because("site.yml", 2, "bindep", "ansible.posix"))));
  }

  @Test
  void what_modules_of_ansible_core_find_or_install_themselves_is_not_asked_for()
      throws IOException {
    assertThat(needed("ansible.builtin.apt")).isEmpty();
  }

  @Test
  void an_old_short_name_asks_for_the_same() throws IOException {
    assertThat(needed("firewalld"))
        .extracting(SystemPackage::name)
        .containsExactly("python3-firewall", "rsync");
  }

  @Test
  void what_only_serves_to_work_on_a_collection_is_not_asked_for() {
    var packages = new SystemPackages();
    packages.addAll(
        List.of("gcc-c++ [doc test platform:rpm]", "gcc [compile platform:rpm]", "rsync"),
        new Because("site.yml", 2, "bindep", "acme.web"));
    assertThat(packages.all()).extracting(SystemPackage::name).containsExactly("gcc", "rsync");
  }

  @Test
  void a_package_asked_for_everywhere_is_needed_everywhere() {
    var packages = new SystemPackages();
    var use = new Because("site.yml", 2, "bindep", "acme.web");
    packages.add("rsync", List.of("platform:rpm"), use);
    packages.add("rsync", List.of(), use);
    assertThat(packages.all()).containsExactly(new SystemPackage("rsync", List.of(), List.of(use)));
  }

  private List<SystemPackage> needed(String module) throws IOException {
    Files.writeString(
        project.resolve("site.yml"), "- hosts: all\n  tasks: [{" + module + ": {name: x}}]\n");
    var request = new AnalysisRequest(project, project.resolve("site.yml"), List.of(), Map.of());
    return new PlaybookAnalyzer(Catalogue.load()).analyze(request).systemPackages();
  }
}
