package dev.ansiblevenv.analysis.requirement;

import static dev.ansiblevenv.analysis.Bounded.answersOrRefuses;

import dev.ansiblevenv.analysis.Mutations;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.Location;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class RequirementsFuzzTest {

  private static final List<String> LINES =
      List.of(
          "requests[socks,security]==2.32.*; python_version >= \"3.8\" and sys_platform != 'win32'\n",
          "name @ https://example.org/name-1.0.tar.gz ; extra == 'x'\n",
          "-r other.txt\n--hash=sha256:00 \\\n  netaddr>=1.0,<2,!=1.1  # a comment\n",
          "-c constraints.txt\n-e git+https://example.org/x.git@main#egg=x\nansible-core~=2.16.0\n");

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_requirements_txt_is_read_or_refused(@ForAll("lines") String text) {
    answersOrRefuses(() -> RequirementsLine.parse(text));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_requirement_is_read_or_refused(@ForAll("lines") String text) {
    answersOrRefuses(() -> PackageRequirement.parse(text, Location.of("requirements.txt")));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_requirements_yml_is_read_or_refused(@ForAll("galaxy") String text) {
    answersOrRefuses(() ->
        GalaxyRequirements.of(
            YamlReader.read("requirements.yml", Mutations.bytes(text, new Random(1)))));
  }

  @Provide
  Arbitrary<String> lines() {
    return Mutations.of(LINES);
  }

  @Provide
  Arbitrary<String> galaxy() {
    return Mutations.ofFiles("requirements.yml|other.yml");
  }
}
