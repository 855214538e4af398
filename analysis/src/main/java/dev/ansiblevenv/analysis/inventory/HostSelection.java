package dev.ansiblevenv.analysis.inventory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The hosts of an inventory that a pattern such as `web:&live:!web[0]` selects. The rules are
/// those of Ansible's
/// [InventoryManager](https://github.com/ansible/ansible/blob/devel/lib/ansible/inventory/manager.py).
public final class HostSelection {

  private static final Pattern SUBSCRIPT =
      Pattern.compile("(.+)\\[(?:(-?[0-9]{1,9})|([0-9]{1,9})[:-]([0-9]{0,9}))\\]");
  private static final Pattern BETWEEN_COLONS =
      Pattern.compile("(?:[^\\s:\\[\\]]++|\\[[^\\]]*+\\])++");

  private HostSelection() {}

  /// The parts of a pattern that is a list; a colon in an address or a range does not part it.
  public static List<String> parts(String pattern) {
    Stream<String> parts;
    if (pattern.contains(",")) {
      parts = Pattern.compile(",").splitAsStream(pattern);
    } else if (HostPattern.isAddress(pattern)) {
      parts = Stream.of(pattern);
    } else {
      parts = BETWEEN_COLONS.matcher(pattern).results().map(match -> match.group());
    }
    return parts.map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  /// Names of hosts. What the inventory does not have selects nothing, a subscript beyond the end
  /// neither.
  public static Set<String> select(InventoryData inventory, String pattern) {
    var all = parts(pattern);
    var added =
        all.stream().filter(part -> !part.startsWith("!") && !part.startsWith("&")).toList();
    var selected = new LinkedHashSet<String>();
    for (var part : added.isEmpty() ? List.of("all") : added) {
      selected.addAll(one(inventory, part));
    }
    for (var part : all) {
      if (part.startsWith("&")) {
        selected.retainAll(one(inventory, part.substring(1)));
      }
    }
    for (var part : all) {
      if (part.startsWith("!")) {
        selected.removeAll(one(inventory, part.substring(1)));
      }
    }
    return selected;
  }

  private static Set<String> one(InventoryData inventory, String part) {
    if (inventory.hostNames().contains(part)) {
      return Set.of(part);
    }
    var subscript = part.startsWith("~") ? null : SUBSCRIPT.matcher(part);
    if (subscript == null || !subscript.matches()) {
      return matching(inventory, part);
    }
    var hosts = List.copyOf(matching(inventory, subscript.group(1)));
    return sliced(hosts, subscript.group(2), subscript.group(3), subscript.group(4));
  }

  /// Hosts of groups that match; and matching hosts, unless a plain word is a group's name.
  private static Set<String> matching(InventoryData inventory, String part) {
    var wanted = predicate(part);
    if (wanted == null) {
      return Set.of();
    }
    var groups = inventory.groups().stream().filter(group -> wanted.test(group.name())).toList();
    var found = new LinkedHashSet<String>();
    for (var group : groups) {
      found.addAll(inventory.hostsBelow(group));
    }
    var isPlain = !part.startsWith("~") && part.chars().noneMatch(c -> ".?*[".indexOf(c) >= 0);
    if (groups.isEmpty() || !isPlain) {
      inventory.hostNames().stream().filter(wanted).forEach(found::add);
    }
    return found;
  }

  private static Set<String> sliced(
      List<String> hosts, @Nullable String only, @Nullable String first, @Nullable String last) {
    var size = hosts.size();
    if (only != null) {
      var index = Integer.parseInt(only);
      index = index < 0 ? size + index : index;
      return index < 0 || index >= size ? Set.of() : Set.of(hosts.get(index));
    }
    var from = first == null ? 0 : Integer.parseInt(first);
    var to = last == null || last.isEmpty() ? size - 1 : Math.min(Integer.parseInt(last), size - 1);
    return from > to ? Set.of() : new LinkedHashSet<>(hosts.subList(from, to + 1));
  }

  private static @Nullable Predicate<String> predicate(String part) {
    try {
      if (part.startsWith("~")) {
        var regex = Pattern.compile(part.substring(1));
        return text -> regex.matcher(text).lookingAt();
      }
      return Pattern.compile(glob(part), Pattern.DOTALL).asMatchPredicate();
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /// Python's `fnmatch`.
  private static String glob(String part) {
    var regex = new StringBuilder();
    for (var i = 0; i < part.length(); i++) {
      var c = part.charAt(i);
      var close = c == '[' ? part.indexOf(']', i + 2) : -1;
      if (c == '*' || c == '?') {
        regex.append(c == '*' ? ".*" : ".");
      } else if (close > 0) {
        var set = part.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
