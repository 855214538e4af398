package dev.ansiblevenv.analysis.indexing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectionIndexerTest {

  @TempDir Path root;

  @BeforeEach
  void manifest() throws IOException {
    write(
        "MANIFEST.json",
        """
        {"collection_info": {"namespace": "acme", "name": "tools", "version": "1.2.3",
          "dependencies": {"ansible.utils": ">=2.0.0"}}}
        """);
  }

  @Test
  void the_index_says_what_the_collection_is() throws IOException {
    write("meta/runtime.yml", "requires_ansible: '>=2.17.0'\n");
    write("roles/web/tasks/main.yml", "[]\n");
    write("bindep.txt", "gcc [compile]  # for lxml\n");
    var facts = catalogue().collection("acme.tools").orElseThrow();
    assertThat(facts.version()).isEqualTo("1.2.3");
    assertThat(facts.requiresAnsible()).isEqualTo(">=2.17.0");
    assertThat(facts.dependencies()).containsEntry("ansible.utils", ">=2.0.0");
    assertThat(facts.roles()).containsExactly("web");
    assertThat(facts.system()).containsExactly("gcc [compile]");
  }

  @Test
  void an_import_without_a_guard_is_needed_also_behind_module_utils() throws IOException {
    write("plugins/modules/a.py", "from ..module_utils.api import call\n");
    write("plugins/module_utils/api.py", "from . import http\nimport ldap\n");
    write("plugins/module_utils/http.py", "import requests\nimport json\n");
    assertThat(python(PluginKind.MODULE, "a")).containsExactly("python-ldap", "requests");
  }

  @Test
  void versions_come_from_the_requirements_of_the_collection() throws IOException {
    write(
        "requirements.txt",
        "# for a\\nrequests>=2.31 ; python_version < '3.12'\n".replace("\\n", "\n"));
    write("plugins/modules/a.py", "import requests\n");
    assertThat(python(PluginKind.MODULE, "a"))
        .containsExactly("requests>=2.31 ; python_version < '3.12'");
  }

  @Test
  void documentation_with_its_fragments_says_more_than_guarded_imports() throws IOException {
    write(
        "plugins/modules/a.py",
        """
        DOCUMENTATION = '''
        extends_documentation_fragment: [acme.tools.sdk, acme.tools.sdk.more]
        '''
        try:
            import optional
            HAS = True
        except ImportError:
            HAS = False
        if not HAS:
            raise Exception()
        """);
    write(
        "plugins/doc_fragments/sdk.py",
        """
        class ModuleDocFragment:
            DOCUMENTATION = r'''
        requirements: [netaddr >= 1]
        '''
            MORE = r'''
        requirements: [jmespath]
        '''
        """);
    assertThat(python(PluginKind.MODULE, "a")).containsExactly("jmespath", "netaddr>=1");
  }

  @Test
  void a_guarded_import_is_needed_where_nothing_is_documented_and_its_absence_ends_the_plugin()
      throws IOException {
    write(
        "plugins/module_utils/api.py",
        """
        try:
            import redis
            HAS_ONE = True
        except ImportError:
            HAS_ONE = False
        try:
            import hvac
            HAS_TWO = True
        except ImportError:
            HAS_TWO = False
        class Used:
            def __init__(self):
                if not HAS_ONE:
                    raise Exception('one')
        class Unused:
            def __init__(self):
                if not HAS_TWO:
                    raise Exception('two')
        """);
    write(
        "plugins/modules/a.py",
        "from ansible_collections.acme.tools.plugins.module_utils.api import Used\nUsed()\n");
    assertThat(python(PluginKind.MODULE, "a")).containsExactly("redis");
  }

  @Test
  void a_python_2_fallback_is_no_need() throws IOException {
    write(
        "plugins/modules/a.py",
        "try:\n    import queue\nexcept ImportError:\n    import Queue as queue\n");
    assertThat(python(PluginKind.MODULE, "a")).isEmpty();
  }

  @Test
  void what_the_operating_system_brings_is_told_apart() throws IOException {
    write("plugins/modules/a.py", "try:\n    import apt\nexcept ImportError:\n    pass\n");
    assertThat(needs("a")).containsExactly("system python3-apt");
    assertThat(python(PluginKind.MODULE, "a")).isEmpty();
  }

  @Test
  void a_module_that_looks_for_a_python_of_the_systems_is_told_apart() throws IOException {
    write(
        "plugins/modules/a.py",
        """
        from ansible.module_utils.common.respawn import respawn_module
        try:
            import apt
        except ImportError:
            respawn_module('/usr/bin/python3')
        """);
    assertThat(needs("a")).containsExactly("respawn python3-apt");
  }

  @Test
  void what_nobody_knows_the_package_of_is_kept_as_it_is_imported() throws IOException {
    write("plugins/modules/a.py", "import Acme_Things.deep\n");
    write("plugins/modules/b.py", "import acmelib\n");
    write("requirements.txt", "pyacmelib>=2\nacmelib-docs\n");
    assertThat(needs("a")).containsExactly("unknown Acme_Things.deep");
    assertThat(needs("b")).containsExactly("import pyacmelib>=2");
  }

  @Test
  void the_vsphere_sdk_is_what_the_collection_calls_it() throws IOException {
    write("plugins/modules/a.py", "from com.vmware.vapi.std_client import DynamicID\n");
    assertThat(needs("a")).containsExactly("import vmware-vcenter");
    write("requirements.txt", "vcf-sdk>=9\n");
    assertThat(needs("a")).containsExactly("import vcf-sdk>=9");
  }

  @Test
  void the_action_plugin_of_a_module_is_needed_on_the_control_side() throws IOException {
    write("plugins/modules/a.py", "import requests\n");
    write("plugins/action/a.py", "import netaddr\n");
    write("plugins/action/shared.py", "import jmespath\n");
    write("plugins/modules/b.py", "");
    write("meta/runtime.yml", "plugin_routing: {action: {b: {redirect: acme.tools.shared}}}\n");
    assertThat(catalogue().python(PluginKind.MODULE, "acme.tools.a"))
        .extracting(need -> need.requirement() + " " + need.control())
        .containsExactly("requests false", "netaddr true");
    assertThat(catalogue().python(PluginKind.MODULE, "acme.tools.b"))
        .extracting(need -> need.requirement() + " " + need.control())
        .containsExactly("jmespath true");
  }

  @Test
  void what_a_module_without_code_documents_its_action_plugin_needs() throws IOException {
    write("plugins/modules/a.py", "DOCUMENTATION = 'requirements: [netaddr >= 1, jmespath]'\n");
    write("plugins/action/a.py", "import netaddr\n");
    assertThat(catalogue().python(PluginKind.MODULE, "acme.tools.a"))
        .extracting(need -> need.requirement() + " " + need.control())
        .containsExactly("jmespath true", "netaddr>=1 true");
  }

  @Test
  void names_are_found_by_file_directory_and_registration() throws IOException {
    write("plugins/modules/sub/deep.py", "");
    write("plugins/modules/win.ps1", "");
    write("plugins/filter/many.py", "def filters(self): return {'one': f, 'two': f}\n");
    write("plugins/filter/three.yml", "DOCUMENTATION: {}\n");
    assertThat(found(PluginKind.MODULE, "sub.deep")).isTrue();
    assertThat(found(PluginKind.MODULE, "win")).isTrue();
    assertThat(found(PluginKind.FILTER, "two")).isTrue();
    assertThat(found(PluginKind.FILTER, "three")).isTrue();
    assertThat(found(PluginKind.FILTER, "many")).isFalse();
  }

  @Test
  void routing_leads_on_also_to_other_collections_and_says_what_is_gone() throws IOException {
    write(
        "meta/runtime.yml",
        """
        plugin_routing:
          modules:
            old: {redirect: acme.tools.new}
            moved: {redirect: community.general.ufw, deprecation: {warning_text: Use ufw.}}
            gone: {tombstone: {warning_text: Use new.}}
            loop: {redirect: acme.tools.loop2}
            loop2: {redirect: acme.tools.loop}
        action_groups:
          all: [new, {metadata: {extend_group: [community.docker.docker]}}]
        """);
    write("plugins/modules/new.py", "");
    var catalogue = catalogue();
    assertThat(catalogue.resolve(PluginKind.MODULE, "acme.tools.old"))
        .isEqualTo(new Resolution.Found("acme.tools.new", List.of(), ""));
    assertThat(catalogue.resolve(PluginKind.MODULE, "acme.tools.moved"))
        .isEqualTo(
            new Resolution.Found("community.general.ufw", List.of("acme.tools.moved"), "Use ufw."));
    assertThat(catalogue.resolve(PluginKind.MODULE, "acme.tools.gone"))
        .isEqualTo(new Resolution.Removed("acme.tools.gone", List.of(), "Use new."));
    assertThat(catalogue.resolve(PluginKind.MODULE, "acme.tools.never"))
        .isEqualTo(
            new Resolution.Absent(
                "acme.tools.never", List.of(), "acme.tools 1.2.3 has no module of this name"));
    assertThat(catalogue.resolve(PluginKind.MODULE, "acme.tools.loop"))
        .isEqualTo(new Resolution.Unknown());
    assertThat(catalogue.actionGroup("acme.tools.all"))
        .contains("acme.tools.new", "community.docker.docker_container");
  }

  @Test
  void broken_files_leave_the_rest_as_it_is() throws IOException {
    write("meta/runtime.yml", "a: [\n");
    write("requirements.txt", "!!!\nrequests>=2\n");
    write("plugins/modules/a.py", "DOCUMENTATION = '''\n- [\n'''\nimport requests\n(((\n");
    assertThat(python(PluginKind.MODULE, "a")).containsExactly("requests>=2");
  }

  private boolean found(PluginKind kind, String name) throws IOException {
    return catalogue().resolve(kind, "acme.tools." + name) instanceof Resolution.Found;
  }

  private List<String> python(PluginKind kind, String name) throws IOException {
    return catalogue().python(kind, "acme.tools." + name).stream()
        .map(Catalogue.PythonRequirement::requirement)
        .toList();
  }

  private List<String> needs(String module) throws IOException {
    return catalogue().needs(PluginKind.MODULE, "acme.tools." + module).stream()
        .map(each -> each.need().toString())
        .toList();
  }

  private Catalogue catalogue() throws IOException {
    var indexer = new CollectionIndexer(_ -> Optional.empty());
    return Catalogue.load().with(indexer.index("acme.tools", root));
  }

  private void write(String name, String content) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
