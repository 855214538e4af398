package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The dependencies that a collection declares as a whole: what
/// [ansible-builder](https://ansible.readthedocs.io/projects/builder/en/latest/collection_metadata/)
/// reads, `meta/execution-environment.yml` before `requirements.txt` and `bindep.txt`.
///
/// @param python by normalised name, one for each marker
/// @param system lines of bindep
record RequirementFiles(Map<String, List<PackageRequirement>> python, List<String> system) {

  static RequirementFiles none() {
    return new RequirementFiles(Map.of(), List.of());
  }

  static RequirementFiles read(Path root) {
    var python = new TreeMap<String, List<PackageRequirement>>();
    var environment = YamlMapping.of(environment(root));
    var dependencies = environment == null ? null : YamlMapping.of(environment.get("dependencies"));
    var named = dependencies == null ? null : dependencies.get("python");
    var lines = new ArrayList<>(lines(root, named, "requirements.txt"));
    for (var line : lines) {
      for (var requirement : parse(line)) {
        python.computeIfAbsent(requirement.name(), _ -> new ArrayList<>()).add(requirement);
      }
    }
    var system =
        lines(root, dependencies == null ? null : dependencies.get("system"), "bindep.txt");
    return new RequirementFiles(python, system);
  }

  private static @Nullable Node environment(Path root) {
    for (var name : List.of("execution-environment.yml", "execution-environment.yaml")) {
      var file = root.resolve("meta").resolve(name);
      try {
        if (Files.isRegularFile(file)) {
          return YamlReader.read(name, RegularFile.read(file));
        }
      } catch (IOException | InvalidInput e) {
        return null;
      }
    }
    return null;
  }

  private static List<String> lines(Path root, @Nullable Node named, String otherwise) {
    if (named instanceof SequenceNode) {
      return YamlMapping.items(named).stream()
          .map(item -> String.valueOf(YamlMapping.text(item)))
          .toList();
    }
    var name = YamlMapping.text(named);
    var file = root.resolve(name == null ? otherwise : name).normalize();
    try {
      if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        return List.of();
      }
      return new String(RegularFile.read(file), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceAll("(^|\\s)#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<PackageRequirement> parse(String line) {
    return RequirementsLine.parse(line).stream()
        .filter(RequirementsLine.Wanted.class::isInstance)
        .map(wanted -> ((RequirementsLine.Wanted) wanted).requirement())
        .toList();
  }
}
