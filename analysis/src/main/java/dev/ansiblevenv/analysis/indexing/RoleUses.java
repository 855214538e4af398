package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.CollectionContent;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.RoleUse;
import dev.ansiblevenv.analysis.playbook.CallVariables;
import dev.ansiblevenv.analysis.playbook.ClosureReader;
import dev.ansiblevenv.analysis.playbook.OwnPlugins;
import dev.ansiblevenv.analysis.playbook.Reference;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// What the roles of a collection use: their files are read as those of a playbook's roles are.
final class RoleUses {

  private RoleUses() {}

  /// @param content with the plugins of the collection
  static void addTo(CollectionContent content, Path root) {
    for (var role : content.roles()) {
      try {
        content.uses().put(role, uses(content, root, role));
      } catch (InvalidInput e) {
        // A broken role says nothing; whoever plays it hears of it from Ansible.
        content.uses().put(role, List.of());
      }
    }
  }

  private static List<RoleUse> uses(CollectionContent content, Path root, String role) {
    var reader =
        new ClosureReader(
            Catalogue.load(),
            root,
            root.resolve("playbook.yml"),
            List.of(),
            AnsibleSettings.withoutFile(root, Map.of()),
            Map.of(),
            CallVariables.NONE);
    var uses = new LinkedHashSet<RoleUse>();
    var closure = reader.readRole(content.collection() + "." + role);
    var own = new OwnPlugins(closure.adjacentPlugins());
    for (var reference : closure.references()) {
      switch (reference) {
        case Reference.Plugin plugin when own.behind(plugin).isEmpty() ->
            uses.add(new RoleUse(kind(plugin), name(content, plugin)));
        case Reference.Role needed when Catalogue.isFullyQualified(needed.name()) ->
            uses.add(new RoleUse(RoleUse.ROLE, needed.name()));
        default -> {}
      }
    }
    return List.copyOf(uses);
  }

  private static String kind(Reference.Plugin plugin) {
    return plugin.kind() == PluginKind.MODULE && plugin.side() == Side.CONTROL
        ? RoleUse.ON_CONTROL
        : plugin.kind().word();
  }

  private static String name(CollectionContent content, Reference.Plugin plugin) {
    var own =
        content.kind(plugin.kind().word()).names().contains(plugin.name())
            && plugin.collections().contains(content.collection());
    return own ? content.collection() + "." + plugin.name() : plugin.name();
  }
}
