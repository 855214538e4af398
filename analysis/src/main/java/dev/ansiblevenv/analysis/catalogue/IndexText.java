package dev.ansiblevenv.analysis.catalogue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes the text of a [CollectionIndex].
final class IndexText {

  private final StringBuilder text = new StringBuilder();

  private IndexText() {}

  static String of(CollectionContent content) {
    var index = new IndexText();
    index.write(content);
    return index.text.toString();
  }

  private void write(CollectionContent content) {
    line("collection", content.collection());
    content.origins().forEach(origin -> line("origin", origin));
    line("requires_ansible", content.requiresAnsible());
    content.dependencies().forEach((name, range) -> line("depends", name + " " + range));
    line("roles", String.join(" ", content.roles()));
    content.system().forEach(line -> line("system", line));
    content
        .kinds()
        .forEach((kind, facts) -> line("names " + kind, String.join(" ", facts.names())));
    content.kinds().forEach((kind, facts) -> redirects(kind, facts.redirects()));
    content.kinds().forEach((kind, facts) -> messages("removed " + kind, facts.removed()));
    content.kinds().forEach((kind, facts) -> messages("deprecated " + kind, facts.deprecated()));
    content.groups().forEach((name, members) -> group(content.collection() + ".", name, members));
    content.kinds().forEach((kind, facts) -> needs(kind, facts.needs()));
    content.uses().forEach(this::uses);
  }

  private void line(String key, String rest) {
    if (!rest.isBlank()) {
      text.append(key).append(' ').append(oneLine(rest)).append('\n');
    }
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s+", " ");
  }

  private void messages(String key, SortedMap<String, String> messages) {
    messages.forEach((name, message) -> line(key, name + " " + message));
  }

  private void redirects(String kind, Map<String, String> redirects) {
    var byCollection = new TreeMap<String, TreeSet<String>>();
    redirects.forEach((old, target) -> {
      var collection = Catalogue.collectionOf(target);
      var name = target.substring(collection.length() + 1);
      byCollection
          .computeIfAbsent(collection, _ -> new TreeSet<>())
          .add(old.equals(name) ? old : old + "=" + name);
    });
    byCollection.forEach((collection, names) ->
        line("redirect " + kind, collection + " " + String.join(" ", names)));
  }

  private void group(String own, String name, SortedSet<String> members) {
    var words =
        members.stream().map(each -> each.startsWith(own) ? each.substring(own.length()) : each);
    line("group", name + " " + words.collect(Collectors.joining(" ")));
  }

  private void uses(String role, List<RoleUse> uses) {
    var byKind = new TreeMap<String, TreeSet<String>>();
    uses.forEach(use -> byKind.computeIfAbsent(use.kind(), _ -> new TreeSet<>()).add(use.name()));
    byKind.forEach((kind, names) -> line("uses " + role, kind + " " + String.join(" ", names)));
  }

  /// Plugins that need the same share a line.
  private void needs(String kind, SortedMap<String, List<PluginNeed>> needs) {
    var byNeed = new TreeMap<String, TreeSet<String>>();
    needs.forEach((name, list) -> {
      if (!list.isEmpty()) {
        var joined =
            list.stream()
                .sorted(
                    Comparator.comparing(PluginNeed::why).thenComparing(PluginNeed::requirement))
                .map(need -> oneLine(need.toString()))
                .distinct()
                .collect(Collectors.joining(" | "));
        byNeed.computeIfAbsent(joined, _ -> new TreeSet<>()).add(name);
      }
    });
    byNeed.forEach((need, names) -> line("needs " + kind, need + " | " + String.join(" ", names)));
  }
}
