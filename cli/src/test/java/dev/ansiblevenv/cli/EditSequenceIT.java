package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Any order of edits, reverts, new releases, locks for hosts of different Pythons and upgrades
/// gives the versions that a model of a few lines gives, with a real uv.
final class EditSequenceIT {

  private static final Pattern PACKAGE = Pattern.compile("name = \"(.+)\"\nversion = \"(.+)\"");
  private static final String CORE = "ansible-core";

  /// Of the oldest Python of hosts, the series of ansible-core that is the newest for it.
  private static final Map<String, String> SERIES =
      new TreeMap<>(Map.of("3.9", "2.15", "3.11", "2.19", "3.12", "2.21"));

  @TempDir private static Path tools;
  @TempDir private Path temporary;

  @BeforeAll
  static void install_uv(@TempDir Path anywhere) throws IOException {
    Files.createDirectory(anywhere.resolve("home"));
    var program = Program.in(Files.createDirectory(anywhere.resolve("project"))).sharing(tools);
    program.file("profiles/any.yml", "name: any\n");
    assertThat(program.run("lock", "any").exitCode()).isZero();
  }

  @Test
  void versions_are_those_of_the_model() throws IOException {
    for (var seed = 1; seed <= 3; seed++) {
      new Sequence(seed).play(10);
    }
  }

  @Test
  @Tag("long")
  void versions_are_those_of_the_model_for_long() throws IOException {
    for (var seed = 100; seed < 120; seed++) {
      new Sequence(seed).play(20);
    }
  }

  /// What a playbook says: its text, and the packages that it needs.
  private record Content(int text, Set<String> needs) {}

  private final class Sequence {

    private final int seed;
    private final Random random;
    private final Map<String, Integer> released = new TreeMap<>();
    private final Map<Content, Map<String, String>> locks = new HashMap<>();
    private final List<String> played = new ArrayList<>();
    private @Nullable Content newest;
    private String python = "";
    private Content content = new Content(0, Set.of("alpha"));

    Sequence(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void play(int steps) throws IOException {
      var directory = Files.createDirectories(temporary.resolve("sequence-" + seed));
      Files.createDirectory(directory.resolve("home"));
      try (var index = new TinyIndex()) {
        var environment = new HashMap<String, String>();
        var project = Files.createDirectory(directory.resolve("project"));
        var program = Program.in(project).sharing(tools);
        environment.putAll(program.environment());
        environment.put("UV_DEFAULT_INDEX", index.url());
        program = new Program(project, environment, "");
        Stream.of("alpha", "beta", "gamma", CORE).forEach(name -> release(name, index));
        for (var step = 0; step < steps; step++) {
          release(List.of("alpha", "beta", "gamma", CORE).get(random.nextInt(4)), index);
          switch (random.nextInt(7)) {
            case 0, 1 -> content = new Content(random.nextInt(3), content.needs);
            case 2, 3 ->
                toggle(List.of("alpha", "beta", "gamma", "alpha>=2").get(random.nextInt(4)));
            case 4 -> lock(program, true);
            default -> lock(program, false);
          }
        }
        lock(program, false);
      }
    }

    private void toggle(String need) {
      if (need.equals("alpha>=2") && released.getOrDefault("alpha", 0) < 2) {
        return;
      }
      var needs = new TreeSet<>(content.needs);
      if (!needs.remove(need)) {
        needs.add(need);
      }
      content = new Content(content.text, needs);
    }

    private void release(String name, TinyIndex index) {
      int number = released.merge(name, 1, Integer::sum);
      if (name.equals(CORE)) {
        SERIES.forEach((oldest, series) -> index.with(CORE, series + "." + number, ">=" + oldest));
      } else {
        index.with(name, number + ".0", ">=3.8");
      }
      played.add("release " + name);
    }

    private void lock(Program program, boolean upgrade) throws IOException {
      var host = List.copyOf(SERIES.keySet()).get(random.nextInt(SERIES.size()));
      if (newest == null) {
        python = host;
      }
      var expected = upgrade ? latest() : expected();
      locks.put(content, expected);
      played.add((upgrade ? "upgrade " : "lock on " + host + " ") + content);
      program.file(
          "site.yml",
          "- hosts: localhost\n  tasks:\n    - ansible.builtin.debug:\n        msg: %d\n"
              .formatted(content.text));
      program.file(
          "ansible-venv.yml",
          "add: {python_packages: [%s]}\n"
              .formatted(
                  content.needs.stream()
                      .map("\"%s\""::formatted)
                      .collect(Collectors.joining(", "))));
      var arguments = new ArrayList<>(List.of("lock", "site.yml", "--skip-lint"));
      // An upgrade keeps the oldest Python unless it is given another.
      arguments.addAll(
          upgrade && newest != null ? List.of("--upgrade") : List.of("--python", host));
      var result = program.run(arguments.toArray(String[]::new));
      newest = content;

      assertThat(result.exitCode()).as("%s: %s", played, result.errorOutput()).isZero();
      var name = result.output().substring(0, result.output().indexOf(':'));
      var pylock =
          Files.readString(program.directory().resolve("venv_specs/" + name + ".lock/pylock.toml"));
      var found = new TreeMap<String, String>();
      PACKAGE.matcher(pylock).results().forEach(each -> found.put(each.group(1), each.group(2)));
      assertThat(found).as("%s: %s", played, result.errorOutput()).isEqualTo(expected);
      assertThat(pylock).contains("requires-python = \">=" + python + ",");
    }

    private Map<String, String> expected() {
      if (newest == null) {
        return latest();
      }
      var last = locks.get(newest);
      var own = locks.get(content);
      if (content.needs.equals(newest.needs)) {
        return last;
      }
      if (own != null) {
        return own;
      }
      var versions = latest();
      versions.replaceAll((name, latest) ->
          Optional.ofNullable(last.get(name)).filter(kept -> !tooOld(name, kept)).orElse(latest));
      return versions;
    }

    private boolean tooOld(String name, String version) {
      return name.equals("alpha") && content.needs.contains("alpha>=2") && version.equals("1.0");
    }

    private Map<String, String> latest() {
      var versions = new TreeMap<String, String>();
      versions.put(CORE, SERIES.get(python) + "." + released.get(CORE));
      content.needs.stream()
          .map(need -> need.replace(">=2", ""))
          .forEach(name -> versions.put(name, released.get(name) + ".0"));
      return versions;
    }
  }
}
