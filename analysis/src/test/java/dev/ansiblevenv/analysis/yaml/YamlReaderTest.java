package dev.ansiblevenv.analysis.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

class YamlReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "\n\n"})
  void a_file_without_a_document_has_no_root(String text) {
    assertThat(YamlReader.read("a.yml", bytes(text))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          yes, bool
          oN, str
          y, str
          0644, int
          0o644, str
          08, str
          1e5, str
          1.0e5, str
          1.0e+5, float
          -.5, str
          .5, float
          -.inf, float
          +.nan, str
          1:30, int
          01:30, str
          1:60, str
          1:30.5, float
          0b_, int
          2001-1-1, str
          2001-01-01, timestamp
          2001-1-1 1:00:00, timestamp
          <<, merge
          =, value
          ~, null
          """)
  void an_untagged_plain_scalar_has_the_type_that_pyyaml_gives_it(String text, String type) {
    assertThat(root("- " + text)).isInstanceOf(SequenceNode.class);
    var item = ((SequenceNode) root("- " + text)).getValue().getFirst();
    assertThat(item.getTag().getValue()).isEqualTo("tag:yaml.org,2002:" + type);
  }

  @Test
  void a_quoted_scalar_is_a_string() {
    assertThat(root("'0644'").getTag().getValue()).isEqualTo("tag:yaml.org,2002:str");
  }

  @Test
  void json_is_read_as_json() {
    var root = (MappingNode) root("{\"\\ud83d\\ude00\":\t1e5}");
    var entry = root.getValue().getFirst();
    assertThat(((ScalarNode) entry.getKeyNode()).getValue()).isEqualTo("\uD83D\uDE00");
    assertThat(entry.getValueNode().getTag().getValue()).isEqualTo("tag:yaml.org,2002:float");
  }

  @Test
  void a_tab_between_a_key_and_its_value_is_white_space() {
    assertThat(((MappingNode) root("a:\tb\n")).getValue()).hasSize(1);
  }

  @Test
  void marks_count_lines_and_columns() {
    var item = ((SequenceNode) root("\uFEFF# héllo\r\n-  a\r\n")).getValue().getFirst();
    assertThat(Nodes.location("a.yml", item)).hasToString("a.yml:2:4");
  }

  @Test
  void a_line_of_a_megabyte_is_read() {
    var text = "a".repeat(2_000_000);
    assertThat(((ScalarNode) root(text)).getValue()).isEqualTo(text);
  }

  @Test
  void a_vault_file_is_recognised() {
    assertThat(YamlReader.isVault(bytes("$ANSIBLE_VAULT;1.1;AES256\n3138\n"))).isTrue();
    assertThat(YamlReader.isVault(bytes("a: $ANSIBLE_VAULT\n"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: 1\\n\\tb: 2      | a.yml:2:1 | a tab
          a: 1\\n---\\nb: 2   | a.yml:2:1 | another document
          a: {\\n             | a.yml:2:1 | flow
          a: 1\\nb: \\0       | a.yml:2:4 | U+0000
          a: *b               | a.yml:1:4 | undefined alias
          a: &x [*x]          | a.yml:1:4 | inside what it stands for
          a: [1]]             | a.yml:1:7 | expected
          """)
  void a_broken_file_is_refused_with_its_place_and_reason(String text, String where, String why) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> root(text.translateEscapes()))
        .satisfies(e -> {
          assertThat(e.where()).isEqualTo(where);
          assertThat(e.why()).contains(why);
        });
  }

  @Test
  void a_byte_that_is_not_utf_8_is_named() {
    byte[] content = {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xE9, '\n'};
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> YamlReader.read("a.yml", content))
        .withMessageContaining("a.yml:2:4: is not UTF-8 text: byte 0xe9");
  }

  @Test
  void a_truncated_utf_8_sequence_at_the_end_is_named() {
    byte[] content = {'a', (byte) 0xC3};
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> YamlReader.read("a.yml", content))
        .withMessageContaining("a.yml:1:2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void ten_thousand_levels_are_refused(String opening) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> root(opening.repeat(10_000)))
        .withMessageContaining("a.yml:1:")
        .withMessageContaining("nested too deeply");
  }

  @Test
  void levels_built_out_of_aliases_are_refused_too() {
    var text = new StringBuilder("- &a0 []\n");
    for (int i = 1; i < 10_000; i++) {
      text.append("- &a%d [*a%d]\n".formatted(i, i - 1));
    }
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> root(text.toString()))
        .withMessageContaining("nested too deeply");
  }

  @Test
  void an_alias_bomb_is_refused() {
    var text = new StringBuilder("a0: &a0 lol\n");
    for (int i = 1; i < 30; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> root(text.toString()))
        .withMessageContaining("a.yml:8:5")
        .withMessageContaining("too large with its aliases");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a\n", "1, "})
  void a_million_values_are_refused(String one) {
    var text = one.repeat(1_000_001);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> root(one.startsWith("-") ? text : "[" + text + "1]"))
        .withMessageContaining("more than 1000000 values");
  }

  @Test
  void a_file_of_fifty_megabytes_is_refused() {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> YamlReader.read("a.yml", new byte[50 * 1024 * 1024]))
        .withMessageContaining("a.yml: is too large to be a YAML file");
  }

  private static Node root(String text) {
    return Objects.requireNonNull(YamlReader.read("a.yml", bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
