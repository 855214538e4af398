package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions and specifiers held against `packaging`, which pip and Ansible read them with.
final class PythonSpecifierOracleIT {

  private static final String ORACLE =
      """
      import sys
      from packaging.specifiers import InvalidSpecifier, SpecifierSet
      from packaging.version import InvalidVersion, Version

      for line in open(sys.argv[1], encoding="utf-8"):
          specifier, version = line.rstrip("\\n").split("\\t")
          try:
              known = SpecifierSet(specifier)
          except InvalidSpecifier:
              print("invalid")
              continue
          try:
              print(known.contains(Version(version), prereleases=True))
          except InvalidVersion:
              print("False")
      """;

  private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">", "~=");
  private static final List<String> RELEASES =
      List.of("1", "1.0", "1.0.0", "1.1", "1.2.3", "2", "2.0", "0.9", "1!1.0", "v1.0", "1.10");
  private static final List<String> SUFFIXES =
      List.of(
          "",
          "",
          "",
          "a1",
          ".b2",
          "rc1",
          "-rc.2",
          "c1",
          "alpha",
          ".post1",
          "-1",
          "post",
          ".rev2",
          ".dev0",
          ".dev3",
          "a1.dev2",
          "rc1.post2",
          ".post1.dev2",
          "+local",
          "+1.2",
          "+a.1",
          ".post1+x",
          ".*",
          "x");

  @TempDir private Path directory;

  @Test
  void a_version_is_admitted_exactly_where_packaging_admits_it() throws Exception {
    var random = new Random(751);
    var lines = new ArrayList<String>();
    var answers = new ArrayList<String>();
    for (int i = 0; i < 20_000; i++) {
      var specifier = clause(random) + (i % 4 == 0 ? "," + clause(random) : "");
      var version = one(RELEASES, random) + one(SUFFIXES, random);
      lines.add(specifier + "\t" + version);
      answers.add(
          PythonSpecifier.parse(specifier)
              .map(known -> known.accepts(version) ? "True" : "False")
              .orElse("invalid"));
    }

    var oracle = oracle(lines);

    for (int i = 0; i < lines.size(); i++) {
      assertThat(answers.get(i)).as(lines.get(i)).isEqualTo(oracle.get(i));
    }
    assertThat(answers).contains("True", "False", "invalid");
  }

  private List<String> oracle(List<String> lines) throws IOException, InterruptedException {
    var script = Files.writeString(directory.resolve("oracle.py"), ORACLE);
    var input = Files.write(directory.resolve("input"), lines, StandardCharsets.UTF_8);
    var process =
        new ProcessBuilder(
                AnsibleEnvironment.get().python().toString(), script.toString(), input.toString())
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static String clause(Random random) {
    return one(OPERATORS, random) + one(RELEASES, random) + one(SUFFIXES, random);
  }

  private static String one(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
