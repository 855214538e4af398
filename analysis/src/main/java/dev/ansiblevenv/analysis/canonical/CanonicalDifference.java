package dev.ansiblevenv.analysis.canonical;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// Why two closures have different content hashes. Empty if and only if they have the same.
///
/// @param changes by file, then in the order of the file
public record CanonicalDifference(List<Change> changes) {

  private static final int SHOWN = 60;

  /// One thing that is different.
  ///
  /// @param file closure-relative path, or [CanonicalForm#ENTRY]
  /// @param path where in the file, as in `[0].tasks[2].copy.mode`; indices count from 0, in the
  ///   new file unless the thing is gone. Empty for the whole file
  /// @param before canonical text in one line, abbreviated; empty for what was not there, and where
  ///   only digests are known
  /// @param after likewise
  public record Change(String file, String path, Kind kind, String before, String after) {

    @Override
    public String toString() {
      var place = path.isEmpty() ? file : file + ": " + path;
      return switch (kind) {
        case ADDED -> place + ": added" + (after.isEmpty() ? "" : " " + after);
        case REMOVED -> place + ": removed" + (before.isEmpty() ? "" : " " + before);
        case CHANGED -> place + (before.isEmpty() ? ": changed" : ": " + before + " -> " + after);
        case REORDERED -> place + ": other order: " + before + " -> " + after;
      };
    }
  }

  /// In what way something is different.
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    /// The same keys of a mapping, or the same entries, in an order that Ansible sees.
    REORDERED
  }

  public CanonicalDifference {
    changes = List.copyOf(changes);
  }

  /// What differs where both forms are known: each path.
  public static CanonicalDifference between(CanonicalForm before, CanonicalForm after) {
    var changes = new ArrayList<Change>();
    for (var file : union(before.files(), after.files())) {
      var old = before.files().get(file);
      var young = after.files().get(file);
      if (old == null || young == null) {
        changes.add(wholeFile(file, old == null ? Kind.ADDED : Kind.REMOVED));
      } else if (!old.equals(young)) {
        new FileDifference(file, changes).compare("", Outline.parse(old), Outline.parse(young));
      }
    }
    return new CanonicalDifference(changes);
  }

  /// What differs where of the older form only [CanonicalForm#digests()] is known: each file.
  public static CanonicalDifference between(Map<String, String> digests, CanonicalForm after) {
    var changes = new ArrayList<Change>();
    var now = after.digests();
    for (var file : union(digests, now)) {
      var old = digests.get(file);
      var young = now.get(file);
      if (old == null || young == null) {
        changes.add(wholeFile(file, old == null ? Kind.ADDED : Kind.REMOVED));
      } else if (!old.equals(young)) {
        changes.add(wholeFile(file, Kind.CHANGED));
      }
    }
    return new CanonicalDifference(changes);
  }

  private static TreeSet<String> union(Map<String, String> before, Map<String, String> after) {
    var files = new TreeSet<>(before.keySet());
    files.addAll(after.keySet());
    return files;
  }

  private static Change wholeFile(String file, Kind kind) {
    return new Change(file, "", kind, "", "");
  }

  private record FileDifference(String file, List<Change> changes) {

    void compare(String path, Outline before, Outline after) {
      if (before.equals(after)) {
        return;
      }
      boolean sameTag = Objects.equals(tag(before), tag(after));
      if (sameTag && before.isMapping() && after.isMapping()) {
        mappings(path, before, after);
      } else if (sameTag && before.isList() && after.isList()) {
        lists(path, before, after);
      } else {
        add(path.isEmpty() ? "." : path, Kind.CHANGED, before.summary(), after.summary());
      }
    }

    private static String tag(Outline outline) {
      return outline.value().startsWith("!") && !outline.children().isEmpty()
          ? outline.value()
          : "";
    }

    private void mappings(String path, Outline before, Outline after) {
      var old = before.entries();
      var young = after.entries();
      old.forEach((key, value) -> {
        var other = young.get(key);
        if (other == null) {
          add(join(path, key), Kind.REMOVED, value.summary(), "");
        } else {
          compare(join(path, key), value, other);
        }
      });
      young.forEach((key, value) -> {
        if (!old.containsKey(key)) {
          add(join(path, key), Kind.ADDED, "", value.summary());
        }
      });
      var kept = new LinkedHashSet<>(old.keySet());
      kept.retainAll(young.keySet());
      var nowKept = new LinkedHashSet<>(young.keySet());
      nowKept.retainAll(old.keySet());
      if (!List.copyOf(kept).equals(List.copyOf(nowKept))) {
        add(
            path.isEmpty() ? "." : path,
            Kind.REORDERED,
            String.join(", ", kept),
            String.join(", ", nowKept));
      }
    }

    private void lists(String path, Outline before, Outline after) {
      for (var pair : Alignment.of(before.children(), after.children())) {
        if (pair.after() < 0) {
          var item = before.children().get(pair.before());
          add(path + "[" + pair.before() + "]", Kind.REMOVED, title(item), "");
        } else if (pair.before() < 0) {
          var item = after.children().get(pair.after());
          add(path + "[" + pair.after() + "]", Kind.ADDED, "", title(item));
        } else {
          compare(
              path + "[" + pair.after() + "]",
              before.children().get(pair.before()),
              after.children().get(pair.after()));
        }
      }
    }

    private static String title(Outline item) {
      var name = item.name();
      return name == null ? item.summary() : name.summary();
    }

    private static String join(String path, String key) {
      return path.isEmpty() ? key : path + "." + key;
    }

    private void add(String path, Kind kind, String before, String after) {
      int common = 0;
      while (common < Math.min(before.length(), after.length())
          && before.charAt(common) == after.charAt(common)) {
        common++;
      }
      changes.add(
          new Change(file, path, kind, abbreviate(before, common), abbreviate(after, common)));
    }

    /// Around the first difference.
    private static String abbreviate(String text, int difference) {
      if (text.length() <= SHOWN) {
        return text;
      }
      int start = Math.clamp(difference - SHOWN / 3, 0, text.length() - SHOWN);
      int end = start + SHOWN;
      return (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
    }
  }
}
