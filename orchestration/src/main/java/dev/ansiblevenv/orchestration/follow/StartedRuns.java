package dev.ansiblevenv.orchestration.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/// Which host a run of this project is on, in the project's `.ansible-venv/runs/`: a file a run,
/// under its name. A note for convenience: what there is to know of a run, its host knows.
public final class StartedRuns {

  private static final int KEPT = 500;

  /// Runs of one call to many hosts begin within that.
  private static final Duration KEPT_AT_LEAST = Duration.ofDays(7);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
  private static final Pattern NAME = Pattern.compile("[0-9]{8}T[0-9]{6}-[0-9a-f]{8}");

  private final Path directory;

  public StartedRuns(Path project) {
    this.directory = project.resolve(".ansible-venv").resolve("runs");
  }

  /// @param host as the inventory names it
  public record Noted(RunId run, String host) {}

  /// @throws StateConflict when the project cannot be written to
  public void note(RunId run, String host) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(run.text()), host + "\n", UTF_8);
      var names = names();
      var newest = started(run.text());
      for (var old : names.subList(0, Math.max(0, names.size() - KEPT))) {
        if (started(old).isBefore(newest.minus(KEPT_AT_LEAST))) {
          Files.deleteIfExists(directory.resolve(old));
        }
      }
    } catch (IOException e) {
      throw failed("cannot be written", e);
    }
  }

  /// Oldest first.
  ///
  /// @throws StateConflict when they cannot be read
  public List<RunId> all() {
    try {
      return names().stream().map(RunId::new).toList();
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
  }

  /// @param run one of [#all]
  public Noted noted(RunId run) {
    try {
      return new Noted(run, RegularFile.readText(directory.resolve(run.text())).strip());
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
  }

  private static LocalDateTime started(String name) {
    return LocalDateTime.parse(name.substring(0, name.indexOf('-')), TIME);
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(NAME.asMatchPredicate())
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static StateConflict failed(String what, IOException e) {
    return new StateConflict(
        what,
        ".ansible-venv/runs",
        String.valueOf(e.getMessage()),
        "check the directory's permissions and free space",
        e);
  }
}
