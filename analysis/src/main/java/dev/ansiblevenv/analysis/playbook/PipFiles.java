package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import dev.ansiblevenv.analysis.requirement.RequirementsText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Reads pip requirements files and the files that they include. What cannot be read is a warning:
/// the files only bound.
final class PipFiles {

  /// How many files may include one another; each takes some of the stack.
  private static final int DEEPEST = 200;

  /// Where pip looks for packages is the business of whoever calls us, not of the project.
  private static final Pattern OF_PLACES =
      Pattern.compile("^(-f|--find-links|-i|--index-url|--extra-index-url|--no-index)\\b");

  private final ClosureReader reader;
  private final List<Requirements.In<RequirementsLine.Wanted>> packages;
  private final List<Requirements.In<RequirementsLine.PipOnly>> pipOnly;

  private int nested;

  PipFiles(
      ClosureReader reader,
      List<Requirements.In<RequirementsLine.Wanted>> packages,
      List<Requirements.In<RequirementsLine.PipOnly>> pipOnly) {
    this.reader = reader;
    this.packages = packages;
    this.pipOnly = pipOnly;
  }

  void read(Path file) {
    if (!reader.files().isFile(file) || !reader.visit("pip", file)) {
      return;
    }
    var name = String.valueOf(reader.files().name(file));
    var text = RequirementsText.decode(reader.files().read(file));
    var content = RequirementsText.withoutComments(text).getBytes(StandardCharsets.UTF_8);
    reader.collected().add(name, FileKind.TEXT, content);
    RequirementsLine.parse(text).forEach(line -> take(file, name, line, line.line()));
  }

  /// What another file says instead of naming a requirements file.
  void inline(String name, int number, String text) {
    var file = reader.files().project().resolve(name);
    RequirementsLine.parse(text)
        .forEach(line -> take(file, name, line.at(number + line.line() - 1), number));
  }

  private void take(Path file, String name, RequirementsLine line, int number) {
    var site = new Site(name, number);
    switch (line) {
      case RequirementsLine.Wanted wanted -> packages.add(new Requirements.In<>(name, wanted));
      case RequirementsLine.PipOnly other -> pipOnly.add(new Requirements.In<>(name, other));
      case RequirementsLine.Included(var other, _) -> follow(file, other, site);
      case RequirementsLine.Option(var option, _) -> {
        if (OF_PLACES.matcher(option).find()) {
          // The rest may be a URL with a login in it.
          var word = option.split("[=\\s]", 2)[0];
          warn(site, "`" + word + "` is not read; UV_DEFAULT_INDEX and UV_INDEX name indexes");
        }
      }
      case RequirementsLine.Unreadable(var refused, _) ->
          warn(site, "pip would refuse `" + refused + "`");
    }
  }

  private void follow(Path from, String other, Site site) {
    var file = FileSearch.resolved(Place.directory(from), other);
    if (file == null || !reader.files().isFile(file)) {
      warn(site, "`" + other + "` is not in the project, so its bounds are not known");
    } else if (nested == DEEPEST) {
      warn(site, "`" + other + "` is included too deeply, so its bounds are not known");
    } else {
      nested++;
      read(file);
      nested--;
    }
  }

  private void warn(Site site, String message) {
    reader.collected().finding(site, "requirements[pip]", message, false);
  }
}
