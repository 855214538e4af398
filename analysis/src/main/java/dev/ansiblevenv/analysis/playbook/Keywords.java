package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Keywords of plays, blocks, roles and tasks that name plugins and collections.
final class Keywords {

  private static final Map<String, PluginKind> PLUGINS =
      Map.of(
          "connection", PluginKind.CONNECTION,
          "become_method", PluginKind.BECOME,
          "strategy", PluginKind.STRATEGY);

  private final ClosureReader reader;

  Keywords(ClosureReader reader) {
    this.reader = reader;
  }

  /// The names in a `collections:` keyword.
  List<String> collections(Context context, @Nullable Node node) {
    var names = new ArrayList<String>();
    var items = YamlMapping.items(node);
    for (var item : items.isEmpty() && node != null ? List.of(node) : items) {
      var name = YamlMapping.text(item);
      if (name != null) {
        names.add(name);
        reader.add(new Reference.Keyword(reader.site(context, YamlMapping.lineOf(item)), name));
      }
    }
    return names;
  }

  /// A keyword whose value is a plugin's name, or that holds such names.
  void plugin(Context context, YamlMapping.Entry entry) {
    var kind = PLUGINS.get(entry.key());
    if (kind != null) {
      reader.strings().plugin(context, kind, entry.value(), context.collections());
    } else if (entry.key().equals("module_defaults")) {
      var list = YamlMapping.items(entry.value());
      for (var node : list.isEmpty() ? List.of(entry.value()) : list) {
        moduleDefaults(context, YamlMapping.of(node));
      }
    }
  }

  /// Keys are modules, or groups of modules, whose collection must be there.
  private void moduleDefaults(Context context, @Nullable YamlMapping defaults) {
    if (defaults == null) {
      return;
    }
    for (var entry : defaults.entries()) {
      var site = reader.site(context, entry.line());
      var name = entry.key();
      if (!name.startsWith("group/")) {
        reader.add(
            new Reference.Plugin(
                site, PluginKind.MODULE, name, List.of(), context.side(), context.certain()));
      } else if (Catalogue.isFullyQualified(name.substring("group/".length()))) {
        var group = name.substring("group/".length());
        reader.add(
            new Reference.Collection(site, Catalogue.collectionOf(group), "module_defaults"));
      }
    }
  }
}
