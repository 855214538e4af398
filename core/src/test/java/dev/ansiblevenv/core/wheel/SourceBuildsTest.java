package dev.ansiblevenv.core.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.lock.Lock;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceBuildsTest {

  private static final String WHEEL =
      "wheels = [{ url = 'https://example.org/%1$s', name = '%1$s', hashes = { sha256 = '"
          + "a".repeat(64)
          + "' } }]";
  private static final String SOURCE =
      "sdist = { url = 'https://example.org/%1$s', name = '%1$s', hashes = { sha256 = '"
          + "b".repeat(64)
          + "' } }";

  @Test
  void what_has_no_wheel_for_the_platform_is_told_with_what_it_takes_and_what_else_serves() {
    var lock =
        lock(
            entry("netaddr", WHEEL.formatted("netaddr-1.3.0-py3-none-any.whl")),
            entry("mysqlclient", SOURCE.formatted("mysqlclient-2.2.7.tar.gz")),
            entry("python-ldap", SOURCE.formatted("python_ldap-3.4.4.tar.gz")),
            entry("acme", WHEEL.formatted("acme-1.0-cp313-cp313-macosx_11_0_arm64.whl")));
    var builds = SourceBuilds.of(lock, PythonPlatform.parse("x86_64-glibc-2.41", "3.13"));
    assertThat(builds)
        .extracting(SourceBuilds.SourceBuild::name)
        .containsExactly("mysqlclient", "python-ldap", "acme");
    assertThat(builds.getFirst().lines())
        .containsExactly(
            "mysqlclient 1.0 has no wheel for this host; building it takes `gcc python3-dev"
                + " default-libmysqlclient-dev pkg-config` there (Debian names)",
            "PyMySQL has a wheel and serves as well: in `ansible-venv.yml`, add it and exclude"
                + " mysqlclient");
    assertThat(builds.get(1).lines().get(1)).contains("python3-ldap");
    assertThat(builds.get(2).lines()).hasSize(2);
  }

  private static String entry(String name, String file) {
    return "[[packages]]\nname = \"" + name + "\"\nversion = \"1.0\"\n" + file + "\n";
  }

  private static Lock lock(String... packages) {
    return new Lock(
        "lock-version = \"1.0\"\nrequires-python = \">=3.13\"\n" + String.join("", packages),
        List.of());
  }
}
