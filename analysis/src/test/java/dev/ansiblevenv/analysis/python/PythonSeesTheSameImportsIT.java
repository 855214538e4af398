package dev.ansiblevenv.analysis.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The oracle: the imports of real files, as CPython's own parser sees them: ansible-core with what
/// it depends on, and the standard library.
final class PythonSeesTheSameImportsIT {

  private static final Path SCRIPT = Path.of("src", "test", "python", "python_imports.py");
  private static final String DIRECTORIES =
      """
      import os, sysconfig
      library = os.path.dirname(os.__file__)
      for name in "asyncio", "concurrent", "email", "importlib", "multiprocessing", "xml", "unittest":
          print(os.path.join(library, name))
      print(os.path.join(sysconfig.get_path("purelib"), "ansible"))
      print(os.path.join(sysconfig.get_path("purelib"), "jinja2"))
      """;

  @Test
  void python_sees_the_same_imports_with_the_same_guards() throws IOException {
    var python = AnsibleEnvironment.get().python().toString();
    var command = new ArrayList<>(List.of(python, "-W", "ignore", SCRIPT.toString()));
    command.addAll(lines(python, "-c", DIRECTORIES));
    var theirs = new LinkedHashMap<String, List<String>>();
    for (var line : lines(command.toArray(String[]::new))) {
      var words = line.split(" ", 2);
      var imports = theirs.computeIfAbsent(words[0], _ -> new ArrayList<>());
      if (words.length > 1) {
        imports.add(words[1]);
      }
    }
    assertThat(theirs).hasSizeGreaterThan(500);
    var differences = new ArrayList<String>();
    theirs.forEach((file, imports) -> {
      var ours = imports(file);
      if (!ours.equals(imports)) {
        differences.add("%s%n  ours   %s%n  theirs %s".formatted(file, ours, imports));
      }
    });
    assertThat(differences).isEmpty();
  }

  private static List<String> imports(String file) {
    return PythonFile.read(text(file)).imports().stream()
        .map(each ->
            "%d %s %d %s %s"
                .formatted(
                    each.line(),
                    each.guard(),
                    each.level(),
                    each.module().isEmpty() ? "-" : each.module(),
                    each.names().isEmpty()
                        ? "-"
                        : each.names().stream()
                            .map(PythonImport.Name::name)
                            .collect(Collectors.joining(","))))
        .toList();
  }

  private static String text(String file) {
    try {
      return new String(Files.readAllBytes(Path.of(file)), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String... command) throws IOException {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    return process.inputReader(UTF_8).lines().toList();
  }
}
