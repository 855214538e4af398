package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.core.run.Inventory;
import dev.ansiblevenv.core.run.Inventory.Listing;
import dev.ansiblevenv.core.run.Inventory.Source;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.inventory.InventorySources.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a run is given of the user's inventory: its sources, each with the `group_vars/` and
/// `host_vars/` beside it.
public final class RunInventories {

  private final Path project;
  private final InventoryManager inventory;

  /// @param project absolute
  public RunInventories(Path project, InventoryManager inventory) {
    this.project = project;
    this.inventory = inventory;
  }

  /// @param host need not be in the inventory; the run then has it as well, if it concerns it alone
  /// @param isOneOfMany whether the run concerns this host even if the command names an inventory
  /// @param isThere whether the run has a project-relative path; what it does not have, because git
  ///   ignores it, is sent like a source outside of the project
  public Inventory of(String host, boolean isOneOfMany, Predicate<String> isThere) {
    var known = inventory.inventory();
    var alone = isOneOfMany || known.sources().origin() != Origin.OPTION;
    var sources = new ArrayList<Source>();
    var files = new TreeMap<String, Path>();
    var places = new LinkedHashMap<Path, Source>();
    for (var text : known.usedSources()) {
      if (InventorySources.isHostList(text)) {
        sources.add(new Source.Hosts(text));
        continue;
      }
      var path = Path.of(text);
      var source =
          path.startsWith(project) && (path.equals(project) || isThere.test(relative(path)))
              ? new Source.InProject(relative(path))
              : outside(path, String.valueOf(sources.size() + 1), files);
      places.put(path, source);
      sources.add(source);
    }
    if (alone && !known.data().hostNames().contains(host)) {
      sources.add(Inventory.only(host));
    }
    return new Inventory(host, alone, sources, files, listings(known, places, files));
  }

  private String relative(Path path) {
    return project.relativize(path).toString();
  }

  /// Each in a directory of its own, so that no file's variables are another's.
  private static Source outside(Path path, String place, Map<String, Path> files) {
    if (Files.isDirectory(path)) {
      addTree(path, place, files);
      return new Source.Outside(place);
    }
    var name = place + "/" + path.getFileName();
    addFile(path, name, files);
    for (var variables : List.of("group_vars", "host_vars")) {
      addTree(path.resolveSibling(variables), place + "/" + variables, files);
    }
    return new Source.Outside(name);
  }

  private static List<Listing> listings(
      UserInventory known, Map<Path, Source> places, Map<String, Path> files) {
    var listings = new ArrayList<Listing>();
    known
        .listings()
        .forEach((file, listing) -> {
          var name = "listings/" + (listings.size() + 1);
          files.put(name, listing);
          listings.add(new Listing(below(places, file), name));
        });
    return listings;
  }

  private static Source below(Map<Path, Source> places, Path file) {
    for (var place : places.entrySet()) {
      if (file.equals(place.getKey())) {
        return place.getValue();
      }
      if (file.startsWith(place.getKey())) {
        var rest = "/" + place.getKey().relativize(file);
        return place.getValue() instanceof Source.InProject(var path)
            ? new Source.InProject(path + rest)
            : new Source.Outside(((Source.Outside) place.getValue()).path() + rest);
      }
    }
    throw new IllegalStateException(file + " is in no source");
  }

  private static void addFile(Path file, String place, Map<String, Path> files) {
    try {
      files.put(place, file.toRealPath());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void addTree(Path directory, String place, Map<String, Path> files) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var tree = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      for (var file : tree.filter(Files::isRegularFile).toList()) {
        addFile(file, place + "/" + directory.relativize(file), files);
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(directory, e);
    }
  }

  private static InvalidInput unreadable(Path file, Exception e) {
    return new InvalidInput(
        "cannot read the inventory", file.toString(), String.valueOf(e.getMessage()), "", e);
  }
}
