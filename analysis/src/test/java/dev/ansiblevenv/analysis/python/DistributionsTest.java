package dev.ansiblevenv.analysis.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistributionsTest {

  @ParameterizedTest
  @CsvSource({
    "ldap.controls, python-ldap",
    "dns.resolver, dnspython",
    "netaddr, netaddr",
    "some_unheard_of, some-unheard-of",
    "google.auth.transport, google-auth",
    "azure.mgmt.compute.models, azure-mgmt-compute",
    "azure.core.exceptions, azure-core",
  })
  void a_module_comes_from_a_distribution(String module, String name) {
    assertThat(Distributions.of(module)).isEqualTo(new Distribution.OnIndex(name));
  }

  @Test
  void nothing_has_to_be_installed_for_the_standard_library_and_shims() {
    for (var module : new String[] {"os.path", "urllib2", "Queue", "win32api", "placebo", "_ssl"}) {
      assertThat(Distributions.of(module)).isEqualTo(new Distribution.Nothing());
    }
  }

  @Test
  void what_ansible_core_depends_on_is_there() {
    assertThat(Distributions.of("yaml")).isEqualTo(new Distribution.OfCore("pyyaml"));
    assertThat(Distributions.isOfCore("jinja2")).isTrue();
  }

  @Test
  void some_modules_only_come_with_the_operating_system() {
    assertThat(Distributions.of("apt_pkg")).isEqualTo(new Distribution.OfSystem("python3-apt"));
  }
}
