package dev.ansiblevenv.analysis.playbook;

import static dev.ansiblevenv.analysis.Bounded.answersOrRefuses;

import dev.ansiblevenv.analysis.AnalysisRequest;
import dev.ansiblevenv.analysis.Mutations;
import dev.ansiblevenv.analysis.PlaybookAnalyzer;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whole projects on disk of which some files are broken, and the small languages in their strings.
class PlaybookFuzzTest {

  private static final Map<String, String> PROJECT = Mutations.project();
  private static final PlaybookAnalyzer ANALYZER = new PlaybookAnalyzer(Catalogue.load());
  private static Path directory = Path.of("");

  @BeforeContainer
  static void makeProject() throws IOException {
    directory = Files.createTempDirectory("ansible-venv-fuzz-");
    for (var file : PROJECT.keySet()) {
      Files.createDirectories(directory.resolve(file).getParent());
    }
  }

  @AfterContainer
  static void removeProject() throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Fewer cases than elsewhere: each is a whole project to write and to analyse.
  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void every_project_with_broken_files_is_analysed_or_refused(
      @ForAll("changes") Map<String, String> changes, @ForAll Random random) throws IOException {
    for (var file : PROJECT.entrySet()) {
      var text = changes.getOrDefault(file.getKey(), file.getValue());
      Files.write(directory.resolve(file.getKey()), Mutations.bytes(text, random));
    }
    answersOrRefuses(() ->
        ANALYZER.analyze(
            new AnalysisRequest(directory, directory.resolve("site.yml"), List.of(), Map.of())));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_argument_text_is_split(@ForAll("texts") String text) {
    answersOrRefuses(() -> KeyValues.parse(text));
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void every_mutated_string_has_values(@ForAll("texts") String text) {
    answersOrRefuses(() -> {
      var evaluator =
          new Evaluator(
              Scope.outermost(new Surroundings(new CallScope(CallVariables.NONE), false, null))
                  .with("item", Value.UNKNOWN));
      evaluator.texts(evaluator.values(text));
    });
  }

  @Provide
  Arbitrary<Map<String, String>> changes() {
    var names = Arbitraries.of(PROJECT.keySet()).list().uniqueElements().ofMinSize(1).ofMaxSize(3);
    return names.flatMap(
        chosen -> Arbitraries.longs().map(number -> changed(chosen, new Random(number))));
  }

  private static Map<String, String> changed(List<String> names, Random random) {
    var changes = new HashMap<String, String>();
    for (var name : names) {
      var seeds = List.copyOf(PROJECT.values());
      changes.put(name, Mutations.mutated(PROJECT.getOrDefault(name, ""), seeds, random));
    }
    return changes;
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.of(
        List.of(
            "src=files/a.txt dest=\"/nowhere/{{ item }}\" mode=0644 x='y z'",
            "{{ playbook_dir }}/{{ colour ~ '.yml' if x else item.role | default('a') }}",
            "{% if a %}{{ b }}{% else %}c{% endif %}{{ ['a', 'b'] + query('fileglob', '*.yml') }}",
            "{{ lookup('first_found', {'files': ['a', item[0].b['c']], 'paths': []}) | upper }}"));
  }
}
