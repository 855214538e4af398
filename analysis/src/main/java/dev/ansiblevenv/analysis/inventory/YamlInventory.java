package dev.ansiblevenv.analysis.inventory;

import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A YAML (or JSON) inventory, edited by the value. Which entry of a host is changed follows the
/// same rule as in [IniInventory].
record YamlInventory(
    String place, YamlEdit document, InventoryData data, List<HostEntry> hostEntries)
    implements Inventory {

  private static final String HOSTS = "hosts";

  /// An entry of a `hosts` mapping.
  ///
  /// @param path of the mapping
  /// @param carries whether it sets the variable
  record HostEntry(List<Object> path, String key, List<String> hosts, boolean carries) {
    boolean isOwn() {
      return hosts.size() == 1;
    }

    List<Object> keyPath() {
      var whole = new ArrayList<>(path);
      whole.add(key);
      return whole;
    }
  }

  @Override
  public String text() {
    return text(document);
  }

  @Override
  public String with(String host, List<String> venvs) {
    var entries = hostEntries.stream().filter(entry -> entry.hosts().contains(host)).toList();
    var carriers = entries.stream().filter(HostEntry::carries).toList();
    var own = entries.stream().filter(HostEntry::isOwn).toList();
    if (carriers.isEmpty() ? own.isEmpty() : !carriers.getLast().isOwn()) {
      var range = carriers.isEmpty() ? entries.getFirst() : carriers.getLast();
      var later =
          own.stream()
              .filter(entry -> hostEntries.indexOf(entry) > hostEntries.indexOf(range))
              .findFirst();
      return text(
          later.isPresent()
              ? assign(document, later.get(), venvs)
              : entryBehind(range, host, venvs));
    }
    if (carriers.isEmpty()) {
      var first =
          own.stream()
              .filter(entry -> document.at(entry.keyPath()) instanceof MappingNode)
              .findFirst()
              .orElse(own.getFirst());
      return text(assign(document, first, venvs));
    }
    var changed = document;
    for (var entry : carriers) {
      changed = entry.isOwn() ? assign(changed, entry, venvs) : changed;
    }
    return text(changed);
  }

  private YamlEdit entryBehind(HostEntry range, String host, List<String> venvs) {
    if (YamlParser.keys(document.at(range.path())).contains(host)) {
      throw new InvalidInput(
          "`" + VARIABLE + "` of `" + host + "` cannot be set",
          placeOf(host),
          "the range `" + range.key() + "` sets it behind the host's own entry",
          "move the host's own entry below the range");
    }
    return document.put(range.path(), host, Map.of(VARIABLE, venvs), range.key());
  }

  private static YamlEdit assign(YamlEdit document, HostEntry entry, List<String> venvs) {
    if (document.at(entry.path()) instanceof ScalarNode) {
      return document.replace(entry.path(), Map.of(entry.key(), Map.of(VARIABLE, venvs)));
    }
    return document.put(entry.keyPath(), VARIABLE, venvs);
  }

  /// The new host goes to the group `ungrouped` where the file has one, else to the hosts of `all`
  /// itself, else `ungrouped` is made.
  @Override
  public String withNew(String host, List<String> venvs) {
    var variables = new LinkedHashMap<String, Object>();
    if (Localhost.isLocal(host)) {
      variables.put("ansible_connection", "local");
    }
    variables.put(VARIABLE, venvs);
    List<Object> group =
        List.<List<Object>>of(
                List.of("ungrouped"), List.of("all", "children", "ungrouped"), List.of("all"))
            .stream()
            .filter(this::isKey)
            .findFirst()
            .orElse(List.of());
    if (group.isEmpty()) {
      return text(document.put(List.of(), "ungrouped", Map.of(HOSTS, Map.of(host, variables))));
    }
    var hosts = new ArrayList<>(group);
    hosts.add(HOSTS);
    if (document.at(hosts) instanceof ScalarNode only && only.getTag().equals(Tag.STR)) {
      var both = new LinkedHashMap<String, Object>();
      both.put(only.getValue(), Map.of());
      both.put(host, variables);
      return text(document.replace(hosts, both));
    }
    return text(
        isKey(hosts)
            ? document.put(hosts, host, variables)
            : document.put(group, HOSTS, Map.of(host, variables)));
  }

  private boolean isKey(List<Object> path) {
    return YamlParser.keys(document.at(path.subList(0, path.size() - 1)))
        .contains(String.valueOf(path.getLast()));
  }

  private static String text(YamlEdit edit) {
    return new String(edit.content(), StandardCharsets.UTF_8);
  }

  @Override
  public String plugin() {
    return "yaml";
  }

  @Override
  public Entry entry(String host) {
    var best = Entry.NONE;
    for (var entry : hostEntries) {
      if (entry.hosts().contains(host)) {
        var found = entry.carries() ? Entry.WITH_VARIABLE : entry.isOwn() ? Entry.OWN : Entry.RANGE;
        best = found.compareTo(best) > 0 ? found : best;
      }
    }
    return best;
  }

  @Override
  public String placeOf(String host) {
    HostEntry best = null;
    for (var entry : hostEntries) {
      if (entry.hosts().contains(host) && (best == null || entry.carries())) {
        best = entry;
      }
    }
    var node = best == null ? null : document.at(best.keyPath());
    return node == null ? place : document.location(node).toString();
  }
}
