package dev.ansiblevenv.formats.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlTest {

  @Test
  void reads_what_lock_files_consist_of() throws Exception {
    var text =
        """
        # header
        lock-version = "1.0" # comment
        "quoted key" = 'C:\\raw # no comment'
        extras = []
        a.b = true

        [[packages]]
        name = "x\\"y\\u00e9"
        index = 12
        sdist = { url = "u", upload-time = 2026-10-05T15:08:31Z, hashes = { sha256 = "1" } }
        wheels = [
            { url = "w1" },  # first
            { url = "w2" },
        ]

        [packages.tool.own]
        z = 1.5
        [[packages]]
        name = "b"\r
        """;
    assertThat(Toml.parse(text))
        .containsEntry("quoted key", "C:\\raw # no comment")
        .containsEntry("extras", List.of())
        .containsEntry("a", Map.of("b", "true"))
        .containsEntry(
            "packages",
            List.of(
                Map.of(
                    "name", "x\"yé",
                    "index", "12",
                    "sdist",
                        Map.of(
                            "url", "u",
                            "upload-time", "2026-10-05T15:08:31Z",
                            "hashes", Map.of("sha256", "1")),
                    "wheels", List.of(Map.of("url", "w1"), Map.of("url", "w2")),
                    "tool", Map.of("own", Map.of("z", "1.5"))),
                Map.of("name", "b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\na = ",
        "\na",
        "\na = \"x",
        "\na = [1",
        "\na = {b = 1",
        "\n[a",
        "\na = 1 b",
        "\na = x",
        "\na = \"\\q\"",
        "\na = 1\na = 2",
        "\na = \"\\u12\"",
        "\n= 1"
      })
  void says_in_which_line_it_stops_making_sense(String text) {
    assertThatThrownBy(() -> Toml.parse(text))
        .isInstanceOfSatisfying(
            Toml.Malformed.class, e -> assertThat(e.line()).isGreaterThanOrEqualTo(2));
  }
}
