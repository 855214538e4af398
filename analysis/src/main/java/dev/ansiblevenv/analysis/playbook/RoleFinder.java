package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds roles where Ansible looks for them, in its order (`playbook/role/definition.py`): in the
/// collection that the name is one of, in `roles/` beside the playbook, on the configured roles
/// path, beside the role that depends on it, beside the playbook, and the name as a path. Where no
/// collection has it, a directory whose name has dots is a role like any other.
final class RoleFinder {

  private final ProjectFiles files;
  private final FileSearch search;
  private final OwnCollections collections;
  private final List<Path> rolesPath;
  private final Map<String, Path> fetched;

  RoleFinder(
      ProjectFiles files,
      FileSearch search,
      OwnCollections collections,
      List<Path> rolesPath,
      Map<String, Path> fetched) {
    this.fetched = fetched;
    this.files = files;
    this.search = search;
    this.collections = collections;
    this.rolesPath = rolesPath;
  }

  /// @param collection the collection that the role belongs to; null for a plain role
  record Found(String name, Path directory, @Nullable String collection) {}

  /// @param pattern the role's name, may have unknown parts
  /// @return one role for a known name, all candidates for another; none when there is none
  List<Found> find(Context context, String pattern) {
    var known = FileSearch.isKnown(pattern);
    if (known) {
      var own = inCollection(context, pattern);
      if (own != null) {
        return List.of(own);
      }
    } else if (!FileSearch.saysSomething(pattern)) {
      return List.of();
    }
    for (var directory : directories(context)) {
      var found = new ArrayList<Found>();
      search
          .matches(directory, pattern)
          .filter(path ->
              known
                  ? files.isDirectory(path) || Files.isDirectory(path) && files.admit(path, pattern)
                  : files.isDirectory(path) && looksLikeRole(path))
          .forEach(path -> found.add(new Found(name(directory, path), path, null)));
      if (!found.isEmpty()) {
        return found;
      }
    }
    var home = known ? ofPlaybooksCollection(context, pattern) : null;
    return home == null ? fetched(pattern) : List.of(home);
  }

  private List<Found> fetched(String name) {
    return fetched.entrySet().stream()
        .filter(role -> GalaxyRole.isMeant(role.getKey(), name))
        .map(role -> new Found(role.getKey(), role.getValue(), null))
        .toList();
  }

  private @Nullable Found ofPlaybooksCollection(Context context, String name) {
    var collection = collections.ofPlaybook(context.basedir());
    return collection == null || Catalogue.isFullyQualified(name)
        ? null
        : inCollection(context, collection + "." + name);
  }

  private static String name(Path directory, Path role) {
    return (role.startsWith(directory) ? directory.relativize(role) : role.getFileName())
        .toString()
        .replace('\\', '/');
  }

  private boolean looksLikeRole(Path path) {
    return List.of("tasks", "meta", "defaults", "vars", "handlers").stream()
        .anyMatch(part -> files.isDirectory(path.resolve(part)));
  }

  private @Nullable Found inCollection(Context context, String name) {
    if (Catalogue.isFullyQualified(name)) {
      var collection = Catalogue.collectionOf(name);
      var path = name.substring(collection.length() + 1).replace('.', '/');
      var directory = collections.content(collection, "roles", path);
      return directory == null ? null : new Found(name, directory, collection);
    }
    for (var collection : context.collections()) {
      var directory = collections.content(collection, "roles", name);
      if (directory != null) {
        return new Found(collection + "." + name, directory, collection);
      }
    }
    return null;
  }

  private Iterable<Path> directories(Context context) {
    var directories = new LinkedHashSet<Path>();
    directories.add(context.basedir().resolve("roles"));
    directories.addAll(rolesPath);
    if (context.role() != null) {
      directories.add(Place.directory(context.role()));
    }
    directories.add(context.basedir());
    directories.add(files.project());
    return directories;
  }
}
