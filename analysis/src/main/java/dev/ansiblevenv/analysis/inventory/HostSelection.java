package dev.ansiblevenv.analysis.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The hosts of an inventory that a pattern such as `web:&live:!web[0]` selects, see [patterns:
/// targeting hosts and
/// groups](https://docs.ansible.com/ansible/latest/inventory_guide/intro_patterns.html).
public final class HostSelection {

  private static final Pattern SUBSCRIPT =
      Pattern.compile("(.+)\\[(-?[0-9]+)(?:([:-])(-?[0-9]*))?\\]");
  private static final Pattern SEPARATOR = Pattern.compile("[,:](?![^\\[]*\\])");

  private HostSelection() {}

  /// The parts of a pattern; the colons of an IPv6 address do not part it.
  public static List<String> parts(String pattern) {
    if (Localhost.isLocal(pattern.strip())) {
      return List.of(pattern.strip());
    }
    var separator = pattern.contains(",") ? Pattern.compile(",") : SEPARATOR;
    return separator
        .splitAsStream(pattern)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// Names of hosts, in the inventory's order. What a part names that the inventory does not have
  /// selects nothing.
  public static Set<String> select(InventoryData inventory, String pattern) {
    var parts = new ArrayList<>(parts(pattern));
    parts.sort(Comparator.comparingInt(HostSelection::rank));
    var selected = new LinkedHashSet<String>();
    if (!parts.isEmpty() && rank(parts.getFirst()) > 0) {
      selected.addAll(inventory.hostNames());
    }
    for (var part : parts) {
      switch (rank(part)) {
        case 1 -> selected.retainAll(one(inventory, part.substring(1)));
        case 2 -> selected.removeAll(one(inventory, part.substring(1)));
        default -> selected.addAll(one(inventory, part));
      }
    }
    return selected;
  }

  /// Ansible adds first, then intersects, then takes away.
  private static int rank(String part) {
    return part.startsWith("&") ? 1 : part.startsWith("!") ? 2 : 0;
  }

  private static Set<String> one(InventoryData inventory, String part) {
    if (part.startsWith("~")) {
      return named(inventory, regex(part.substring(1)).asPredicate());
    }
    if (part.equals("all") || part.equals("*")) {
      return new LinkedHashSet<>(inventory.hostNames());
    }
    var subscript = SUBSCRIPT.matcher(part);
    if (subscript.matches()) {
      var hosts = List.copyOf(named(inventory, glob(subscript.group(1))));
      return sliced(hosts, subscript.group(2), subscript.group(3), subscript.group(4));
    }
    return named(inventory, glob(part));
  }

  private static Set<String> named(InventoryData inventory, Predicate<String> wanted) {
    var found = new LinkedHashSet<String>();
    for (var host : inventory.hostNames()) {
      if (wanted.test(host)
          || inventory.groupsOf(host).stream().anyMatch(group -> wanted.test(group.name()))) {
        found.add(host);
      }
    }
    return found;
  }

  private static Set<String> sliced(
      List<String> hosts, String first, String separator, String last) {
    var size = hosts.size();
    var from = index(first, size);
    var to = separator == null ? from : last.isEmpty() ? size - 1 : index(last, size);
    return from < 0 || from > to || from >= size
        ? Set.of()
        : new LinkedHashSet<>(hosts.subList(from, Math.min(to + 1, size)));
  }

  private static int index(String number, int size) {
    var value = Long.parseLong(number.length() > 9 ? number.substring(0, 9) : number);
    return (int) (value < 0 ? size + value : value);
  }

  private static Predicate<String> glob(String pattern) {
    var text = new StringBuilder();
    for (var c : pattern.toCharArray()) {
      text.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(text.toString(), Pattern.DOTALL).asMatchPredicate();
  }

  private static Pattern regex(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return Pattern.compile("(?!)");
    }
  }
}
