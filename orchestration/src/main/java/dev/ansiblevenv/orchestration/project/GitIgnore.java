package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What git ignores in a directory: asked of git itself, which runs nothing that the repository's
/// configuration names.
final class GitIgnore {

  /// In a project: patterns, as in `.gitignore`, of what is not sent although git has it.
  static final String OWN_FILE = ".ansible-venvignore";

  /// Behind a backslash and three digits.
  private static final int OCTAL_END = 4;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// `ls-files` runs no hook and no filter; a file system monitor it would. That a checkout is
  /// another user's does not matter to who reads names only.
  private static final List<String> SETTINGS =
      List.of(
          "--no-pager",
          "--no-optional-locks",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "core.quotePath=true",
          "-c",
          "safe.directory=*");

  /// A repository may say that its missing objects are elsewhere, and how they are fetched: by any
  /// command. git reads a `.gitignore` that is in the index only from its object. A git that does
  /// not know the first variable finds no protocol that it may use.
  private static final Map<String, String> FETCH_NOTHING =
      Map.of("GIT_NO_LAZY_FETCH", "1", "GIT_ALLOW_PROTOCOL", "");

  private final Map<String, String> environment;
  private final Path cache;

  /// @param environment the user's: where git is, and the user's own ignored files
  GitIgnore(Map<String, String> environment, Path cache) {
    var seen = new TreeMap<>(environment);
    seen.keySet().removeIf(name -> name.startsWith("GIT_"));
    seen.putAll(FETCH_NOTHING);
    seen.put("LC_ALL", "C");
    this.environment = seen;
    this.cache = cache;
  }

  /// Names from the directory on, as a manifest writes them; of a directory that is ignored as a
  /// whole only itself. Empty without git, or where there is no repository.
  Set<String> standard(Path directory) {
    var git = SearchPath.of(environment).find("git");
    if (git.isEmpty()) {
      return Set.of();
    }
    var listed =
        run(
            directory,
            git.get(),
            List.of("ls-files", "--others", "--ignored", "--exclude-standard", "--directory"));
    if (listed.succeeded()) {
      return names(listed.output());
    }
    if (listed.errorOutput().contains("not a git repository")
        || listed.errorOutput().contains("must be run in a work tree")) {
      return Set.of();
    }
    throw new InvalidInput(
        "git cannot say which files are ignored",
        directory.toString(),
        listed.lastLines(1),
        "`git -C " + directory + " status` shows the same");
  }

  /// What [#OWN_FILE] of the project names, tracked or not.
  ///
  /// @throws InvalidInput without git, which reads the file
  Set<String> own(Path project) {
    var file = project.resolve(OWN_FILE);
    if (!Files.isRegularFile(file)) {
      return Set.of();
    }
    var git =
        SearchPath.of(environment)
            .find("git")
            .orElseThrow(() ->
                new InvalidInput(
                    "cannot be read", OWN_FILE, "git reads it, and there is none", "install git"));
    var nothing = emptyRepository(git);
    var listed =
        run(
            project,
            git,
            List.of(
                "--git-dir=" + nothing,
                "--work-tree=" + project,
                "ls-files",
                "--others",
                "--ignored",
                "--exclude-from=" + file,
                "--directory"));
    if (!listed.succeeded()) {
      throw new InvalidInput("cannot be read", OWN_FILE, listed.lastLines(1), "");
    }
    return names(listed.output());
  }

  /// Seen from a repository without files, everything can be ignored.
  private Path emptyRepository(Path git) {
    var repository = cache.resolve("empty.git");
    if (!Files.isDirectory(repository.resolve("objects"))) {
      try {
        Files.createDirectories(cache);
      } catch (IOException e) {
        throw failed(repository, String.valueOf(e.getMessage()));
      }
      var made =
          run(
              cache,
              git,
              List.of("init", "--quiet", "--bare", "--template=", repository.toString()));
      if (!made.succeeded()) {
        throw failed(repository, made.lastLines(1));
      }
    }
    return repository;
  }

  private Completed run(Path directory, Path git, List<String> words) {
    var command = new ArrayList<>(List.of(git.toString()));
    command.addAll(SETTINGS);
    command.addAll(words);
    try {
      return new Program(command, environment, directory).run(LIMIT);
    } catch (IOException e) {
      throw failed(directory, String.valueOf(e.getMessage()));
    }
  }

  private static InvalidInput failed(Path place, String why) {
    return new InvalidInput("git cannot be asked what is ignored", place.toString(), why, "");
  }

  private static Set<String> names(String output) {
    var names = new HashSet<String>();
    for (var line : output.split("\n", -1)) {
      var name = ManifestName.ofBytes(unquoted(line));
      var plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
      // A project that a surrounding repository ignores is not empty for that.
      if (plain.equals(".") || plain.startsWith("..")) {
        return Set.of();
      }
      if (!plain.isEmpty()) {
        names.add(plain);
      }
    }
    return names;
  }

  /// As git quotes names that are not plain ASCII:
  /// [core.quotePath](https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath).
  static byte[] unquoted(String line) {
    var bytes = new ByteArrayOutputStream();
    if (!line.startsWith("\"")) {
      bytes.writeBytes(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return bytes.toByteArray();
    }
    var i = 1;
    while (i < line.length() - 1) {
      var character = line.charAt(i);
      if (character != '\\') {
        bytes.write(character);
        i++;
        continue;
      }
      var escaped = line.charAt(i + 1);
      var simple = "abtnvfr".indexOf(escaped);
      if (escaped >= '0' && escaped <= '7') {
        bytes.write(Integer.parseInt(line.substring(i + 1, i + OCTAL_END), 8));
        i += OCTAL_END;
      } else {
        bytes.write(simple >= 0 ? "\u0007\b\t\n\u000B\f\r".charAt(simple) : escaped);
        i += 2;
      }
    }
    return bytes.toByteArray();
  }
}
