package dev.ansiblevenv.analysis.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DistributionsTest {

  @ParameterizedTest
  @CsvSource({
    "ldap.controls, python-ldap",
    "dns.resolver, dnspython",
    "netaddr, netaddr",
    "google.auth.transport, google-auth",
    "azure.mgmt.compute.models, azure-mgmt-compute",
    "azure.core.exceptions, azure-core",
    "azure.storage.blob.aio, azure-storage-blob",
    "google.cloud.storage.bucket, google-cloud-storage",
    "google.cloud.bigquery.table, google-cloud-bigquery",
    "com.vmware.vcenter_client, vmware-vcenter",
    "vmware.vapi.stdlib, vmware-vapi-runtime",
    "serial.tools, pyserial",
    "Crypto.Cipher, pycryptodome",
    "zmq, pyzmq",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "some_unheard_of",
        "com.example.thing",
        "google.unheard.of",
        "google.cloud",
        "azure.unheard.models",
        "utils",
        "config.settings",
        "cv2",
      })
  void the_name_of_a_module_is_never_taken_for_that_of_a_distribution(String module) {
    assertThat(Distributions.of(module)).isInstanceOf(Distribution.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "serial, pyserial, true",
    "acme.things, acme-things, true",
    "acme.things.deep, python-acme, true",
    "acme, acme-sdk, true",
    "acme, libacme, false",
    "acme, acme-plugins, false",
    "cv2, opencv-python, true",
  })
  void a_distribution_that_somebody_names_may_tell_its_module(
      String module, String name, boolean tells) {
    var hints =
        Distributions.of(module) instanceof Distribution.Unknown(var _, var known)
            ? known
            : List.<String>of();
    assertThat(new Distribution.Unknown(module, hints).isIn(name)).isEqualTo(tells);
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
