package dev.ansiblevenv.analysis.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalDifferenceTest {

  private static final String TASKS =
      """
      - hosts: all
        tasks:
          - name: One
            copy: {src: a, mode: 0644}
          - name: Two
            command: true
          - name: Three
            debug: {msg: "x"}
      """;

  @Test
  void equal_forms_have_no_difference() {
    assertThat(changes(TASKS, "# same\n" + TASKS)).isEmpty();
  }

  @Test
  void a_changed_value_is_named_by_its_path() {
    assertThat(changes(TASKS, TASKS.replace("0644", "0600")))
        .containsExactly("<playbook>: [0].tasks[0].copy.mode: 420 -> 384");
  }

  @Test
  void an_inserted_task_leaves_the_later_ones_alone() {
    var after =
        TASKS.replace("    - name: Two", "    - name: Between\n      ping:\n    - name: Two");
    assertThat(changes(TASKS, after))
        .containsExactly("<playbook>: [0].tasks[1]: added \"Between\"");
  }

  @Test
  void a_removed_task_is_named_by_its_old_place() {
    var after = TASKS.replace("    - name: Two\n      command: true\n", "");
    assertThat(changes(TASKS, after)).containsExactly("<playbook>: [0].tasks[1]: removed \"Two\"");
  }

  @Test
  void a_task_that_moved_down_and_changed_is_known_by_its_name() {
    var after =
        TASKS
            .replace("    - name: One", "    - name: Zero\n      ping:\n    - name: One")
            .replace("0644", "0600");
    assertThat(changes(TASKS, after))
        .containsExactly(
            "<playbook>: [0].tasks[0]: added \"Zero\"",
            "<playbook>: [0].tasks[1].copy.mode: 420 -> 384");
  }

  @Test
  void added_and_removed_keys_and_types_show() {
    var after =
        TASKS
            .replace("{msg: \"x\"}", "{msg: [x]}")
            .replace("hosts: all", "hosts: all\n  become: yes");
    assertThat(changes(TASKS, after))
        .containsExactlyInAnyOrder(
            "<playbook>: [0].become: added true",
            "<playbook>: [0].tasks[2].debug.msg: \"x\" -> a list of 1");
  }

  @Test
  void another_order_of_data_shows() {
    assertThat(changes(TASKS, TASKS.replace("{src: a, mode: 0644}", "{mode: 0644, src: a}")))
        .containsExactly("<playbook>: [0].tasks[0].copy: other order: src, mode -> mode, src");
  }

  @Test
  void of_a_long_text_the_part_that_differs_is_shown() {
    var text = "word ".repeat(100);
    assertThat(changes("- " + text + "a " + text, "- " + text + "b " + text))
        .containsExactly(
            "<playbook>: [0]: …word word word word a word word word word word word word wor…"
                + " -> …word word word word b word word word word word word word wor…");
  }

  @Test
  void a_text_of_several_lines_is_one_value() {
    assertThat(changes("a: |\n  x\n  y: z\nb: 1", "a: |\n  x\n  y: w\nb: 1"))
        .containsExactly("<playbook>: a: \"x\\ny: z\\n\" -> \"x\\ny: w\\n\"");
  }

  @Test
  void files_that_came_went_or_changed_are_named_by_digests_alone() {
    var before =
        CanonicalForm.of(data("site.yml", "a: 1"), List.of(data("a.yml", "1"), data("b.yml", "2")));
    var after =
        CanonicalForm.of(
            data("other.yml", "a: 2"), List.of(data("c.yml", "1"), data("b.yml", "2")));
    assertThat(CanonicalDifference.between(before.digests(), after).changes())
        .map(Object::toString)
        .containsExactly("<playbook>: changed", "a.yml: removed", "c.yml: added");
  }

  private static List<String> changes(String before, String after) {
    return CanonicalDifference.between(form(before), form(after)).changes().stream()
        .map(Object::toString)
        .toList();
  }

  private static CanonicalForm form(String playbook) {
    return CanonicalForm.of(
        ClosureFile.of("site.yml", FileKind.PLAYBOOK, playbook.getBytes(UTF_8)), List.of());
  }

  private static ClosureFile data(String path, String content) {
    return ClosureFile.of(path, FileKind.DATA, content.getBytes(UTF_8));
  }
}
