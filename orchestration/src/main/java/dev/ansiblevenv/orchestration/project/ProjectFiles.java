package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which files of the project a run sees: the closure, and whole the directories that Ansible looks
/// into by name at run time beside a playbook or in a role, since a task may name what is in them
/// by an expression.
final class ProjectFiles {

  private static final Pattern LOOKED_INTO =
      Pattern.compile(
          "files|templates|tasks|handlers|vars|defaults|meta|library|module_utils|action_plugins|group_vars|host_vars"
              + "|[a-z]+_plugins");

  private static final String OUTSIDE = "roles-path:";

  private final Path project;
  private final Path playbook;

  ProjectFiles(Path project, Path playbook) {
    this.project = project;
    this.playbook = playbook;
  }

  /// By project-relative path with `/`, sorted.
  ///
  /// @param fetched directories of fetched roles by name; a role of the same name in the project is
  ///   the one that Ansible takes
  Map<String, Path> of(Analysis analysis, Map<String, Path> fetched) {
    var files = new TreeMap<String, Path>();
    var bases = new TreeSet<Path>();
    bases.add(playbook.resolveSibling("").normalize());
    for (var name : analysis.canonicalForm().files().keySet()) {
      if (name.equals(CanonicalForm.ENTRY)) {
        add(files, playbook);
      } else if (name.startsWith(OUTSIDE)) {
        addOutside(files, analysis, name.substring(OUTSIDE.length()));
      } else {
        var file = project.resolve(name);
        add(files, file);
        base(file, bases);
      }
    }
    for (var base : bases) {
      addLookedInto(files, base);
    }
    fetched.forEach((name, directory) -> {
      if (!Files.exists(playbook.resolveSibling("roles").resolve(name))) {
        addRole(files, name, directory);
      }
    });
    return files;
  }

  private void addRole(Map<String, Path> files, String name, Path directory) {
    var target = project.relativize(playbook.resolveSibling("roles")).resolve(name);
    try (var tree = Files.walk(directory)) {
      tree.filter(Files::isRegularFile)
          .forEach(file -> files.put(target.resolve(directory.relativize(file)).toString(), file));
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /// A role outside of the project stands beside the playbook for the run, where Ansible looks for
  /// roles too.
  private void addOutside(Map<String, Path> files, Analysis analysis, String name) {
    var role = Path.of(name).subpath(0, 1).toString();
    var directory =
        analysis.rolesPath().stream()
            .filter(candidate -> Files.isRegularFile(candidate.resolve(name)))
            .findFirst();
    if (directory.isEmpty()) {
      return;
    }
    addRole(files, role, directory.get().resolve(role));
  }

  /// The directory of the role or playbook that a file belongs to.
  private void base(Path file, Set<Path> bases) {
    for (var part = file.getParent();
        part != null && part.startsWith(project) && !part.equals(project);
        part = part.getParent()) {
      var name = part.getFileName();
      if (name != null && LOOKED_INTO.matcher(name.toString()).matches()) {
        bases.add(part.resolveSibling(""));
        return;
      }
    }
  }

  private void addLookedInto(Map<String, Path> files, Path base) {
    try (var children = Files.list(base)) {
      for (var child : children.sorted().toList()) {
        if (Files.isDirectory(child)
            && LOOKED_INTO.matcher(child.getFileName().toString()).matches()) {
          addTree(files, child);
        }
      }
    } catch (IOException e) {
      throw unreadable(base, e);
    }
  }

  private void addTree(Map<String, Path> files, Path directory) {
    try (var tree = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      tree.filter(Files::isRegularFile).forEach(file -> add(files, file));
    } catch (IOException | java.io.UncheckedIOException e) {
      throw unreadable(directory, e);
    }
  }

  private void add(Map<String, Path> files, Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      var real = file.toRealPath();
      if (!real.startsWith(project.toRealPath())) {
        throw new InvalidInput(
            "leaves the project through a symbolic link",
            project.relativize(file).toString(),
            "it is " + real,
            "copy the file into the project");
      }
      files.put(project.relativize(file.normalize()).toString(), real);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private InvalidInput unreadable(Path place, Exception e) {
    return new InvalidInput(
        "cannot be read",
        project.relativize(place).toString(),
        String.valueOf(e.getMessage()),
        "",
        e);
  }
}
