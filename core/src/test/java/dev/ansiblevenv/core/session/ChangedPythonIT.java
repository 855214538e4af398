package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.environment.HostEnvironment.Status;
import dev.ansiblevenv.core.host.HostPython;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The system's Python is upgraded or removed under an environment.
class ChangedPythonIT {

  @TempDir Path directory;
  private TestHost host;
  private Path system;
  private List<HostPython> pythons = List.of();

  @BeforeEach
  void a_host() {
    host = new TestHost(directory, Map.of("PATH", everyPython()));
    system = directory.resolve("python3");
    try (var session = host.open()) {
      pythons =
          session.factsWithPythons().pythons().stream()
              .filter(python -> minor(python) >= 11)
              .toList();
    }
  }

  /// A version manager keeps the Pythons that are not chosen off the path.
  private static String everyPython() {
    var home = Path.of(System.getProperty("user.home"), ".pyenv");
    var root = Path.of(System.getenv().getOrDefault("PYENV_ROOT", home.toString()));
    var path = new StringBuilder(System.getenv("PATH"));
    try (var versions = Files.newDirectoryStream(root.resolve("versions"))) {
      versions.forEach(version -> path.append(':').append(version.resolve("bin")));
    } catch (NoSuchFileException e) {
      // There is no such manager here.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path.toString();
  }

  @Test
  void another_patch_of_the_same_minor_version_serves_as_before() throws Exception {
    var pair =
        pythons.stream()
            .map(one -> pythons.stream().filter(other -> minor(other) == minor(one)).toList())
            .filter(same -> same.size() > 1)
            .findFirst();
    assumeTrue(pair.isPresent(), "needs two Pythons of one minor version");
    var first = pair.orElseThrow().getFirst();
    install(first);
    try (var session = host.open()) {
      ensure(session, system.toString());
      install(pair.orElseThrow().getLast());
      var again = ensure(session, system.toString());
      assertThat(again.status()).isIn(Status.READY, Status.BUILT);
      assertThat(session.list().venvs().getFirst().healthy()).isTrue();
      assertThat(
              TestUv.output(
                  host.venv("one").resolve("bin/ansible-playbook").toString(), "--version"))
          .contains("core " + again.ansibleCore());
    }
  }

  @Test
  void another_minor_version_means_a_rebuild_that_says_why() throws Exception {
    var first = pythons.getFirst();
    var upgraded = pythons.stream().filter(python -> minor(python) != minor(first)).findFirst();
    assumeTrue(upgraded.isPresent(), "needs two minor versions of Python");
    install(first);
    try (var session = host.open()) {
      ensure(session, system.toString());
      install(upgraded.orElseThrow());
      assertThat(session.list().venvs().getFirst().problem()).contains("interpreter");
      var rebuilt = ensure(session, system.toString());
      assertThat(rebuilt.status()).isEqualTo(Status.BUILT);
      assertThat(rebuilt.reason()).contains("interpreter");
      assertThat(session.verify("one").status()).isEqualTo(Verification.Status.HEALTHY);
    }
  }

  @Test
  void a_removed_python_means_a_rebuild_with_another_that_says_why() throws Exception {
    install(pythons.getFirst());
    try (var session = host.open()) {
      ensure(session, system.toString());
      Files.delete(system);
      assertThat(session.list().venvs().getFirst().problem()).contains("is gone");
      var rebuilt = ensure(session, "");
      assertThat(rebuilt.status()).isEqualTo(Status.BUILT);
      assertThat(rebuilt.reason()).contains("is gone");
      assertThat(session.verify("one").status()).isEqualTo(Verification.Status.HEALTHY);
    }
  }

  private HostEnvironment ensure(HostSession session, String python) {
    return session.ensure(
        new EnvironmentRequest("one", TestHost.lock(), python, false, false),
        facts -> TestHost.inputs(Map.of()),
        progress -> {});
  }

  /// What an upgrade leaves at the same path.
  private void install(HostPython python) throws IOException {
    Files.deleteIfExists(system);
    Files.createSymbolicLink(system, Path.of(python.path()));
  }

  private static int minor(HostPython python) {
    return Integer.parseInt(python.version().split("\\.", -1)[1]);
  }
}
