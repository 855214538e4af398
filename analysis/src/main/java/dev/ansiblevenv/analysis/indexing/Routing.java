package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.CollectionContent;
import dev.ansiblevenv.analysis.catalogue.PluginFacts;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A collection's
/// [meta/runtime.yml](https://docs.ansible.com/ansible/latest/dev_guide/developing_collections_structure.html#meta-directory-and-runtime-yml):
/// what ansible-core it wants, and where its names moved.
record Routing(@Nullable YamlMapping file) {

  /// Namespaces of ansible-core's own tests.
  private static final Set<String> TESTS = Set.of("testns", "bogusns");

  static Routing read(Path directory) throws IOException {
    for (var name : List.of("runtime.yml", "runtime.yaml", "ansible_builtin_runtime.yml")) {
      var file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          return new Routing(YamlMapping.of(YamlReader.read(name, RegularFile.read(file))));
        } catch (InvalidInput e) {
          return new Routing(null);
        }
      }
    }
    return new Routing(null);
  }

  String requiresAnsible() {
    var requires = file == null ? null : file.text("requires_ansible");
    return requires == null ? "" : requires.replaceAll("\\s+", "");
  }

  /// Adds the routing. A name that is routed elsewhere is not provided, also where a file is left
  /// of it: Ansible looks at the routing first.
  void addTo(CollectionContent content) {
    var routing = file == null ? null : YamlMapping.of(file.get("plugin_routing"));
    if (routing != null) {
      for (var kind : routing.entries()) {
        var word = kind.key().equals("modules") ? "module" : kind.key();
        var names = YamlMapping.of(kind.value());
        if (PluginFiles.isKind(word) && names != null) {
          for (var name : names.entries()) {
            var entry = YamlMapping.of(name.value());
            if (entry != null) {
              route(content, word, name.key(), entry);
            }
          }
        }
      }
    }
    var groups = file == null ? null : YamlMapping.of(file.get("action_groups"));
    if (groups != null) {
      groups.entries().forEach(group -> group(content, group));
    }
  }

  private static void route(
      CollectionContent content, String word, String name, YamlMapping entry) {
    var facts = content.kind(word);
    var redirect = name(entry, "redirect");
    var tombstone = YamlMapping.of(entry.get("tombstone"));
    var deprecation = YamlMapping.of(entry.get("deprecation"));
    var action = name(entry, "action_plugin");
    if (redirect != null && !redirect.equals(content.collection() + "." + name)) {
      facts.names().remove(name);
      facts.needs().remove(name);
      facts.redirects().put(name, redirect);
    } else if (tombstone != null && !name.startsWith("deprecated_core_")) {
      facts.names().remove(name);
      facts.needs().remove(name);
      facts.removed().put(name, message(tombstone, "has been removed"));
    }
    if (deprecation != null && !name.startsWith("deprecated_core_")) {
      facts.deprecated().put(name, message(deprecation, "will be removed"));
    }
    if (action != null) {
      redirectAction(content.kind(CollectionContent.ACTION), name, action);
    }
  }

  private static void redirectAction(PluginFacts actions, String name, String target) {
    actions.names().remove(name);
    actions.redirects().putIfAbsent(name, target);
  }

  private static @Nullable String name(YamlMapping entry, String key) {
    var name = entry.text(key);
    return name != null
            && Catalogue.isFullyQualified(name)
            && !TESTS.contains(name.substring(0, name.indexOf('.')))
        ? name
        : null;
  }

  private static String message(YamlMapping retirement, String otherwise) {
    var text = retirement.text("warning_text");
    if (text != null && !text.isBlank()) {
      return text;
    }
    var version = retirement.text("removal_version");
    return otherwise + (version == null ? "" : " in version " + version);
  }

  private static void group(CollectionContent content, YamlMapping.Entry group) {
    var members = new TreeSet<String>();
    for (var item : YamlMapping.items(group.value())) {
      var name = YamlMapping.text(item);
      if (name != null) {
        members.add(qualified(content, name));
        continue;
      }
      var metadata = YamlMapping.of(item);
      var inner = metadata == null ? null : YamlMapping.of(metadata.get("metadata"));
      if (inner != null) {
        for (var extended : YamlMapping.items(inner.get("extend_group"))) {
          members.add("group/" + qualified(content, String.valueOf(YamlMapping.text(extended))));
        }
      }
    }
    content.groups().put(group.key(), members);
  }

  private static String qualified(CollectionContent content, String name) {
    return Catalogue.isFullyQualified(name) ? name : content.collection() + "." + name;
  }
}
