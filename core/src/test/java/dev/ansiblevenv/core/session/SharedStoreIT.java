package dev.ansiblevenv.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.environment.EnvironmentRequest;
import dev.ansiblevenv.core.environment.HostEnvironment;
import dev.ansiblevenv.core.environment.HostEnvironment.Status;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import dev.ansiblevenv.diagnostic.BuildFailed;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What environments of one host have in common lies there once.
class SharedStoreIT {

  private static final GarbagePolicy EVERYTHING = new GarbagePolicy(0, Duration.ZERO);

  @TempDir Path directory;
  private TestHost host;
  private final List<String> installed = new ArrayList<>();

  @BeforeEach
  void a_host() {
    host = new TestHost(directory);
  }

  @Test
  void an_environment_that_differs_in_one_package_installs_and_stores_only_that() throws Exception {
    var wanted = new ArrayList<>(pins());
    wanted.add("idna");
    var more = new Lock(TestUv.pylock(wanted.toArray(String[]::new)), List.of());
    try (var session = host.open()) {
      ensure(session, "one", TestHost.lock(), Map.of());
      var first = diskUse();
      installed.clear();
      var second = ensure(session, "two", more, Map.of());
      assertThat(second.status()).isEqualTo(Status.BUILT);
      assertThat(installed).hasSize(1).allMatch(line -> line.startsWith("+ idna=="));
      assertThat(diskUse() - first).isLessThan(first / 10);
      for (var file : List.of("release.py", "__pycache__", "cli/playbook.py")) {
        var ours = only(host.venv("one"), "ansible/" + file);
        var theirs = only(host.venv("two"), "ansible/" + file);
        if (!Files.isDirectory(ours)) {
          assertThat(Files.getAttribute(ours, "unix:ino"))
              .isEqualTo(Files.getAttribute(theirs, "unix:ino"));
        } else {
          assertThat(bytecode(ours)).isNotEmpty().containsAll(bytecode(theirs));
        }
      }
      assertThat(session.verify("two").status()).isEqualTo(Verification.Status.HEALTHY);

      installed.clear();
      var third = new Lock(another(more.pylock()), List.of());
      assertThat(ensure(session, "three", third, Map.of()).status()).isEqualTo(Status.BUILT);
      assertThat(installed).isEmpty();
    }
  }

  @Test
  void a_collection_is_unpacked_once_and_nobody_needs_its_tarball_again() throws Exception {
    var tarball =
        TinyCollection.named("acme.web", "1.2.0")
            .with("plugins/filter/shout.py", "class FilterModule:\n    pass\n")
            .with("tests/unit/test_shout.py", "pass\n")
            .with("meta/runtime.yml", "requires_ansible: '>=2.15'\n")
            .in(directory);
    var locked = TestHost.locked("acme.web", "1.2.0", tarball);
    try (var session = host.open()) {
      ensure(session, "one", lock(locked), Map.of(locked.sha256(), tarball));
      var kept = host.store().resolve("collections").resolve(locked.sha256());
      var link = only(host.venv("one"), "ansible_collections/acme/web");
      assertThat(Files.readSymbolicLink(link)).isRelative();
      assertThat(link.toRealPath()).isEqualTo(kept.toRealPath());
      assertThat(kept.resolve("tests")).doesNotExist();
      assertThat(bytecode(kept.resolve("plugins/filter/__pycache__"))).hasSize(1);
      try (var everything = Files.walk(kept)) {
        assertThat(everything)
            .allSatisfy(path ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .matches("(r-[x-]){3}"));
      }
      assertThat(host.store().resolve("blobs").resolve(locked.sha256())).doesNotExist();

      // The inputs of this build hold no tarball that could be sent.
      var again = new Lock(another(TestHost.PYLOCK), List.of(locked));
      assertThat(ensure(session, "two", again, Map.of()).status()).isEqualTo(Status.BUILT);
      assertThat(session.verify("two").status()).isEqualTo(Verification.Status.HEALTHY);
      assertThat(
              TestUv.output(
                  host.venv("two").resolve("bin/ansible-galaxy").toString(), "collection", "list"))
          .containsPattern("acme\\.web\\s+1\\.2\\.0");
    }
  }

  @Test
  void what_was_damaged_is_found_and_mended_by_a_rebuild() throws Exception {
    // A cache of its own: the files to damage are the cache's, too.
    var alone = directory.resolve("alone");
    Files.createDirectories(alone.resolve("home/.local/share/ansible-venv/cache/uv"));
    host = new TestHost(alone);
    var tarball = TinyCollection.named("acme.web", "1.2.0").with("roles/x/a", "b").in(directory);
    var locked = TestHost.locked("acme.web", "1.2.0", tarball);
    try (var session = host.open()) {
      ensure(session, "one", lock(locked), Map.of(locked.sha256(), tarball));
      var python = only(host.venv("one"), "packaging/version.py");
      var role = only(host.venv("one"), "ansible_collections").resolve("acme/web/roles/x/a");
      damage(python);
      damage(role.toRealPath());
      assertThat(session.verify("one").problems())
          .anyMatch(problem -> problem.contains("packaging/version.py was changed"))
          .anyMatch(problem -> problem.contains("roles/x/a is not what"));

      session.ensure(
          new EnvironmentRequest("one", lock(locked), "", true, false),
          facts -> TestHost.inputs(Map.of(locked.sha256(), tarball)),
          progress -> {});
      assertThat(session.verify("one").problems()).isEmpty();
      assertThat(session.verify("one").status()).isEqualTo(Verification.Status.HEALTHY);
      var another = new Lock(another(TestHost.PYLOCK), List.of(locked));
      ensure(session, "two", another, Map.of());
      assertThat(session.verify("two").status()).isEqualTo(Verification.Status.HEALTHY);
      assertThat(only(host.store().resolve("packages"), "packaging/version.py"))
          .hasSameBinaryContentAs(only(host.venv("two"), "packaging/version.py"));
    }
  }

  @Test
  void a_shortened_file_among_the_kept_packages_is_not_linked() throws Exception {
    try (var session = host.open()) {
      ensure(session, "one", TestHost.lock(), Map.of());
      var kept = only(host.store().resolve("packages"), "jinja2/environment.py");
      Files.delete(kept);
      Files.writeString(kept, "");
      installed.clear();
      var another = new Lock(another(TestHost.PYLOCK), List.of());
      ensure(session, "two", another, Map.of());
      assertThat(installed).hasSize(1).allMatch(line -> line.startsWith("+ jinja2=="));
      assertThat(session.verify("two").status()).isEqualTo(Verification.Status.HEALTHY);
    }
  }

  @Test
  void a_tarball_that_was_damaged_in_the_store_is_never_unpacked() throws Exception {
    var tarball = TinyCollection.named("acme.web", "1.2.0").in(directory);
    var locked = TestHost.locked("acme.web", "1.2.0", tarball);
    var blob = Files.createDirectories(host.store().resolve("blobs")).resolve(locked.sha256());
    Files.writeString(blob, "damaged");
    try (var session = host.open()) {
      assertThatThrownBy(
              () -> ensure(session, "one", lock(locked), Map.of(locked.sha256(), tarball)))
          .isInstanceOf(BuildFailed.class)
          .hasMessageContaining("was damaged on this host's disk");
      assertThat(host.environments()).isEmpty();
      ensure(session, "one", lock(locked), Map.of(locked.sha256(), tarball));
      assertThat(session.verify("one").status()).isEqualTo(Verification.Status.HEALTHY);
    }
  }

  @Test
  void what_was_shared_is_garbage_when_its_last_environment_is_gone() throws Exception {
    var tarball = TinyCollection.named("acme.web", "1.2.0").in(directory);
    var locked = TestHost.locked("acme.web", "1.2.0", tarball);
    try (var session = host.open()) {
      ensure(session, "one", lock(locked), Map.of(locked.sha256(), tarball));
      ensure(session, "two", TestHost.lock(), Map.of());
      Files.delete(host.venv("one"));
      var dry = session.foreseeGarbage(EVERYTHING, List.of());
      assertThat(kinds(dry)).contains("environment", "collection").doesNotContain("package");
      assertThat(session.collectGarbage(EVERYTHING)).isEqualTo(dry);
      assertThat(host.environments()).hasSize(1);
      assertThat(host.store().resolve("collections")).isEmptyDirectory();
      assertThat(session.verify("two").status()).isEqualTo(Verification.Status.HEALTHY);

      Files.delete(host.venv("two"));
      // An environment nobody refers to needs no grace; what others could be building from does.
      var careful = new GarbagePolicy(0, Duration.ofDays(1));
      assertThat(kinds(session.foreseeGarbage(careful, List.of()))).containsOnly("environment");
      dry = session.foreseeGarbage(EVERYTHING, List.of());
      assertThat(kinds(dry)).contains("environment", "package");
      assertThat(session.collectGarbage(EVERYTHING)).isEqualTo(dry);
      assertThat(host.store().resolve("packages")).isEmptyDirectory();
      assertThat(session.foreseeGarbage(EVERYTHING, List.of())).isEmpty();
    }
  }

  @Test
  void what_goes_with_a_venv_is_foreseen_and_its_last_run_stays_while_it_does() throws Exception {
    var tarball = TinyCollection.named("acme.web", "1.2.0").in(directory);
    var locked = TestHost.locked("acme.web", "1.2.0", tarball);
    try (var session = host.open()) {
      ensure(session, "one", lock(locked), Map.of(locked.sha256(), tarball));
      host.run(session, "one", lock(locked), "[]", event -> {});
      assertThat(kinds(session.foreseeGarbage(EVERYTHING, List.of()))).doesNotContain("run");

      var foreseen = session.foreseeGarbage(EVERYTHING, List.of("one"));
      assertThat(kinds(foreseen)).contains("run", "collection").doesNotContain("environment");
      assertThat(session.verify("one").status()).isEqualTo(Verification.Status.HEALTHY);
      assertThat(session.remove("one").environment()).isTrue();
      assertThat(session.collectGarbage(EVERYTHING)).isEqualTo(foreseen);
    }
  }

  /// What the usual lock has, whatever the index says is newest by now; a package that it has twice
  /// is left to its newest.
  private static List<String> pins() {
    var pins = new TreeMap<String, String>();
    Pattern.compile("name = \"([^\"]+)\"\nversion = \"([^\"]+)\"")
        .matcher(TestHost.PYLOCK)
        .results()
        .forEach(entry ->
            pins.merge(
                entry.group(1),
                entry.group(1) + "==" + entry.group(2),
                (one, other) -> entry.group(1)));
    return List.copyOf(pins.values());
  }

  private static Set<String> kinds(List<Garbage> garbage) {
    return Set.copyOf(garbage.stream().map(Garbage::kind).toList());
  }

  private static Lock lock(LockedCollection collection) {
    return new Lock(TestHost.PYLOCK, List.of(collection));
  }

  /// The same packages under another lock.
  private static String another(String pylock) {
    var changed =
        pylock.replaceFirst(
            "(name = \"jinja2\"\nversion = \"[^\"]*\"\nmarker = \")", "$1os_name == 'posix' and ");
    assertThat(changed).isNotEqualTo(pylock);
    return changed;
  }

  private HostEnvironment ensure(
      HostSession session, String venv, Lock lock, Map<String, Path> tarballs) {
    return session.ensure(
        new EnvironmentRequest(venv, lock),
        facts -> TestHost.inputs(tarballs),
        progress -> {
          if (progress.detail().startsWith("+ ")) {
            installed.add(progress.detail());
          }
        });
  }

  /// The same length and time: only its content tells.
  private static void damage(Path file) throws IOException {
    var before = Files.getLastModifiedTime(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    var content = Files.readAllBytes(file);
    content[0] ^= 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, before);
  }

  private static List<Object> bytecode(Path cache) throws IOException {
    try (var files = Files.list(cache)) {
      var inodes = new ArrayList<>();
      for (var file : files.filter(path -> path.toString().endsWith(".pyc")).toList()) {
        inodes.add(Files.getAttribute(file, "unix:ino"));
      }
      return inodes;
    }
  }

  private static Path only(Path root, String end) throws IOException {
    try (var files = Files.walk(root.toRealPath())) {
      return files.filter(path -> path.endsWith("site-packages/" + end)).findFirst().orElseThrow();
    }
  }

  /// Of environments and all that they share. Each file counts once, whatever its names.
  private long diskUse() {
    var store = host.store();
    var output =
        TestUv.output(
            "du",
            "--summarize",
            "--total",
            "--block-size=1",
            store.resolve("packages").toString(),
            store.resolve("envs").toString());
    var total = output.lines().toList().getLast();
    return Long.parseLong(total.substring(0, total.indexOf('\t')));
  }
}
