package dev.ansiblevenv.analysis.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class YamlEditTest {

  private static YamlEdit of(String text) {
    return YamlEdit.of("file.yml", text.getBytes(UTF_8));
  }

  private static String text(YamlEdit edit) {
    return new String(edit.content(), UTF_8);
  }

  private static String put(String before, List<?> path, String key, Object value) {
    return text(of(before).put(path, key, value));
  }

  @Test
  void an_empty_file_gets_its_first_entry() {
    assertThat(put("", List.of(), "a", List.of("x"))).isEqualTo("a:\n  - x\n");
    assertThat(put("# mine", List.of(), "a", "b")).isEqualTo("# mine\na: b\n");
  }

  @Test
  void a_new_key_goes_behind_the_last_one_and_before_trailing_comments() {
    assertThat(put("a: 1 # one\n\n# end\n", List.of(), "b", "c"))
        .isEqualTo("a: 1 # one\nb: c\n\n# end\n");
    assertThat(put("a:\n    x: 1\n# end\nz: 1\n", List.of("a"), "b", List.of("c")))
        .isEqualTo("a:\n    x: 1\n    b:\n      - c\n# end\nz: 1\n");
  }

  @Test
  void line_breaks_byte_order_mark_and_a_missing_last_line_break_stay() {
    assertThat(put("\uFEFFa: 1\r\nb:\r\n- x", List.of(), "b", List.of("w", "z")))
        .isEqualTo("\uFEFFa: 1\r\nb:\r\n- w\r\n- z");
  }

  @Test
  void a_key_without_value_becomes_a_mapping() {
    assertThat(put("hosts:\n  web1:  # c\n  # d\n  web2:\n", List.of("hosts", "web1"), "v", "x"))
        .isEqualTo("hosts:\n  web1:  # c\n    v: x\n  # d\n  web2:\n");
    assertThat(put("hosts: {web1, web2: }\n", List.of("hosts", "web1"), "v", "x"))
        .isEqualTo("hosts: {web1: {v: x}, web2: }\n");
    assertThat(put("hosts: {web1, web2: }\n", List.of("hosts", "web2"), "v", "x"))
        .isEqualTo("hosts: {web1, web2: {v: x} }\n");
    assertThat(put("a:\n  b: ~ # t\n", List.of("a", "b"), "v", "x"))
        .isEqualTo("a:\n  b: {v: x} # t\n");
  }

  @Test
  void json_stays_json() {
    assertThat(put("{\n\t\"a\": null,\n\t\"b\": []\n}\n", List.of("a"), "v", List.of("x")))
        .isEqualTo("{\n\t\"a\": {\"v\": [\"x\"]},\n\t\"b\": []\n}\n");
    assertThat(put("{\n  \"a\": 1\n}\n", List.of(), "v", List.of("x")))
        .isEqualTo("{\n  \"a\": 1,\n  \"v\": [\"x\"]\n}\n");
  }

  @Test
  void an_alias_becomes_a_mapping_that_merges_it() {
    assertThat(put("a: &x {p: 1}\nb: *x\nc: *x\n", List.of("b"), "v", "w"))
        .isEqualTo("a: &x {p: 1}\nb: {<<: *x, v: w}\nc: *x\n");
  }

  @Test
  void a_mapping_that_others_share_is_not_changed() {
    assertThatThrownBy(() -> put("a: &x {p: 1}\nb: *x\n", List.of("a"), "v", "w"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("file.yml:1:4");
  }

  @Test
  void a_block_scalar_at_the_end_keeps_its_value() {
    assertThat(put("a: |+\n  t\n\n", List.of(), "b", "c")).isEqualTo("a: |+\n  t\n\nb: c\n");
    assertThat(put("a: |\n  t", List.of(), "b", "c")).isEqualTo("b: c\na: |\n  t");
    assertThat(put("a: |\n  t\n# z\nb: 1\n", List.of(), "a", "c")).isEqualTo("a: c\n# z\nb: 1\n");
  }

  @Test
  void empty_and_filled_lists_change_places() {
    assertThat(put("a: [] # none\nb: 1\n", List.of(), "a", List.of("x")))
        .isEqualTo("a: # none\n  - x\nb: 1\n");
    assertThat(put("a: # some\n# and\n- x # gone\n# more\nb: 1\n", List.of(), "a", List.of()))
        .isEqualTo("a: [] # some\n# and # gone\n# more\nb: 1\n");
  }

  @Test
  void items_are_appended_and_removed() {
    var item = Map.of("name", "m");
    assertThat(text(of("l:\n  - name: a # c\n    x: 1\n# end\n").append(List.of("l"), item)))
        .isEqualTo("l:\n  - name: a # c\n    x: 1\n  - name: m\n# end\n");
    assertThat(text(of("l: [a, b]\n").append(List.of("l"), "c")))
        .isEqualTo("l: [a, b, \"c\"]\n".replace("\"c\"", "c"));
    assertThat(text(of("l:\n  # 1\n  - a\n  # 2\n  - b\n  # 3\n").remove(List.of("l"), 1)))
        .isEqualTo("l:\n  # 1\n  - a\n  # 2\n  # 3\n");
    assertThat(text(of("l: [a, b, c]\n").remove(List.of("l"), 0))).isEqualTo("l: [b, c]\n");
    assertThat(text(of("l: [a, b, c]\n").remove(List.of("l"), 2))).isEqualTo("l: [a, b]\n");
    assertThat(text(of("l:\n- a\n- b").remove(List.of("l"), 1))).isEqualTo("l:\n- a");
    assertThat(text(of("l:\n- a\nm: 1\n").remove(List.of("l"), 0))).isEqualTo("l: []\nm: 1\n");
  }

  @Test
  void strings_that_look_like_something_else_are_quoted() {
    assertThat(YamlFormat.document(Map.of("a", "1e5"))).isEqualTo("a: \"1e5\"\n");
    assertThat(YamlFormat.document(Map.of("a", "yes"))).isEqualTo("a: \"yes\"\n");
    assertThat(YamlFormat.document(Map.of("a", "a: b\n\u0007")))
        .isEqualTo("a: \"a: b\\n\\u0007\"\n");
  }
}
