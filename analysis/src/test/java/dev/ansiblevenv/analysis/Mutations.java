package dev.ansiblevenv.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Real files with a few things wrong: what is nearly right gets further into a parser than noise
/// does. The seeds are the project that the program's start is trained with, for it has one of
/// everything.
public final class Mutations {

  private static final Path PROJECT =
      Path.of("../cli/src/main/resources/dev/ansiblevenv/cli/training");

  private static final List<String> WORDS =
      List.of(
          "{{ ",
          " }}",
          "{% ",
          " %}",
          "{# ",
          "{% raw %}",
          "{% endraw %}",
          "{% if x %}",
          "|",
          " is ",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "'",
          "\"",
          "\\",
          ",",
          ":",
          ": ",
          "- ",
          "? ",
          "&a ",
          "*a ",
          "<<: *a",
          "!vault |",
          "!unsafe ",
          "!!binary ",
          "!!set ",
          "!x",
          "%YAML 1.1\n",
          "---\n",
          "...\n",
          "\n",
          "\r",
          "\t",
          " ",
          "  ",
          "#",
          "|\n",
          ">-\n",
          "|9\n",
          "\0",
          "\u00e9",
          "\u2028",
          "\ufeff",
          "\ud83d\ude00",
          "lookup('first_found', ",
          "q('template', ",
          "default(",
          "item",
          "include_tasks: ",
          "import_tasks: site.yml",
          "include_role: {name: page}",
          "loop: ",
          "with_dict: ",
          "block:",
          "hosts: all",
          "../",
          "/",
          "~",
          "0x",
          "1e9",
          "1:1",
          "2026-13-45",
          "==",
          ">=",
          "!=",
          ";",
          "@",
          "-r ",
          "-c requirements.txt",
          "git+",
          "[extra]",
          "*",
          "<",
          "=");

  private Mutations() {}

  /// The files of the seed project by their names.
  public static Map<String, String> project() {
    try (var files = Files.walk(PROJECT)) {
      var texts = new TreeMap<String, String>();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = PROJECT.relativize(file).toString().replace('\\', '/');
        texts.put(name, Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Mutated files of the seed project whose names match.
  public static Arbitrary<String> ofFiles(String pattern) {
    return of(
        project().entrySet().stream()
            .filter(file -> file.getKey().matches(pattern))
            .map(Map.Entry::getValue)
            .toList());
  }

  public static Arbitrary<String> of(List<String> seeds) {
    return Arbitraries.of(seeds)
        .flatMap(
            seed -> Arbitraries.longs().map(number -> mutated(seed, seeds, new Random(number))));
  }

  /// As bytes, so that it need not be UTF-8 either.
  public static byte[] bytes(String text, Random random) {
    var bytes = text.getBytes(UTF_8);
    if (bytes.length > 0 && random.nextInt(20) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  public static String mutated(String seed, List<String> others, Random random) {
    var text = new StringBuilder(seed);
    for (var i = random.nextInt(6); i >= 0; i--) {
      mutate(text, others, random);
    }
    return text.toString();
  }

  private static void mutate(StringBuilder text, List<String> others, Random random) {
    var at = random.nextInt(text.length() + 1);
    var end = Math.min(text.length(), at + 1 + random.nextInt(40));
    switch (random.nextInt(8)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, text.substring(at, end));
      case 2, 3 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
      case 4 -> text.replace(at, end, WORDS.get(random.nextInt(WORDS.size())));
      case 5 ->
          text.insert(at, WORDS.get(random.nextInt(WORDS.size())).repeat(random.nextInt(300)));
      case 6 -> {
        var other = others.get(random.nextInt(others.size()));
        var from = random.nextInt(other.length() + 1);
        text.replace(at, end, other.substring(from, Math.min(other.length(), from + 200)));
      }
      default -> text.insert(at, (char) random.nextInt(0x250));
    }
  }
}
