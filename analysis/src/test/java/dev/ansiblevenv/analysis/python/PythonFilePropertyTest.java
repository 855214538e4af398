package dev.ansiblevenv.analysis.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PythonFilePropertyTest {

  private static final List<String> PIECES =
      List.of(
          "import a",
          "from . import",
          "as",
          "try:",
          "except:",
          "else:",
          "if x:",
          "def f():",
          "class",
          "async",
          "with deps.declare('a'):",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "'",
          "\"",
          "'''",
          "\"\"\"",
          "f'",
          "r\"",
          "{x}",
          "\\",
          "\\\n",
          "\n",
          "\r\n",
          "\n    ",
          "\n\t",
          "#",
          ";",
          ":",
          ",",
          "=",
          "self.x = ",
          "filters",
          "lambda:",
          "'a': 1",
          "é",
          "\0",
          "1e5",
          ".",
          "*");

  @Provide
  Arbitrary<String> soup() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 3000)
  void whatever_the_text_is_reading_it_never_fails(@ForAll("soup") String text) {
    assertThatCode(
            () -> {
              var file = PythonFile.read(text);
              file.constants().text("x", _ -> file);
              file.constants().text("a", _ -> file);
            })
        .doesNotThrowAnyException();
  }

  @Property(tries = 1000)
  void any_characters_at_all_are_read(@ForAll String text) {
    assertThatCode(() -> PythonFile.read(text)).doesNotThrowAnyException();
  }

  @Property(tries = 43)
  void time_grows_no_faster_than_the_text(@ForAll("piece") String piece) {
    var text = piece.repeat(500_000 / piece.length());
    assertTimeout(Duration.ofSeconds(3), () -> PythonFile.read(text));
  }

  @Provide
  Arbitrary<String> piece() {
    return Arbitraries.of(PIECES);
  }

  @Property(tries = 1)
  void an_import_behind_ten_thousand_levels_is_still_seen() {
    var text = new StringBuilder();
    for (var i = 0; i < 10_000; i++) {
      text.append(" ".repeat(Math.min(i, 200))).append("if x:\n");
    }
    assertThat(PythonFile.read(text + " ".repeat(201) + "import a\n").imports()).hasSize(1);
  }
}
