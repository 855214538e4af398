package dev.ansiblevenv.core.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.PythonPackages;
import dev.ansiblevenv.core.lock.PythonPackages.PythonPackage;
import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import dev.ansiblevenv.core.session.TestUv;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The same tags, markers and choices as the Python package that pip asks.
class WheelOracleIT {

  private static final List<PythonPlatform> PLATFORMS =
      List.of(
          PythonPlatform.parse("x86_64-glibc-2.17", "3.9.2"),
          PythonPlatform.parse("x86_64-glibc-2.28", "3.10.14"),
          PythonPlatform.parse("x86_64-glibc-2.36", "3.11.2"),
          PythonPlatform.parse("x86_64-glibc-2.39", "3.12.3"),
          PythonPlatform.parse("x86_64-glibc-2.41", "3.13.5"),
          PythonPlatform.parse("x86_64-glibc-2.42", "3.14.0"),
          PythonPlatform.parse("x86_64-musl-1.2", "3.12.11"),
          PythonPlatform.parse("aarch64-musl-1.2", "3.14.1"),
          PythonPlatform.parse("aarch64-glibc-2.17", "3.9.25"),
          PythonPlatform.parse("aarch64-glibc-2.36", "3.11.2"),
          PythonPlatform.parse("armv7l-glibc-2.36", "3.11.2"),
          PythonPlatform.parse("ppc64le-glibc-2.34", "3.12.1"),
          PythonPlatform.parse("i686-glibc-2.31", "3.9.2"),
          PythonPlatform.parse("s390x-glibc-2.34", "3.9.18"));

  private static final List<String> REQUIREMENTS =
      List.of(
          "ansible-core",
          "cryptography",
          "PyYAML",
          "lxml",
          "psycopg[binary]",
          "grpcio",
          "kubernetes",
          "requests",
          "pywinrm",
          "boto3",
          "ruamel.yaml",
          "netaddr",
          "paramiko",
          "numpy",
          "colorama;" + " sys_platform == 'win32'");

  @Test
  void real_locks_give_every_platform_the_wheels_that_packaging_chooses() throws Exception {
    for (var python : List.of("3.9", "3.11", "3.13")) {
      var lock = new Lock(TestUv.pylockFor(python, REQUIREMENTS.toArray(String[]::new)), List.of());
      var packages = PythonPackages.of(lock).packages();
      var markers =
          packages.stream()
              .map(PythonPackage::marker)
              .map(m -> m.isEmpty() ? "os_name == 'posix'" : m)
              .toList();
      var files =
          packages.stream().map(each -> each.wheels().stream().map(Wheel::file).toList()).toList();
      var answers = packaging(markers, files);
      for (var i = 0; i < PLATFORMS.size(); i++) {
        var platform = PLATFORMS.get(i);
        if (platform.pythonMinor() < Integer.parseInt(python.substring(2))) {
          continue;
        }
        var expected = new ArrayList<String>();
        var without = new TreeSet<String>();
        for (var j = 0; j < packages.size(); j++) {
          if (Boolean.TRUE.equals(answers.get(i).markers().get(j))) {
            var chosen = answers.get(i).chosen().get(j);
            if (chosen == null) {
              without.add(packages.get(j).name() + " " + packages.get(j).version());
            } else {
              expected.add(String.valueOf(chosen));
            }
          }
        }
        assertThat(ours(lock, platform))
            .as("%s, lock for %s", platform, python)
            .isEqualTo(
                without.isEmpty() ? String.join("\n", expected) : String.join(", ", without));
      }
    }
  }

  @Test
  void tags_stand_in_the_order_of_packaging() throws Exception {
    var answers = packaging(List.of(), List.of());
    for (var i = 0; i < PLATFORMS.size(); i++) {
      var tags = WheelTags.of(PLATFORMS.get(i));
      assertThat(tags.inOrder()).as("%s", PLATFORMS.get(i)).isEqualTo(answers.get(i).tags());
    }
  }

  @Test
  void of_generated_names_the_same_is_chosen() throws Exception {
    var random = new Random(7);
    var packages = new ArrayList<List<String>>();
    for (var i = 0; i < 2000; i++) {
      var files = new TreeSet<String>();
      for (var j = random.nextInt(1, 9); j > 0; j--) {
        files.add(name(random));
      }
      packages.add(List.copyOf(files));
    }
    var answers = packaging(List.of(), packages);
    for (var i = 0; i < PLATFORMS.size(); i++) {
      var tags = WheelTags.of(PLATFORMS.get(i));
      for (var j = 0; j < packages.size(); j++) {
        assertThat(tags.best(packages.get(j), file -> file).orElse(null))
            .as("%s of %s", PLATFORMS.get(i), packages.get(j))
            .isEqualTo(answers.get(i).chosen().get(j));
      }
    }
  }

  @Test
  void markers_hold_where_packaging_says_so() throws Exception {
    var random = new Random(11);
    var markers = new ArrayList<String>();
    for (var i = 0; i < 3000; i++) {
      markers.add(marker(random, 3));
    }
    var answers = packaging(markers, List.of());
    for (var i = 0; i < PLATFORMS.size(); i++) {
      for (var j = 0; j < markers.size(); j++) {
        assertThat(Marker.mayHold(markers.get(j), PLATFORMS.get(i)))
            .as("%s on %s", markers.get(j), PLATFORMS.get(i))
            .isEqualTo(answers.get(i).markers().get(j));
      }
    }
  }

  private static String ours(Lock lock, PythonPlatform platform) {
    try {
      return String.join("\n", WheelChoice.of(lock, platform).stream().map(Wheel::file).toList());
    } catch (dev.ansiblevenv.diagnostic.Unresolvable e) {
      return new TreeSet<>(List.of(e.where().split(", ")))
          .stream().reduce((a, b) -> a + ", " + b).orElse("");
    }
  }

  private static String name(Random random) {
    var python =
        pick(
            random, "cp39", "cp310", "cp311", "cp312", "cp313", "cp314", "py3", "py2.py3", "py2",
            "py39", "cp36", "pp310");
    var abi =
        python.startsWith("py")
            ? pick(random, "none", "none", "abi3")
            : pick(random, python, "abi3", "none", python + "t");
    var build = pick(random, "", "", "", "-1", "-2", "-10_x");
    var platform = new StringBuilder(platform(random));
    for (var more = random.nextInt(3); more > 0; more--) {
      platform.append('.').append(platform(random));
    }
    return "demo-1.0" + build + "-" + python + "-" + abi + "-" + platform + ".whl";
  }

  private static String platform(Random random) {
    var machine = pick(random, "x86_64", "aarch64", "armv7l", "i686", "ppc64le", "s390x");
    return switch (random.nextInt(6)) {
      case 0 -> "any";
      case 1 -> "musllinux_1_" + random.nextInt(4) + "_" + machine;
      case 2 -> pick(random, "manylinux1_", "manylinux2010_", "manylinux2014_", "linux_") + machine;
      case 3 -> pick(random, "win_amd64", "macosx_11_0_arm64", "macosx_10_9_universal2");
      default -> "manylinux_2_" + random.nextInt(4, 44) + "_" + machine;
    };
  }

  private static String marker(Random random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return comparison(random);
    }
    var inner =
        marker(random, depth - 1) + pick(random, " and ", " or ") + marker(random, depth - 1);
    return random.nextBoolean() ? "(" + inner + ")" : inner;
  }

  private static String comparison(Random random) {
    var equality = pick(random, "==", "!=");
    var order = pick(random, "==", "!=", "<", "<=", ">", ">=");
    var version = pick(random, "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "4");
    return switch (random.nextInt(9)) {
      case 0 -> "python_version " + order + " '" + version + "'";
      case 1 ->
          "python_full_version "
              + order
              + " '"
              + version
              + pick(random, "", ".0", ".2", ".3")
              + "'";
      case 2 ->
          "python_full_version "
              + equality
              + " '"
              + pick(random, "3.9", "3.11", "3.12", "3")
              + ".*'";
      case 3 -> "'" + version + "' " + order + " python_version";
      case 4 -> "sys_platform " + equality + " '" + pick(random, "linux", "win32", "darwin") + "'";
      case 5 ->
          "platform_machine "
              + equality
              + " \""
              + pick(random, "x86_64", "aarch64", "arm64", "armv7l")
              + "\"";
      case 6 ->
          pick(
              random,
              "implementation_name == 'cpython'",
              "implementation_name != 'pypy'",
              "platform_python_implementation != 'PyPy'",
              "platform_python_implementation == 'CPython'");
      case 7 ->
          pick(
              random,
              "os_name == 'nt'",
              "os_name == 'posix'",
              "platform_system == 'Linux'",
              "platform_system != 'Windows'",
              "extra == 'socks'");
      default ->
          pick(
              random,
              "platform_machine in 'x86_64 aarch64'",
              "sys_platform not in 'win32 cygwin'",
              "'linux' in sys_platform",
              "python_version ~= '3.9'",
              "python_full_version ~= '3.11.1'");
    };
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private record Answers(List<?> tags, List<?> markers, List<?> chosen) {}

  private List<Answers> packaging(List<String> markers, List<List<String>> packages)
      throws Exception {
    var platforms =
        PLATFORMS.stream()
            .map(each ->
                Map.of(
                    "machine", each.machine(),
                    "libc", each.libc(),
                    "minor", each.libcMinor(),
                    "python", each.python()))
            .toList();
    String script;
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("wheels.py"))) {
      script = new String(in.readAllBytes(), UTF_8);
    }
    var process =
        new ProcessBuilder(AnsibleEnvironment.get().python().toString(), "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.getOutputStream()) {
      out.write(
          JSON.std.asBytes(
              Map.of("platforms", platforms, "markers", markers, "packages", packages)));
    }
    var answer = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return JSON.std.listFrom(answer).stream()
        .map(each -> (Map<?, ?>) each)
        .map(each ->
            new Answers(
                (List<?>) each.get("tags"),
                (List<?>) each.get("markers"),
                (List<?>) each.get("chosen")))
        .toList();
  }
}
