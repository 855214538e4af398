package dev.ansiblevenv.orchestration.store;

import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The documents as files of the project directory, `<kind's directory>/<name>.yml`.
public final class YamlFiles implements Store {

  private static final String EXTENSION = ".yml";

  private final Path project;

  public YamlFiles(Path project) {
    this.project = project;
  }

  @Override
  public List<String> names(Kind kind) {
    var directory = project.resolve(kind.directory());
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(EXTENSION) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - EXTENSION.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw TextFile.failed("cannot be listed", kind.directory(), e);
    }
  }

  @Override
  public Optional<Document> read(Kind kind, String name) {
    return storedName(kind, name).map(stored -> document(kind, stored));
  }

  @Override
  public Document update(Kind kind, String name, UnaryOperator<Document> edit) {
    try (var _ = ProjectLock.acquire(project, kind.directory())) {
      var before = read(kind, name).orElseGet(() -> new Document(name, place(kind, name), ""));
      var after = edit.apply(before);
      if (!after.text().equals(before.text())) {
        removeRemains(kind, before.name());
        TextFile.write(file(kind, before.name()), before.place(), after.text());
      }
      return new Document(before.name(), before.place(), after.text());
    } catch (IOException e) {
      throw TextFile.failed("cannot be locked", place(kind, name), e);
    }
  }

  @Override
  public void remove(Kind kind, String name) {
    try (var _ = ProjectLock.acquire(project, kind.directory())) {
      var stored = storedName(kind, name);
      if (stored.isPresent()) {
        Files.delete(file(kind, stored.get()));
      }
    } catch (IOException e) {
      throw TextFile.failed("cannot be removed", place(kind, name), e);
    }
  }

  private Document document(Kind kind, String stored) {
    var place = place(kind, stored);
    return new Document(stored, place, TextFile.read(file(kind, stored), place));
  }

  private Optional<String> storedName(Kind kind, String name) {
    var found = names(kind).stream().filter(name::equalsIgnoreCase).toList();
    if (found.size() > 1) {
      throw new StateConflict(
          "two files stand for one name",
          place(kind, found.get(0)),
          "`" + place(kind, found.get(1)) + "` differs from it only in case",
          "merge the two files into one");
    }
    return found.stream().findFirst();
  }

  /// A writer that was killed leaves its temporary file. We hold the lock, so nobody uses it.
  private void removeRemains(Kind kind, String name) throws IOException {
    var directory = project.resolve(kind.directory());
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var files = Files.newDirectoryStream(directory, "." + name + EXTENSION + ".*.tmp")) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path file(Kind kind, String name) {
    if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException(name);
    }
    return project.resolve(kind.directory()).resolve(name + EXTENSION);
  }

  private static String place(Kind kind, String name) {
    return kind.directory() + "/" + name + EXTENSION;
  }
}
