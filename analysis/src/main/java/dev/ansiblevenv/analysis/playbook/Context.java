package dev.ansiblevenv.analysis.playbook;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where in the closure the reader stands: what Ansible's search paths and inheritance depend on.
///
/// @param basedir the directory of the playbook file
/// @param file the file being read
/// @param role the role that the file belongs to; null outside roles
/// @param parents the roles that led here, nearest first
/// @param handlers whether the tasks are handlers
/// @param collections the `collections:` keyword as it applies here
/// @param side where modules run here
/// @param certain whether Ansible reads this file in every run; else it is a candidate of a name
///   that only a run knows
/// @param elsewhere whether only hosts with another operating system than Linux come here, or to
///   what is included from here
/// @param imports the files and roles whose static imports led here; null at the entry
record Context(
    Path basedir,
    Path file,
    @Nullable Path role,
    List<Path> parents,
    boolean handlers,
    List<String> collections,
    Scope scope,
    Side side,
    boolean certain,
    boolean elsewhere,
    @Nullable Chain imports) {

  /// Each file that a task names is looked for in all of them.
  private static final int MOST_PARENTS = 50;

  /// @param outermost holds what gives way to all other variables
  static Context ofPlaybook(Path file, Scope outermost, boolean certain, Chain imports) {
    var basedir = directory(file);
    var scope = outermost.with("playbook_dir", new Value.Text(basedir.toString()));
    return new Context(
        basedir,
        file,
        null,
        List.of(),
        false,
        List.of(),
        scope,
        Side.MANAGED_NODE,
        certain,
        false,
        imports);
  }

  static Path directory(Path file) {
    var parent = file.getParent();
    return parent == null ? file : parent;
  }

  Path directory() {
    return directory(file);
  }

  Context in(Path newFile) {
    return new Context(
        basedir,
        newFile,
        role,
        parents,
        handlers,
        collections,
        scope,
        side,
        certain,
        elsewhere,
        imports);
  }

  Context with(Scope newScope) {
    return new Context(
        basedir,
        file,
        role,
        parents,
        handlers,
        collections,
        newScope,
        side,
        certain,
        elsewhere,
        imports);
  }

  Context on(Side newSide) {
    return newSide == side
        ? this
        : new Context(
            basedir,
            file,
            role,
            parents,
            handlers,
            collections,
            scope,
            newSide,
            certain,
            elsewhere,
            imports);
  }

  Context withCollections(List<String> names) {
    return new Context(
        basedir, file, role, parents, handlers, names, scope, side, certain, elsewhere, imports);
  }

  Context ofHandlers(boolean areHandlers) {
    return new Context(
        basedir,
        file,
        role,
        parents,
        areHandlers,
        collections,
        scope,
        side,
        certain,
        elsewhere,
        imports);
  }

  Context onlyIf(boolean isCertain) {
    return isCertain
        ? this
        : new Context(
            basedir,
            file,
            role,
            parents,
            handlers,
            collections,
            scope,
            side,
            false,
            elsewhere,
            imports);
  }

  Context elsewhereIf(boolean isElsewhere) {
    return isElsewhere
        ? new Context(
            basedir,
            file,
            role,
            parents,
            handlers,
            collections,
            scope,
            side,
            certain,
            true,
            imports)
        : this;
  }

  Context importing(String name) {
    return new Context(
        basedir,
        file,
        role,
        parents,
        handlers,
        collections,
        scope,
        side,
        certain,
        elsewhere,
        new Chain(name, imports));
  }

  /// The context behind a dynamic include, which cannot close a circle of static imports.
  Context including() {
    return new Context(
        basedir, file, role, parents, handlers, collections, scope, side, certain, elsewhere, null);
  }

  /// The context of a role's files; they do not inherit `collections:`.
  Context inRole(Path directory, Path newFile, List<String> newCollections, Scope newScope) {
    var chain =
        role == null || role.equals(directory)
            ? parents
            : Stream.concat(Stream.of(role), parents.stream())
                .distinct()
                .limit(MOST_PARENTS)
                .toList();
    return new Context(
        basedir,
        newFile,
        directory,
        chain,
        false,
        newCollections,
        newScope,
        side,
        certain,
        elsewhere,
        imports);
  }

  /// Directories that Ansible searches for what a task names, in order: the role, the roles that
  /// led to it, the directory of the task's file.
  List<Path> searchPath() {
    var roles = role == null ? parents.stream() : Stream.concat(Stream.of(role), parents.stream());
    return Stream.concat(roles, Stream.of(directory())).distinct().toList();
  }
}
