package dev.ansiblevenv.analysis.indexing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequirementProseTest {

  private static final Imported NOTHING = new Imported(Set.of(), List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boto3 >= 1.34.0                                                       | boto3>=1.34.0",
        "requests >=2.20                                                       | requests>=2.20",
        "PyMySQL (Python 2.7 and Python 3.x)                                   | pymysql",
        "netaddr                                                               | netaddr",
        "pypsrp>=0.4.0, <1.0.0 (Python library)                                | pypsrp>=0.4.0,<1.0.0",
        "pywinrm (Python library)                                              | pywinrm",
        "ncclient (>=v0.6.4)                                                   | ncclient>=0.6.4",
        "python-gitlab python module <= 1.15.0                                 | python-gitlab<=1.15.0",
        "python-gitlab python module                                           | python-gitlab",
        "passlib[argon2] >= 1.7.4                                              | passlib[argon2]>=1.7.4",
        "pdpyras python module = 4.1.1                                         | pdpyras==4.1.1",
        "storops (0.5.10 or greater). Install using C(pip install storops).    | storops>=0.5.10",
        "C(hvac) (L(Python library,https://hvac.readthedocs.io/en/stable/))    | hvac",
        "C(hvac) (L(Python library,https://hvac.readthedocs.io/)) >= 2.0.0     | hvac>=2.0.0",
        "L(Docker SDK for Python,https://docker-py.readthedocs.io/) >= 2.0.0   | docker>=2.0.0",
        "python xmpp (xmpppy)                                                  | xmpppy",
        "yaml (https://example.org/PyYAML/)                               | pyyaml",
        "unheard-of (Python library)                                           | unheard-of",
        "dnspython >= 1.15.0 (maybe older versions also work)                  | dnspython>=1.15.0",
      })
  void a_python_package_is_found_in_prose(String prose, String requirement) {
    assertThat(RequirementProse.packages(prose, NOTHING))
        .singleElement()
        .satisfies(found ->
            assertThat(found.name() + found.extras() + found.specifier()).isEqualTo(requirement));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python >= 3.6",
        "git>=1.7.1 (the command line tool)",
        "A system managed by systemd.",
        "The host that executes this module must have the azure.azcollection collection installed",
        "All python packages listed in collection's requirements.txt must be installed via pip",
        "Docker API >= 1.25",
        "mysql (command line binary)",
        "paramiko (when using SSH with O(use_ssh_client=false))",
        "PyYAML if O(definition) is used",
        "install galaxy collection fortinet.fortios >= 2.0.0.",
        "L(dbatools,https://www.powershellgallery.com/packages/dbatools/) PowerShell module",
        "set as stdout in configuration",
        "composer installed in bin path (recommended C(/usr/local/bin))",
        "openssl in PATH (when O(ssl_backend=openssl))",
        "libselinux-python",
        "kubectl (go binary)",
        "update-alternatives",
      })
  void programs_systems_and_what_is_optional_are_no_packages(String prose) {
    assertThat(RequirementProse.packages(prose, NOTHING)).isEmpty();
  }

  @Test
  void a_word_that_the_plugin_imports_from_is_a_package() {
    assertThat(RequirementProse.packages("unheard >= 2", NOTHING)).isEmpty();
    assertThat(
            RequirementProse.packages("unheard >= 2", new Imported(Set.of("unheard"), List.of())))
        .hasSize(1);
  }
}
