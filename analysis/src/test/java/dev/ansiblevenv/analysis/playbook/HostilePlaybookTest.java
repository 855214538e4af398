package dev.ansiblevenv.analysis.playbook;

import static dev.ansiblevenv.analysis.Bounded.answersOrRefuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.AnalysisRequest;
import dev.ansiblevenv.analysis.PlaybookAnalyzer;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Input that costs a careless reader its stack, its memory or the rest of the day.
class HostilePlaybookTest {

  private static final PlaybookAnalyzer ANALYZER = new PlaybookAnalyzer(Catalogue.load());
  private static final int MANY = 10_000;

  @TempDir private Path project;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "{",
        "lookup('first_found', ",
        "x | default(",
        "x | select(",
        "q('template', ",
        "a if b else ",
        "x ~ ",
        "x | map('a', ",
        "not ",
        "a.",
        "{{ x }}y",
        "{{ x }}/"
      })
  void what_is_repeated_in_an_expression_ends(String part) throws IOException {
    var expression = part.startsWith("{{") ? part.repeat(MANY) : "{{ " + part.repeat(MANY) + " }}";
    write(
        "site.yml",
        "- hosts: all\n  tasks:\n    - include_tasks: >-\n        %s\n      when: >-\n        %s\n"
            .formatted(expression, part.repeat(MANY)));
    answersOrRefuses(this::analyze);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[{block: "})
  void what_is_nested_in_yaml_is_refused(String part) throws IOException {
    write("site.yml", "- hosts: all\n  tasks:\n    " + part.repeat(MANY) + "\n");
    assertThatThrownBy(this::analyze)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void a_name_of_many_unknown_parts_is_compared_once_with_each_file() throws IOException {
    write(
        "site.yml",
        "- hosts: all\n  tasks:\n    - include_tasks: '" + "{{ a }}x".repeat(60) + ".yml'\n");
    write("x".repeat(200) + ".yaml", "");
    answersOrRefuses(this::analyze);
  }

  @Test
  void role_dependencies_without_end_are_refused() throws IOException {
    write("site.yml", "- hosts: all\n  roles: [r0]\n");
    for (var i = 0; i < 500; i++) {
      write("roles/r" + i + "/meta/main.yml", "dependencies: [r" + (i + 1) + "]\n");
    }
    assertThatThrownBy(this::analyze)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void requirements_that_include_each_other_without_end_end_in_a_warning() throws IOException {
    write("site.yml", "- hosts: all\n");
    write("requirements.txt", "-r r0.txt\n");
    for (var i = 0; i < 3000; i++) {
      write("r" + i + ".txt", "-r r" + (i + 1) + ".txt\n");
    }
    assertThat(analyze().findings())
        .anyMatch(one -> one.message().contains("`r200.txt`"))
        .noneMatch(Finding::fatal);
  }

  @Test
  void a_pattern_of_hosts_may_be_as_long_as_it_likes() throws IOException {
    write("ansible.cfg", "[defaults]\ninventory = hosts\n");
    write("hosts", "web\n");
    write("site.yml", "- hosts: " + "web-".repeat(100_000) + "\n");
    assertThat(analyze().collections()).isEmpty();
    write("hosts", "w".repeat(100_000) + "\n" + "[a:b]".repeat(10_000) + ":22\n");
    assertThat(analyze().collections()).isEmpty();
  }

  @Test
  void names_that_no_file_can_have_name_nothing() throws IOException {
    write("galaxy.yml", "namespace: my\nname: own\n");
    write("site.yml", "- {hosts: all, tasks: [{include_role: {name: \"my.own.r\\0le\"}}]}\n");
    assertThat(analyze().findings()).isEmpty();
    write("ansible.cfg", "[defaults]\n\nroles_path = r\0les\n");
    assertThatThrownBy(this::analyze)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("ansible.cfg:3");
  }

  @Test
  void links_to_where_they_stand_are_followed_once() throws IOException {
    write("site.yml", "- hosts: all\n  tasks:\n    - include_vars: {dir: vars}\n");
    write("vars/a.yml", "a: 1\n");
    for (var link : List.of("vars/one", "vars/two", "vars/three", "filter_plugins")) {
      Files.createSymbolicLink(project.resolve(link), Path.of(link.contains("/") ? "." : "vars"));
    }
    assertThat(analyze().canonicalForm().files()).containsKey("vars/a.yml").hasSize(2);
  }

  private Analysis analyze() {
    return ANALYZER.analyze(
        new AnalysisRequest(project, project.resolve("site.yml"), List.of(), Map.of()));
  }

  private void write(String name, String text) throws IOException {
    var file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
