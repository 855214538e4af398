package dev.ansiblevenv.analysis.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ansiblevenv.diagnostic.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTextTest {

  @Test
  void a_playbook_is_rendered_one_line_a_value_with_the_keys_of_objects_sorted() {
    var playbook =
        """
        # deploys
        - name: "Deploy"
          hosts: all
          vars: {b: yes, a: 0644}
          roles:
            - {role: web, become: no}
          tasks:
            - name: Copy
              copy: {src: x, mode: '0644', content: "one\\ntwo\\n"}
            - rescue: []
              block:
                - when: !unsafe a == b
                  debug:
        """;
    assertThat(text(FileKind.PLAYBOOK, playbook))
        .isEqualTo(
            """
            -
              hosts: "all"
              name: "Deploy"
              roles:
                -
                  become: false
                  role: "web"
              tasks:
                -
                  copy:
                    src: "x"
                    mode: "0644"
                    content: |
                      "one\\n"
                      "two\\n"
                  name: "Copy"
                -
                  block:
                    -
                      debug: null
                      when: !unsafe "a == b"
                  rescue: []
              vars:
                b: true
                a: 420
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          yes                     | true
          0644                    | 420
          '0644'                  | "0644"
          0o644                   | "0o644"
          1:30                    | 90
          -1:30                   | -90
          1.00                    | 1.0
          1e5                     | "1e5"
          1.0e+20                 | 1.0E20
          -.inf                   | -.inf
          ~                       | null
          2001-02-03              | !date 2001-02-03
          2001-02-03 4:05:06.7 +1 | !time 2001-02-03T04:05:06.700000+01:00
          !!binary aGk=           | !binary "aGk="
          !vault '$ANSIBLE_VAULT' | !vault "$ANSIBLE_VAULT"
          !unsafe 5               | 5
          !unsafe a               | !unsafe "a"
          []                      | []
          {}                      | {}
          "\\u00e9\\u200b\\\\\\""  | "é\\u200b\\\\\\""
          """)
  void a_value_shows_its_type(String yaml, String canonical) {
    assertThat(text(FileKind.DATA, "- " + yaml)).isEqualTo("- " + canonical + "\n");
  }

  @Test
  void a_file_of_json_is_read_as_json() {
    assertThat(text(FileKind.DATA, "[1e5]")).isEqualTo("- 100000.0\n");
    assertThat(text(FileKind.DATA, "[1e5] # not JSON")).isEqualTo("- \"1e5\"\n");
  }

  @Test
  void keys_that_are_not_words_are_quoted_or_typed() {
    assertThat(text(FileKind.DATA, "{a-b.c: 1, 'true': 2, true: 3, 5: 4, 'a: b': 5, '': 6}"))
        .isEqualTo(
            """
            a-b.c: 1
            "true": 2
            true: 3
            5: 4
            "a: b": 5
            "": 6
            """);
  }

  @Test
  void of_equal_keys_the_last_value_stands_at_the_first_place() {
    assertThat(text(FileKind.DATA, "a: 1\nb: 2\na: 3\n1: x\ntrue: y\n1.0: z\n"))
        .isEqualTo("a: 3\nb: 2\n1: \"z\"\n");
  }

  @Test
  void what_is_merged_stands_before_the_own_keys() {
    var yaml =
        """
        x: &x {a: 1, b: 1}
        y: &y {b: 2, c: 2}
        z: {d: 3, <<: [*x, *y], c: 3}
        """;
    assertThat(text(FileKind.DATA, yaml)).endsWith("z:\n  b: 1\n  c: 3\n  a: 1\n  d: 3\n");
  }

  @Test
  void the_order_of_keys_in_data_shows() {
    assertThat(text(FileKind.DATA, "{a: 1, b: 2}"))
        .isNotEqualTo(text(FileKind.DATA, "{b: 2, a: 1}"));
    assertThat(text(FileKind.TASKS, "[{copy: {a: 1, b: 2}}]"))
        .isNotEqualTo(text(FileKind.TASKS, "[{copy: {b: 2, a: 1}}]"));
  }

  @Test
  void dependencies_of_a_role_are_role_entries() {
    assertThat(text(FileKind.META, "dependencies: [{role: x, a: 1}]"))
        .isEqualTo(text(FileKind.META, "dependencies: [{a: 1, role: x}]"));
    assertThat(text(FileKind.META, "galaxy_info: {b: 1, a: 2}"))
        .isNotEqualTo(text(FileKind.META, "galaxy_info: {a: 2, b: 1}"));
  }

  @Test
  void a_set_has_no_order() {
    assertThat(text(FileKind.DATA, "!!set {b, a}"))
        .isEqualTo("!set\n- \"a\"\n- \"b\"\n")
        .isEqualTo(text(FileKind.DATA, "!!set {a, b}"));
  }

  @Test
  void a_file_without_a_document_is_null() {
    assertThat(text(FileKind.TASKS, "---\n# later\n")).isEqualTo("null\n");
  }

  @Test
  void an_encrypted_file_is_its_text() {
    assertThat(text(FileKind.DATA, "$ANSIBLE_VAULT;1.1;AES256\n31\n"))
        .isEqualTo("!text |\n\"$ANSIBLE_VAULT;1.1;AES256\\n\"\n\"31\\n\"\n");
  }

  @Test
  void bytes_are_their_hash() {
    assertThat(text(FileKind.RAW, "hello\n"))
        .isEqualTo("!bytes 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!foo a", "!!python/tuple [a]", "[a, =]", "[<<]", "{[a]: b}", "!!int x", "!!int ''",
        "!!bool maybe", "!vault [a]", "!vault 12", "0b_", "2001-02-30", "<<: a", "<<: [a]",
        "!!str [a]", "!!map [a]", "!!seq {a: b}", "!!omap {a: b}", "!!binary a", "!!float ''"
      })
  void what_ansible_cannot_load_is_refused_with_its_place(String yaml) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> text(FileKind.DATA, yaml))
        .satisfies(e -> assertThat(e.where()).startsWith("a.yml:1:"));
  }

  @Test
  void an_integer_of_a_million_digits_is_refused_at_once() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> text(FileKind.DATA, "a: " + "9".repeat(1_000_000)))
        .withMessageContaining("a.yml:1:4")
        .withMessageContaining("at most 4300 digits");
  }

  @Test
  void a_long_sexagesimal_number_overflows_nothing() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> text(FileKind.DATA, "a: 1" + ":1".repeat(1_000_000)))
        .withMessageContaining("a.yml:1:4");
  }

  private static String text(FileKind kind, String content) {
    return CanonicalText.of("a.yml", kind, content.getBytes(UTF_8));
  }
}
