package dev.ansiblevenv.core.wheel;

import static java.util.Comparator.reverseOrder;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The tags that a platform takes, best first, in the order of pip and `packaging.tags` ([PEP
/// 425](https://peps.python.org/pep-0425/), [600](https://peps.python.org/pep-0600/),
/// [656](https://peps.python.org/pep-0656/)).
final class WheelTags {

  /// Where all C compilers agree on how floats are passed; elsewhere the interpreter itself has to
  /// be looked at.
  private static final List<String> ONE_ABI =
      List.of(
          "x86_64",
          "aarch64",
          "ppc64",
          "ppc64le",
          "s390x",
          "loongarch64",
          "riscv64",
          "armv7l",
          "i686");

  private static final Map<Integer, String> OLD_NAMES =
      Map.of(17, "manylinux2014", 12, "manylinux2010", 5, "manylinux1");

  /// `name-version(-build)?-python-abi-platform.whl`, each tag a set with dots between.
  private static final Pattern NAME =
      Pattern.compile(
          "[^-]+-[^-]+(?:-(?<build>[0-9][^-]*))?-(?<python>[^-]+)-(?<abi>[^-]+)-(?<platform>[^-]+)"
              + "\\.whl");

  private final Map<String, Integer> ranks = new HashMap<>();

  private WheelTags() {}

  static WheelTags of(PythonPlatform platform) {
    var tags = new WheelTags();
    var minor = platform.pythonMinor();
    var platforms = platforms(platform);
    var own = "cp3" + minor;
    tags.add(own, own, platforms);
    tags.add(own, "abi3", platforms);
    tags.add(own, "none", platforms);
    for (var older = minor - 1; older >= 2; older--) {
      tags.add("cp3" + older, "abi3", platforms);
    }
    var pure = new ArrayList<>(List.of("py3" + minor, "py3"));
    for (var older = minor - 1; older >= 0; older--) {
      pure.add("py3" + older);
    }
    pure.forEach(python -> tags.add(python, "none", platforms));
    tags.add(own, "none", List.of("any"));
    pure.forEach(python -> tags.add(python, "none", List.of("any")));
    return tags;
  }

  /// How good a wheel fits, the smaller the better; empty when it does not.
  private OptionalInt rank(String file) {
    var name = NAME.matcher(file);
    if (!name.matches()) {
      return OptionalInt.empty();
    }
    var best = OptionalInt.empty();
    for (var python : name.group("python").split("\\.", -1)) {
      for (var abi : name.group("abi").split("\\.", -1)) {
        for (var platform : name.group("platform").split("\\.", -1)) {
          var rank = ranks.get(python + "-" + abi + "-" + platform);
          if (rank != null && rank < best.orElse(Integer.MAX_VALUE)) {
            best = OptionalInt.of(rank);
          }
        }
      }
    }
    return best;
  }

  /// The one of `wheels` that fits best.
  <T> Optional<T> best(Collection<T> wheels, Function<T, String> file) {
    return wheels.stream()
        .filter(wheel -> rank(file.apply(wheel)).isPresent())
        .min(
            Comparator.<T>comparingInt(wheel -> rank(file.apply(wheel)).orElseThrow())
                .thenComparing(wheel -> build(file.apply(wheel)), reverseOrder())
                .thenComparing(file));
  }

  List<String> inOrder() {
    return ranks.keySet().stream().sorted(Comparator.comparing(ranks::get)).toList();
  }

  /// The number with which a build tag begins; of two that fit equally well the higher is taken.
  private static BigInteger build(String file) {
    var name = NAME.matcher(file);
    var build = name.matches() ? name.group("build") : null;
    return build == null
        ? BigInteger.ONE.negate()
        : new BigInteger(build.replaceFirst("[^0-9].*", ""));
  }

  private void add(String python, String abi, List<String> platforms) {
    for (var platform : platforms) {
      ranks.putIfAbsent(python + "-" + abi + "-" + platform, ranks.size());
    }
  }

  private static List<String> platforms(PythonPlatform platform) {
    var all = new ArrayList<String>();
    // A 32-bit Python on a 64-bit ARM.
    var machines =
        platform.machine().equals("armv8l")
            ? List.of("armv8l", "armv7l")
            : List.of(platform.machine());
    machines.forEach(machine -> all.add("linux_" + machine));
    for (var machine : machines) {
      if (platform.libc().equals("musl")) {
        for (var minor = platform.libcMinor(); minor >= 0; minor--) {
          all.add("musllinux_1_" + minor + "_" + machine);
        }
      } else if (ONE_ABI.contains(machine)) {
        var oldest = machine.equals("x86_64") || machine.equals("i686") ? 5 : 17;
        for (var minor = platform.libcMinor(); minor >= oldest; minor--) {
          all.add("manylinux_2_" + minor + "_" + machine);
          var old = OLD_NAMES.get(minor);
          if (old != null) {
            all.add(old + "_" + machine);
          }
        }
      }
    }
    return all;
  }
}
