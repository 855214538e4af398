package dev.ansiblevenv.core.lock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same answers as the real ansible-galaxy, from the same server.
///
/// Other seeds would find a few sets in a thousand on which it answers otherwise: its backtracking
/// skips solutions, it crashes, it leaves a pre-release in that nothing pins any more, and whether
/// it sees a pin in time depends on the order.
class AnsibleGalaxyOracleIT {

  private static final int SETS = 30;
  private static final List<String> NAMES =
      List.of("acme.a", "acme.b", "acme.c", "acme.d", "acme.e", "acme.f");
  private static final List<String> VERSIONS =
      List.of("0.9.0", "1.0.0", "1.2.0", "1.10.0", "2.0.0-b1", "2.0.0", "2.1.0-rc.1");

  @TempDir Path directory;

  /// What a set is resolved against.
  ///
  /// `REQUIRES_ANSIBLE`: some versions are for another ansible-core. The oracle's series does not
  /// look at that, so it sees a server without them.
  enum Kind {
    ONE_SERVER,
    TWO_SERVERS,
    REQUIRES_ANSIBLE
  }

  @ParameterizedTest
  @EnumSource
  void resolves_generated_requirements_as_ansible_galaxy_does(Kind kind) throws Exception {
    var random = new Random(20261123 + kind.ordinal());
    var first = Files.createDirectories(directory.resolve("first"));
    var second = Files.createDirectories(directory.resolve("second"));
    for (var name : NAMES) {
      for (var version : VERSIONS) {
        if (random.nextInt(4) > 0) {
          var oneIn = kind == Kind.TWO_SERVERS ? 8 : 4;
          publish(kind, name, generated(random, name, version, oneIn), random, first, second);
        }
      }
    }
    var sets = new ArrayList<List<List<String>>>();
    for (int i = 0; i < SETS; i++) {
      sets.add(
          NAMES.stream()
              .filter(_ -> random.nextInt(3) == 0)
              .map(name -> List.of(name, range(random)))
              .toList());
    }
    try (var one = GalaxyServer.over(first).start();
        var two = GalaxyServer.over(second).start()) {
      var ours = kind == Kind.TWO_SERVERS ? List.of(one.url(), two.url()) : List.of(one.url());
      var theirs = kind == Kind.REQUIRES_ANSIBLE ? List.of(two.url()) : ours;
      compare(sets, ours, theirs);
    }
  }

  private static TinyCollection generated(Random random, String name, String version, int oneIn) {
    var collection = TinyCollection.named(name, version);
    for (var other : NAMES) {
      if (!other.equals(name) && random.nextInt(oneIn) == 0) {
        collection.requiring(other, range(random));
      }
    }
    return collection;
  }

  private static void publish(
      Kind kind, String name, TinyCollection collection, Random random, Path first, Path second) {
    switch (kind) {
      case ONE_SERVER -> collection.in(first);
      case TWO_SERVERS -> {
        // All versions in one place: ours takes a collection from the first server that has it.
        var where = NAMES.indexOf(name) % 3;
        if (where > 0) {
          collection.in(first);
        }
        if (where < 2) {
          collection.in(second);
        }
      }
      case REQUIRES_ANSIBLE -> {
        if (random.nextInt(3) == 0) {
          collection.requiringAnsible(">=2.20.0").in(first);
        } else {
          collection.requiringAnsible(">=2.15,<2.20").in(first);
          collection.in(second);
        }
      }
    }
  }

  private void compare(List<List<List<String>>> sets, List<String> ours, List<String> theirs)
      throws Exception {
    var forwards = ansibleGalaxy(theirs, sets);
    var backwards = ansibleGalaxy(theirs, sets.stream().map(List::reversed).toList());
    var unanimous = 0;
    for (int i = 0; i < SETS; i++) {
      var project =
          new Project(directory.resolve("project" + i)).servers(ours.toArray(String[]::new));
      sets.get(i).forEach(wanted -> project.wants(wanted.getFirst(), wanted.getLast()));
      if (forwards.get(i).containsKey("crashed") || backwards.get(i).containsKey("crashed")) {
        continue;
      }
      var answer = ours(project);
      if (forwards.get(i).equals(backwards.get(i))) {
        unanimous++;
        assertThat(answer).as("%s", sets.get(i)).isEqualTo(forwards.get(i));
      } else {
        // Its answer depends on the order, which it draws by lot; any that exists will do.
        assertThat(answer).as("%s", sets.get(i)).isNotEmpty();
      }
    }
    assertThat(unanimous).isGreaterThan(SETS * 3 / 4);
    assertThat(forwards).filteredOn(Map::isEmpty).hasSizeBetween(SETS / 10, SETS * 9 / 10);
  }

  @Test
  void packs_a_directory_as_ansible_galaxy_builds_it() throws Exception {
    var project = new Project(directory.resolve("project"));
    project.file(
        "own/galaxy.yml",
        """
        namespace: acme
        name: web
        version: 3.0.0
        readme: README.md
        authors: [me]
        build_ignore: ["*.secret", docs/private, "plugins/[ab]*", "x?z"]
        """);
    for (var path :
        List.of(
            "README.md",
            "key.secret",
            "deep/other.secret",
            "docs/private/a.md",
            "docs/public.md",
            "plugins/afile.py",
            "plugins/cfile.py",
            "plugins/modules/__pycache__/m.cpython-311.pyc",
            "plugins/modules/m.py",
            "plugins/modules/old.pyc",
            "site.retry",
            "tests/output/log",
            "tests/unit/t.py",
            ".git/config",
            ".github/x.yml",
            "acme-web-2.0.0.tar.gz",
            "xyz",
            "meta/runtime.yml")) {
      project.file("own/" + path, path.endsWith(".yml") ? "{}\n" : path);
    }
    Files.createDirectories(project.directory.resolve("own/roles/empty"));
    Files.createSymbolicLink(project.directory.resolve("own/link.md"), Path.of("README.md"));
    project.wants("acme.web", "*", "own");

    var own = project.locked();
    var tarball = project.store().tarballs(own).values().iterator().next();
    var ours = listing(tarball);
    var built = directory.resolve("built");
    run(
        List.of(
            AnsibleEnvironment.get().program("ansible-galaxy").toString(),
            "collection",
            "build",
            project.directory.resolve("own").toString(),
            "--output-path",
            built.toString()),
        "");
    assertThat(ours).isEqualTo(listing(built.resolve("acme-web-3.0.0.tar.gz")));

    var installed = directory.resolve("installed");
    run(
        List.of(
            AnsibleEnvironment.get().program("ansible-galaxy").toString(),
            "collection",
            "install",
            "--offline",
            "-p",
            installed.toString(),
            tarball.toString()),
        "");
    assertThat(installed.resolve("ansible_collections/acme/web/plugins/modules/m.py")).exists();
  }

  private static String range(Random random) {
    var version = VERSIONS.get(random.nextInt(VERSIONS.size()));
    var short2 = version.substring(0, version.lastIndexOf('.'));
    return switch (random.nextInt(8)) {
      case 0 -> version;
      case 1 -> "==" + version;
      case 2 -> ">=" + version + ",<2.1";
      case 3 -> "<=" + version;
      case 4 -> "!=" + version;
      case 5 -> ">=" + (short2.contains("-") ? "2" : short2);
      case 6 -> ">" + version;
      default -> "*";
    };
  }

  private static Map<String, String> ours(Project project) {
    try {
      var versions = new TreeMap<String, String>();
      project.locked().forEach(c -> versions.put(c.name(), c.version()));
      return versions;
    } catch (AssertionError conflict) {
      return Map.of();
    }
  }

  /// An empty map where it finds no solution.
  private List<Map<String, String>> ansibleGalaxy(
      List<String> servers, List<List<List<String>>> sets) throws Exception {
    var script = directory.resolve("galaxy_resolutions.py");
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("galaxy_resolutions.py"))) {
      Files.write(script, in.readAllBytes());
    }
    var command =
        new ArrayList<>(List.of(AnsibleEnvironment.get().python().toString(), script.toString()));
    command.addAll(servers);
    var answer = run(command, JSON.std.asString(sets));
    var answers = new ArrayList<Map<String, String>>();
    for (var each : JSON.std.listFrom(answer.strip().lines().toList().getLast())) {
      var versions = new TreeMap<String, String>();
      if (each instanceof Map<?, ?> map) {
        map.forEach((name, version) -> versions.put(String.valueOf(name), String.valueOf(version)));
      }
      answers.add(versions);
    }
    return answers;
  }

  private String run(List<String> command, String input) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectError(directory.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.directory(directory.toFile());
    var process = builder.start();
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    }
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("err"))).isZero();
    return output;
  }

  private static Map<String, String> listing(Path tarball) throws IOException {
    var files = new TreeMap<String, String>();
    try (var tar = new CollectionTarball(tarball, "it").open()) {
      for (var member = tar.next(); member != null; member = tar.next()) {
        if (member.path().equals("FILES.json")) {
          FileListing.parse(tar.content().readAllBytes(), "it")
              .entries()
              .forEach(e -> files.put(e.path(), String.valueOf(e.sha256())));
        }
      }
    }
    return files;
  }
}
