package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.Boundary;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Map;

/// Collections that lie in the project: as directories, from which a tarball is made that has the
/// same bytes on every machine, or as tarballs.
final class ProjectCollections {

  private final Path project;
  private final Boundary boundary;

  /// @param environment the caller's
  ProjectCollections(Path project, Map<String, String> environment) {
    this.project = project.toAbsolutePath().normalize();
    this.boundary = Boundary.of(this.project, environment);
  }

  /// @param path relative to the project
  boolean has(String path) {
    return Files.exists(project.resolve(path));
  }

  /// What lies there: a collection or, in directories right below, several.
  ///
  /// @throws InvalidInput when it is none
  List<FixedSource> read(String path) {
    var relative = relative(path);
    boundary.require(project.resolve(path), path);
    try {
      return CollectionDirectory.below(project, relative).stream().map(this::one).toList();
    } catch (IOException e) {
      throw unreadable(relative, e);
    }
  }

  private FixedSource one(String relative) {
    var digest = Sha256.digest();
    try (var counted =
        new CountedOutput(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      write(relative, counted);
      return new FixedSource(
          relative, relative, describe(relative), Sha256.hex(digest), counted.length());
    } catch (IOException e) {
      throw unreadable(relative, e);
    }
  }

  /// Writes the tarball.
  void write(String path, OutputStream out) throws IOException {
    var file = project.resolve(path);
    boundary.require(file, path);
    if (Files.isDirectory(file)) {
      CollectionDirectory.at(file, path).writeTarball(out);
    } else {
      RegularFile.require(file);
      Files.copy(file, out);
    }
  }

  private LocalCollection describe(String path) throws IOException {
    var file = project.resolve(path);
    return Files.isDirectory(file)
        ? CollectionDirectory.at(file, path).describe()
        : CollectionTarball.at(file, path).describe();
  }

  /// No path of this machine comes into a lock.
  private String relative(String path) {
    var file = project.resolve(path).normalize();
    return file.startsWith(project)
        ? project.relativize(file).toString()
        : relativeFrom(file, path);
  }

  private String relativeFrom(Path file, String path) {
    if (Path.of(path).isAbsolute()) {
      throw new InvalidInput(
          "is an absolute path outside the project",
          path,
          "the lock would hold on this machine only",
          "name the collection by a path relative to the project");
    }
    return project.relativize(file).toString();
  }

  private static InvalidInput unreadable(String path, IOException e) {
    return new InvalidInput(
        "cannot be read as a collection", path, String.valueOf(e.getMessage()), "", e);
  }
}
