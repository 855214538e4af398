package dev.ansiblevenv.core.lint;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the confined script says. The project's code may have written it: it is read strictly, and
/// no more than advice.
///
/// @param code ansible-lint's exit code
/// @param report ansible-lint's standard output
/// @param files what the verdict rests on; empty when there is none
record LintAnswer(int code, String report, Optional<List<Path>> files) {

  private static final int MAX_FILES = 100_000;

  /// @throws IOException when it is no such answer
  static LintAnswer parse(String text) throws IOException {
    var fields = JsonFields.of(JSON.std.anyFrom(text));
    return new LintAnswer(
        fields.number("code"),
        fields.string("report"),
        fields.has("files")
            ? Optional.of(paths(fields.field("files", List.class)))
            : Optional.empty());
  }

  private static List<Path> paths(List<?> names) throws IOException {
    if (names.size() > MAX_FILES) {
      throw new IOException("it names more than " + MAX_FILES + " files");
    }
    var paths = new ArrayList<Path>();
    for (var name : names) {
      if (!(name instanceof String text) || text.isEmpty() || text.indexOf('\0') >= 0) {
        throw new IOException("it names a file that is none");
      }
      paths.add(Path.of(text));
    }
    return paths;
  }
}
