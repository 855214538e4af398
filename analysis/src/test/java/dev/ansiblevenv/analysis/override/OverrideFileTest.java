package dev.ansiblevenv.analysis.override;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OverrideFileTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "add:\n", "playbooks: {site.yml: }\n"})
  void a_file_that_says_nothing_changes_nothing(String text) {
    assertThat(parse(text).of("site.yml")).isEqualTo(Overrides.NONE);
  }

  @Test
  void a_playbook_has_its_own_entries_and_those_for_all() {
    var file =
        parse(
            """
            add:
              collections: [community.general]
              python_packages: [requests>=2, {requirement: netaddr, side: managed-node}]
            constrain:
              collections: [{name: community.docker, version: ">=3", source: https://g.example.org}]
            playbooks:
              ./site.yml:
                add:
                  plugins: [a.b.c, {name: a.b.d, kind: lookup}]
                  roles: [web]
            """);
    assertThat(file.of("site.yml").content())
        .isEqualTo(
            """
            add collection community.general * \n\
            add lookup a.b.d
            add module a.b.c
            add python_package netaddr managed-node
            add python_package requests>=2 control
            add role web
            constrain collection community.docker >=3 https://g.example.org
            """);
    assertThat(file.of("other.yml").plugins()).isEmpty();
    assertThat(file.of("other.yml").collections(Action.ADD)).hasSize(1);
  }

  @Test
  void the_nearer_of_two_contradicting_entries_wins() {
    var file =
        parse(
            """
            exclude: {collections: [a.b], python_packages: [x_y]}
            add: {collections: [c.d]}
            playbooks:
              site.yml:
                add: {collections: [a.b], python_packages: [X.Y>=1]}
                exclude: {collections: [c.d]}
            """);
    assertThat(file.of("site.yml").entries())
        .extracting(entry -> entry.action() + " " + entry.name())
        .containsExactly("ADD a.b", "ADD x-y", "EXCLUDE c.d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ad: {}                                            | 1:1 | did you mean `add`?
          add: {collection: []}                             | 1:7 | did you mean `collections`?
          exclude: {roles: [a]}                             | 1:11 | unknown key `roles`
          add: []                                           | 1:6 | `add` is not a mapping
          add: {collections: a.b}                           | 1:20 | `collections` is not a list
          add: {collections: [general]}                     | 1:21 | `general` is no collection
          add: {collections: [{version: 1}]}                | 1:21 | the key `name` is missing
          add: {collections: [{name: a.b, versoin: 1}]}     | 1:33 | did you mean `version`?
          add: {python_packages: ['a b']}                   | 1:25 | is no Python requirement
          add: {python_packages: [{requirement: a, side: x}]} | 1:25 | unknown side `x`
          add: {plugins: [copy]}                            | 1:17 | `copy` is no plugin's full name
          add: {plugins: [{name: a.b.c, kind: lokup}]}      | 1:17 | did you mean `lookup`?
          add: {roles: [[]]}                                | 1:15 | an item is not a text
          exclude: {python_packages: [a>=1]}                | 1:29 | more than a package's name
          exclude: {python_packages: [ansible_core]}        | 1:29 | no playbook runs without
          constrain: {python_packages: [a]}                 | 1:31 | `a` bounds nothing
          constrain: {collections: [a.b]}                   | 1:27 | has neither `version` nor
          playbooks: {a.yml: {playbooks: {}}}               | 1:21 | unknown key `playbooks`
          {add: {roles: [a]}, add: {}}                      | 1:21 | stands already in line 1
          'add: {collections: [a.b]}\nexclude: {collections: [a.b]}' | 2:25 | see line 1
          """)
  void what_cannot_be_meant_is_refused_with_its_place(String text, String place, String why) {
    assertThatThrownBy(() -> parse(text.replace("\\n", "\n")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("ansible-venv.yml:" + place + ": ")
        .hasMessageContaining(why);
  }

  @Property
  void every_text_is_read_or_refused_with_its_place(@ForAll("texts") String text) {
    try {
      parse(text).of("site.yml");
    } catch (InvalidInput e) {
      assertThat(e.where()).startsWith("ansible-venv.yml");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "add",
            "exclude",
            "constrain",
            "playbooks",
            ": ",
            "\n",
            "  ",
            "- ",
            "collections",
            "python_packages",
            "roles",
            "plugins",
            "a.b",
            "a>=1",
            "{",
            "}",
            "[",
            "]",
            "name",
            ", ",
            "site.yml")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @Test
  void what_concerns_hosts_stands_in_the_projects_own_file_only() {
    var text = "push: [all]\ncleanup: {keep: 3}\n";
    assertThat(parse(text)).isEqualTo(parse(""));
    assertThatThrownBy(() ->
            OverrideFile.parse("plays/ansible-venv.yml", text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("plays/ansible-venv.yml:1:1")
        .hasMessageContaining("unknown key `push`");
  }

  private static OverrideFile parse(String text) {
    return OverrideFile.parse("ansible-venv.yml", text.getBytes(StandardCharsets.UTF_8));
  }
}
