package dev.ansiblevenv.cli.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtraVarsTest {

  @TempDir private Path directory;

  /// What `ansible.parsing.splitter.parse_kv` of ansible-core 2.19.14 makes of each.
  static List<Map.Entry<String, Map<String, String>>> as_ansible_reads_them() {
    return List.of(
        entry("a=b", Map.of("a", "b")),
        entry("a=b  c=d", Map.of("a", "b", "c", "d")),
        entry("a='b c' d=\"e f\"", Map.of("a", "b c", "d", "e f")),
        entry("a={{ b c }} d=e", Map.of("a", "{{ b c }}", "d", "e")),
        entry("a={{ {'x': 1} }}", Map.of("a", "{{ {'x': 1} }}")),
        entry("a=b=c", Map.of("a", "b=c")),
        entry("a=\"x\\ny\"", Map.of("a", "x\ny")),
        entry("a= b=c", Map.of("a", "", "b", "c")),
        entry("a=\\x41\\u00e9", Map.of("a", "Aé")),
        entry("k\\=x=y", Map.of("k\\=x", "y")),
        entry(" a=b", Map.of("a", "b")),
        entry("a=b\nc=d", Map.of("a", "b", "c", "d")),
        entry("a='b\nc' d=e", Map.of("a", "b\nc", "d", "e")),
        entry("a=\"it's\" b='say \"x\"'", Map.of("a", "it's", "b", "say \"x\"")),
        entry("path=C:\\\\temp", Map.of("path", "C:\\temp")),
        entry("a=''", Map.of("a", "")),
        entry("a=b \\\nc=d", Map.of("a", "b", "c", "d")),
        entry("a=\"b\" c=d=\"e f\"", Map.of("a", "b", "c", "d=\"e f\"")),
        entry("a=x'y z'w", Map.of("a", "x'y z'w")),
        entry("=a=b", Map.of("=a", "b")),
        entry("n=1 t=true", Map.of("n", "1", "t", "true")));
  }

  @ParameterizedTest
  @MethodSource("as_ansible_reads_them")
  void key_value_arguments_are_text(Map.Entry<String, Map<String, String>> example) {
    assertThat(read(example.getKey())).isEqualTo(example.getValue());
  }

  @Test
  void json_and_yaml_in_braces_keep_their_types() {
    assertThat(read("{\"a\": [1, 2.5, true, null], \"b\": {\"c\": \"d\"}}").toString())
        .isEqualTo("{a=[1, 2.5, true, null], b={c=d}}");
    assertThat(read("{mode: 0644, enabled: yes, name: x}"))
        .isEqualTo(Map.of("mode", BigInteger.valueOf(420), "name", "x", "enabled", true));
  }

  @Test
  void a_file_is_relative_to_the_caller_or_to_home() throws IOException {
    Files.writeString(directory.resolve("vars.yml"), "colour: green\nports: [80, 443]\n");

    assertThat(read("@vars.yml")).isEqualTo(read("@~/vars.yml")).containsEntry("colour", "green");
  }

  @Test
  void standard_input_is_a_file_too() {
    var variables = new ExtraVars(directory, directory, stream("password: s3cret"));

    assertThat(variables.of(List.of("@-"))).isEqualTo(Map.of("password", "s3cret"));
  }

  @Test
  void the_later_one_wins() {
    assertThat(read("a=1 b=1", "", "{a: two}")).isEqualTo(Map.of("a", "two", "b", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "a=b s3cret",
        "[s3cret]",
        "a='s3cret",
        "a={{ s3cret",
        "{a: !!binary s3cretxx}"
      })
  void what_cannot_be_read_is_wrong_usage_and_never_quoted(String argument) {
    assertThatThrownBy(() -> read(argument))
        .isInstanceOf(UsageFailure.class)
        .hasMessageStartingWith("--extra-vars: cannot read the variables: ")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void a_file_without_its_sign_is_named_with_it() {
    assertThatThrownBy(() -> read("./vars.yml"))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("write `@./vars.yml`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a", "a: 2024-01-01", "1: a", "text"})
  void a_file_that_is_no_mapping_of_what_json_can_say_is_invalid(String text) throws IOException {
    Files.writeString(directory.resolve("vars.yml"), text);

    assertThatThrownBy(() -> read("@vars.yml"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("vars.yml: ");
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    assertThatThrownBy(() -> read("@nowhere.yml"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("nowhere.yml: cannot read the variables: there is no such file");
  }

  private Map<String, Object> read(String... arguments) {
    return new ExtraVars(directory, directory, stream("")).of(List.of(arguments));
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes());
  }
}
