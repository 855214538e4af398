package dev.ansiblevenv.analysis.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequirementsLineTest {

  @Test
  void a_requirements_file_has_packages_options_comments_and_continued_lines() {
    var text =
        """
        # a comment
        requests>=2 # why
        -r more.txt
        --constraint=bounds.txt
        -e .
        pywinrm \\
          >=0.4 --hash=sha256:00
        git+https://example.org/x.git#egg=My_X
        --index-url https://example.org/simple
        no requirement
        """;
    assertThat(RequirementsLine.parse(text))
        .containsExactly(
            wanted("requests", "", ">=2", "", 2),
            new RequirementsLine.Included("more.txt", 3),
            new RequirementsLine.Included("bounds.txt", 4),
            new RequirementsLine.PipOnly("", "-e .", 5),
            new RequirementsLine.Wanted(
                new PackageRequirement("pywinrm", "", ">=0.4", ""), List.of("sha256:00"), 6),
            new RequirementsLine.PipOnly("my-x", "git+https://example.org/x.git#egg=My_X", 8),
            new RequirementsLine.Option("--index-url https://example.org/simple", 9),
            new RequirementsLine.Unreadable("no requirement", 10));
  }

  @Test
  void markers_extras_and_urls_belong_to_the_package() {
    assertThat(
            RequirementsLine.parse(
                """
                requests[socks]>=2 ; python_version < "3.12" --hash=sha256:00
                netaddr @ https://example.org/netaddr-1.0-py3-none-any.whl#sha256=00 # why
                """))
        .containsExactly(
            new RequirementsLine.Wanted(
                new PackageRequirement("requests", "[socks]", ">=2", "python_version < \"3.12\""),
                List.of("sha256:00"),
                1),
            wanted(
                "netaddr",
                "",
                " @ https://example.org/netaddr-1.0-py3-none-any.whl#sha256=00",
                "",
                2));
  }

  /// pip joins lines before it drops comments.
  @Test
  void a_backslash_behind_a_comment_continues_the_comment() {
    assertThat(RequirementsLine.parse("a # x \\\nb\nc \\\n# y\nd\n"))
        .containsExactly(
            wanted("a", "", "", "", 1), wanted("c", "", "", "", 3), wanted("d", "", "", "", 5));
  }

  @ParameterizedTest
  @CsvSource({
    "-rmore.txt,            more.txt",
    "--requirement more.txt,more.txt",
    "-c 'a b.txt',          a b.txt",
  })
  void an_include_is_read_in_every_spelling(String line, String file) {
    assertThat(RequirementsLine.parse(line))
        .containsExactly(new RequirementsLine.Included(file, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "./vendor/foo-1.0.tar.gz                         | foo",
        "vendor/foo_bar-2.0-py3-none-any.whl             | foo-bar",
        "https://example.org/foo-1.0.zip                 | foo",
        "git+ssh://git@example.org/me/foo.git@main       | foo",
        "-e git+https://example.org/me/x.git#egg=foo     | foo",
        "--editable=../foo                               | foo",
        "foo @ https://${TOKEN}@example.org/f.whl        | foo",
        "foo==${VERSION}                                 | foo",
        "${WHAT}                                         | ''",
      })
  void what_only_pip_can_find_is_named_as_far_as_the_text_shows_it(String line, String name) {
    assertThat(RequirementsLine.parse(line))
        .containsExactly(new RequirementsLine.PipOnly(name, line, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void a_byte_order_mark_says_the_encoding(String charset) {
    var bytes = "\uFEFFrequests # é\n".getBytes(Charset.forName(charset));
    assertThat(RequirementsText.decode(bytes)).isEqualTo("requests # é\n");
  }

  @Test
  void a_coding_comment_says_the_encoding_and_an_unknown_one_changes_nothing() {
    var text = "# -*- coding: latin-1 -*-\n# é\n";
    assertThat(RequirementsText.decode(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(text);
    assertThat(RequirementsText.decode("# coding: klingon\nä\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("# coding: klingon\nä\n");
  }

  @Property
  void every_text_is_read_and_every_line_keeps_its_number(@ForAll("texts") String text) {
    var lines = RequirementsLine.parse(text);
    var most = text.split("\\R", -1).length;
    assertThat(lines).allMatch(line -> line.line() >= 1 && line.line() <= most);
    assertThat(lines).extracting(RequirementsLine::line).isSorted().doesNotHaveDuplicates();
  }

  @Property
  void comments_and_empty_lines_change_nothing(@ForAll("texts") String text) {
    assertThat(RequirementsText.withoutComments("# c\n\n" + text + "\n  # c\n\n"))
        .isEqualTo(RequirementsText.withoutComments(text));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "requests",
            ">=2",
            "\\",
            "\n",
            " ",
            "#",
            "-r",
            "-e",
            "${A}",
            "@",
            ";",
            "[x]",
            "://",
            "/",
            "'",
            "=",
            "\r\n",
            "git+",
            ",",
            "é")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static RequirementsLine wanted(
      String name, String extras, String specifier, String marker, int line) {
    return new RequirementsLine.Wanted(
        new PackageRequirement(name, extras, specifier, marker), List.of(), line);
  }
}
