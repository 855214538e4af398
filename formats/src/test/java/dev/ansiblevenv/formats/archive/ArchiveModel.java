package dev.ansiblevenv.formats.archive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What unpacking an archive has to come to, worked out on a map of paths without any file system.
final class ArchiveModel {

  /// @param kind tar's type flag
  record Entry(String name, char kind, String target) {}

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Map<String, String> tree = new TreeMap<>();

  private ArchiveModel() {}

  /// The tree, `file`, `directory` or `-> target` by path; null when the archive has to be refused.
  static Map<String, String> of(List<Entry> entries) {
    var model = new ArchiveModel();
    try {
      var links = new ArrayList<Map.Entry<String, String>>();
      for (var entry : entries) {
        var path = path(entry);
        switch (entry.kind()) {
          case '0' -> model.put(path, "file");
          case '2' -> links.add(Map.entry(path, "-> " + entry.target()));
          case '5' -> model.directory(path);
          default -> throw new Refusal();
        }
      }
      links.sort(Comparator.comparing(Map.Entry::getKey));
      links.forEach(link -> model.put(link.getKey(), link.getValue()));
      links.forEach(link -> model.follow(link.getKey()));
      return model.tree;
    } catch (Refusal e) {
      return null;
    }
  }

  private static String path(Entry entry) {
    var names = new ArrayDeque<>(List.of(entry.name().split("/", -1)));
    while (names.size() > 1 && names.peek().equals(".")) {
      names.pop();
    }
    if (entry.kind() == '5' && List.copyOf(names).equals(List.of("."))) {
      return "";
    }
    if (names.stream().anyMatch(name -> List.of("", ".", "..").contains(name))) {
      throw new Refusal();
    }
    return String.join("/", names);
  }

  private void put(String path, String what) {
    directory(parent(path));
    if (tree.put(path, what) != null) {
      throw new Refusal();
    }
  }

  private void directory(String path) {
    if (path.isEmpty()) {
      return;
    }
    directory(parent(path));
    if (!"directory".equals(tree.getOrDefault(path, "directory"))) {
      throw new Refusal();
    }
    tree.put(path, "directory");
  }

  private static String parent(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  private void follow(String link) {
    var here = new ArrayDeque<String>();
    var left = new ArrayDeque<>(List.of(link.split("/", -1)));
    for (var steps = 0; !left.isEmpty(); steps++) {
      var name = left.pop();
      if (steps > 1000) {
        throw new Refusal();
      }
      if (name.equals("..")) {
        if (here.pollLast() == null) {
          throw new Refusal();
        }
      } else if (!name.equals(".")) {
        here.add(name);
        var found = tree.getOrDefault(String.join("/", here), "");
        if (found.startsWith("-> /")) {
          throw new Refusal();
        }
        if (found.startsWith("-> ")) {
          here.removeLast();
          List.of(found.substring(3).split("/", -1)).reversed().forEach(left::push);
        }
      }
    }
  }
}
