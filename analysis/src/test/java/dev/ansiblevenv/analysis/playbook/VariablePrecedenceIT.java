package dev.ansiblevenv.analysis.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.canonical.ClosureFile;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The oracle of variables: for generated projects that set one variable on several levels of
/// precedence, the file or role that a real `ansible-playbook` takes is in the closure.
final class VariablePrecedenceIT {

  private static final Pattern TOOK = Pattern.compile("TOOK (\\d+) (\\w+)");
  private static final Catalogue CATALOGUE = Catalogue.load();

  @TempDir private Path directory;

  @Test
  void what_ansible_takes_is_in_the_closure() throws Exception {
    check(List.of(1L), 40);
  }

  @Test
  @Tag("long")
  void what_ansible_takes_is_in_the_closure_of_many_projects() throws Exception {
    check(new Random(7).longs(40).boxed().toList(), 50);
  }

  private void check(List<Long> seeds, int count) throws Exception {
    var missing = new ArrayList<String>();
    var surplus = new ArrayList<String>();
    for (var seed : seeds) {
      var root = Files.createDirectory(directory.resolve("p" + Math.floorMod(seed, 1_000_000)));
      var project = PrecedenceProject.write(root.toRealPath(), new Random(seed), count);
      var taken = taken(project, root.toRealPath());
      var files = closure(project, root.toRealPath());
      for (var each : project.cases()) {
        var expected = taken.getOrDefault(each.number(), Set.of());
        var found =
            project.names(each).stream()
                .filter(name -> files.contains(each.file(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!found.containsAll(expected)) {
          missing.add("seed %d, %s: %s, not %s".formatted(seed, each, found, expected));
        } else if (each.isDecided() && !expected.isEmpty() && !found.equals(expected)) {
          surplus.add("seed %d, %s: %s, not %s".formatted(seed, each, found, expected));
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(surplus).as("more than a value that surely wins").isEmpty();
  }

  private static Set<String> closure(PrecedenceProject project, Path root) {
    var settings = AnsibleSettings.read(root.resolve("ansible.cfg"), root, Map.of());
    var reader =
        new ClosureReader(
            CATALOGUE,
            root,
            root.resolve("site.yml"),
            List.of(),
            settings,
            Map.of(),
            new CallVariables(project.call()));
    return reader.read().files().stream().map(ClosureFile::path).collect(Collectors.toSet());
  }

  /// By the number of the case: on which hosts does not matter.
  private static Map<Integer, Set<String>> taken(PrecedenceProject project, Path root)
      throws IOException, InterruptedException {
    var log = root.resolve("log.txt");
    var command =
        List.of(
            AnsibleEnvironment.get().program("ansible-playbook").toString(),
            "site.yml",
            "-e",
            "@extra.json",
            "--skip-tags",
            "nothing");
    var builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectInput(Path.of("/dev/null").toFile());
    var exit = builder.start().waitFor();
    var output = Files.readString(log);
    var taken = new HashMap<Integer, Set<String>>();
    var match = TOOK.matcher(output);
    while (match.find()) {
      taken
          .computeIfAbsent(Integer.parseInt(match.group(1)), _ -> new HashSet<>())
          .add(match.group(2));
    }
    assertThat(taken.size())
        .as("exit %d: %s", exit, output)
        .isGreaterThan(project.cases().size() / 2);
    return taken;
  }
}
