package dev.ansiblevenv.core.lint;

import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What in a project decides about ansible-lint's verdict beside the files that are linted.
/// Searched as [ansible-lint does](https://docs.ansible.com/projects/lint/configuring/): from the
/// project directory upwards, not beyond the root of a git repository.
///
/// @param file the project's own configuration
/// @param gitRoot the directory with `.git` in it
/// @param ansible the `ansible.cfg` that counts
record LintConfiguration(
    Path project, Optional<Path> file, Optional<Path> gitRoot, Optional<Path> ansible) {

  private static final List<String> NAMES =
      List.of(
          ".ansible-lint",
          ".ansible-lint.yml",
          ".ansible-lint.yaml",
          ".config/ansible-lint.yml",
          ".config/ansible-lint.yaml");

  /// Beside the configuration, read from the project directory only.
  private static final List<String> COMPANIONS =
      List.of(
          ".ansible-lint-ignore",
          ".config/ansible-lint-ignore.txt",
          ".yamllint",
          ".yamllint.yml",
          ".yamllint.yaml");

  /// @param isClosed whether nothing above the project may be read for it
  static LintConfiguration find(LintRequest request, boolean isClosed) {
    var project = request.project();
    Optional<Path> gitRoot = Optional.empty();
    Optional<Path> file = Optional.empty();
    for (var directory = project; directory != null; directory = directory.getParent()) {
      var here = directory;
      if (file.isEmpty()) {
        file = NAMES.stream().map(here::resolve).filter(Files::exists).findFirst();
      }
      if (Files.exists(here.resolve(".git"))) {
        gitRoot = Optional.of(here);
        break;
      }
      if (isClosed) {
        break;
      }
    }
    return new LintConfiguration(project, file, gitRoot, request.configuration());
  }

  /// Options that make ansible-lint's own search come to what this program documents: profile `min`
  /// and the project directory itself where the project says nothing.
  List<String> options() {
    var options = new ArrayList<String>();
    if (file.isEmpty()) {
      options.add("--profile=min");
    }
    if (file.isEmpty() && gitRoot.isEmpty()) {
      options.add("--project-dir=" + project);
    }
    return options;
  }

  /// Everything that the verdict depends on here, for the cache's key.
  String identity() throws IOException {
    var text = new StringBuilder(String.join(" ", options())).append('\n');
    for (var path : files()) {
      text.append(path).append('\n').append(content(path)).append('\n');
    }
    return text.toString();
  }

  /// Rules of the project's own are code: what they do cannot be seen from the linted files.
  boolean hasOwnRules() throws IOException {
    return file.isPresent() && content(file.get()).contains("rulesdir");
  }

  /// The project's configuration and what lies beside it.
  List<Path> files() {
    var files = new ArrayList<Path>();
    file.ifPresent(files::add);
    ansible.ifPresent(files::add);
    COMPANIONS.stream().map(project::resolve).filter(Files::isRegularFile).forEach(files::add);
    return files;
  }

  private static String content(Path path) throws IOException {
    return new String(RegularFile.read(path), StandardCharsets.ISO_8859_1);
  }
}
