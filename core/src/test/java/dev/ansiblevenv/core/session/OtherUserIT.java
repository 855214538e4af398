package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.storage.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that become another user have the packages of the environment, also where the account's
/// home is closed to everybody else.
class OtherUserIT {

  private static final String VENV = "others_1";

  private static final String PLAYBOOK =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - where:
            become: true
            become_user: nobody
            become_method: ansible.builtin.su
            vars: {ansible_become_flags: "-s /bin/sh"}
            register: other
          - ansible.builtin.debug: msg="{{ other.user }} {{ other.package }}"
      """;

  private static final String MODULE =
      """
      import pwd, os
      import jinja2
      from ansible.module_utils.basic import AnsibleModule
      module = AnsibleModule(argument_spec={})
      module.exit_json(user=pwd.getpwuid(os.geteuid()).pw_name, package=jinja2.__file__)
      """;

  @TempDir private Path directory;
  private TestHost host;

  @BeforeEach
  void a_private_home() throws Exception {
    assumeTrue(isRoot(), "only root can become another user without a password");
    host = new TestHost(directory);
    Files.setPosixFilePermissions(host.home, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void remove_what_is_outside() throws Exception {
    for (var place : host == null ? List.<Path>of() : places()) {
      Trees.delete(place);
    }
  }

  @Test
  void a_module_finds_the_packages_as_another_user() throws Exception {
    try (var session = host.open()) {
      var environment = host.ensure(session, VENV, TestHost.lock());
      assertThat(environment.obstacle()).isEmpty();
      var output = new HeardOutput();
      var result =
          session.run(
              host.request(VENV, TestHost.lock(), PLAYBOOK, Map.of("library/where.py", MODULE)),
              output);
      assertThat(result.succeeded()).as(output.text()).isTrue();
      assertThat(output.text()).contains("nobody " + places().getFirst());
      assertThat(host.ensure(session, "others_2", TestHost.lock()).status())
          .isEqualTo(HostEnvironment.Status.LINKED);
      assertThat(session.verify(VENV).problems()).isEmpty();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.home)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_place_that_is_gone_is_made_again() throws Exception {
    try (var session = host.open()) {
      host.ensure(session, VENV, TestHost.lock());
    }
    Trees.delete(places().getFirst());
    try (var session = host.open()) {
      assertThat(host.ensure(session, VENV, TestHost.lock()).status())
          .isEqualTo(HostEnvironment.Status.BUILT);
      assertThat(host.venv(VENV).toRealPath()).startsWith(places().getLast());
    }
    assertThat(places()).hasSize(2);
  }

  private List<Path> places() throws IOException {
    var record = host.store().resolve("shared.json");
    if (!Files.exists(record)) {
      return List.of();
    }
    var places = (List<?>) JSON.std.mapFrom(Files.readString(record)).get("places");
    return places.stream().map(place -> Path.of(String.valueOf(place))).toList();
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
