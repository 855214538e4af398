package dev.ansiblevenv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.diagnostic.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which packages an import stands for: what is documented, what requirements files name, what
/// public data says, in this order, and never the name of the module alone.
final class PackageNamesTest {

  @TempDir private Path project;

  @BeforeEach
  void a_play_that_uses_a_module_of_the_project() throws IOException {
    write("site.yml", "- {hosts: all, tasks: [{thing: }]}\n");
  }

  @Test
  void public_data_says_which_package_has_a_module() throws IOException {
    write("library/thing.py", "import serial\nfrom Crypto.Cipher import AES\n");
    assertThat(packages()).containsExactly("pycryptodome", "pyserial");
    assertThat(analyze().unresolved()).isEmpty();
  }

  @Test
  void a_module_that_nothing_is_known_of_is_listed_as_it_is_imported() throws IOException {
    write("library/thing.py", "import Acme_Things.deep\nimport cv2\n");
    assertThat(packages()).isEmpty();
    assertThat(unresolved())
        .containsExactly(
            "which package `Acme_Things.deep` is in",
            "which package `cv2` is in (perhaps opencv-contrib-python,"
                + " opencv-contrib-python-headless, opencv-python, opencv-python-headless)");
  }

  @Test
  void a_file_of_the_projects_is_no_package_of_its_name() throws IOException {
    write("library/thing.py", "import serial\n");
    write("filter_plugins/serial.py", "class FilterModule: pass\n");
    assertThat(packages()).isEmpty();
    assertThat(unresolved()).containsExactly("which package `serial` is in");
  }

  @Test
  void documentation_names_the_package_and_its_versions() throws IOException {
    write(
        "library/thing.py",
        "DOCUMENTATION = 'requirements: [acme-things >= 2.1]'\nimport acme_things\n");
    assertThat(packages()).containsExactly("acme-things>=2.1");
    assertThat(unresolved()).isEmpty();
  }

  @Test
  void a_requirements_file_of_the_project_names_the_package() throws IOException {
    write("library/thing.py", "import acme\nimport cv2\n");
    write("requirements.txt", "acme-sdk==3.2\nopencv-python\nacme-unrelated\n");
    assertThat(packages()).containsExactly("acme-sdk==3.2", "opencv-python");
    assertThat(unresolved()).isEmpty();
  }

  @Test
  void what_the_user_adds_settles_an_import() throws IOException {
    write("library/thing.py", "import acmelib\n");
    write("ansible-venv.yml", "add: {python_packages: [python-acmelib]}\n");
    assertThat(packages()).containsExactly("python-acmelib");
    assertThat(unresolved()).isEmpty();
  }

  @Test
  void of_packages_of_which_one_is_enough_the_one_is_taken_that_the_project_names()
      throws IOException {
    write("site.yml", "- {hosts: all, tasks: [{community.postgresql.postgresql_ping: }]}\n");
    assertThat(packages()).containsExactly("psycopg2>=2.5.1");
    write("requirements.txt", "psycopg[binary]>=3.1\n");
    assertThat(packages()).containsExactly("psycopg[binary]>=3.1");
  }

  @Test
  void requirements_of_an_own_collection_settle_its_imports() throws IOException {
    var collection = "collections/ansible_collections/acme/tools/";
    write("site.yml", "- {hosts: all, tasks: [{acme.tools.probe: }]}\n");
    write(collection + "galaxy.yml", "{namespace: acme, name: tools, version: 1.0.0}\n");
    write(collection + "plugins/modules/probe.py", "import acmelib\n");
    write(collection + "meta/execution-environment.yml", "dependencies: {python: meta/py.txt}\n");
    write(collection + "meta/py.txt", "python-acmelib>=1.4\n");
    assertThat(packages()).containsExactly("python-acmelib>=1.4");
    var before = analyze().name();
    write(collection + "meta/py.txt", "python-acmelib>=1.5\n");
    assertThat(analyze().name()).isNotEqualTo(before);
  }

  @Test
  void on_the_control_node_bindings_of_the_index_stand_for_a_package_of_the_system()
      throws IOException {
    write("site.yml", "- {hosts: localhost, tasks: [{community.libvirt.virt: }]}\n");
    assertThat(packages()).containsExactly("libvirt-python", "lxml");
    assertThat(analyze().systemPackages()).extracting(SystemPackage::name).isEmpty();
    write("site.yml", "- {hosts: web, tasks: [{community.libvirt.virt: }]}\n");
    assertThat(packages()).containsExactly("lxml");
    assertThat(analyze().systemPackages())
        .extracting(SystemPackage::name)
        .containsExactly("python3-libvirt");
  }

  @Test
  void what_no_environment_can_have_is_told_where_it_is_needed_on_the_control_node()
      throws IOException {
    write("library/thing.py", "import apt\n");
    write("site.yml", "- {hosts: localhost, tasks: [{thing: }]}\n");
    assertThat(analyze().findings())
        .extracting(Finding::rule)
        .containsExactly("analysis[system-python]");
  }

  private List<String> packages() {
    return analyze().pythonPackages().stream()
        .map(PythonNeed::requirement)
        .filter(name -> !name.startsWith("ansible-core"))
        .sorted()
        .toList();
  }

  private List<String> unresolved() {
    return analyze().unresolved().stream().map(Unresolved::expression).sorted().toList();
  }

  private Analysis analyze() {
    return new PlaybookAnalyzer(Catalogue.load())
        .analyze(new AnalysisRequest(project, project.resolve("site.yml"), List.of(), Map.of()));
  }

  private void write(String file, String content) throws IOException {
    var path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
