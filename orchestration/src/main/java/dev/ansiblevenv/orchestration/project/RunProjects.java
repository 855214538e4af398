package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.core.run.RunProject;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Decides what a run sees as its project.
public final class RunProjects {

  private final Path project;

  /// @param project absolute
  public RunProjects(Path project) {
    this.project = project;
  }

  /// The directory itself, for a run on this machine.
  ///
  /// @param playbook absolute
  /// @param fetched directories of fetched roles by name
  public RunProject inPlace(Path playbook, Analysis analysis, Map<String, Path> fetched) {
    var files = new TreeMap<String, Path>();
    fetched.forEach((name, directory) -> addTree(files, name, directory));
    return new RunProject.InPlace(
        project, relative(playbook), new RunProject.Roles(analysis.rolesPath(), files));
  }

  /// A copy, for other hosts.
  ///
  /// @param playbook absolute
  /// @param fetched directories of fetched roles by name
  public RunProject copy(Path playbook, Analysis analysis, Map<String, Path> fetched) {
    return new RunProject.Sent(
        new ProjectFiles(project, playbook).of(analysis, fetched),
        relative(playbook),
        RunProject.Roles.NONE);
  }

  private String relative(Path playbook) {
    return project.relativize(playbook).toString();
  }

  private static void addTree(Map<String, Path> files, String name, Path directory) {
    try (var tree = Files.walk(directory)) {
      tree.filter(Files::isRegularFile)
          .forEach(file -> files.put(name + "/" + directory.relativize(file), file));
    } catch (IOException e) {
      throw new StateConflict(
          "cannot be read", directory.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }
}
