package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something outside the closure's own files that a place in the closure names.
public sealed interface Reference {

  Site site();

  /// A plugin, by a short or a fully qualified name.
  ///
  /// @param collections the `collections:` keyword where it applies, in search order
  /// @param side where it runs
  /// @param certain whether Ansible reads the place in every run
  record Plugin(
      Site site, PluginKind kind, String name, List<String> collections, Side side, boolean certain)
      implements Reference {

    /// A plugin that Ansible itself loads, whatever host a task is for.
    static Plugin ofControl(Site site, PluginKind kind, String name, boolean certain) {
      return new Plugin(site, kind, name, List.of(), Side.CONTROL, certain);
    }

    // Written out where every start comes by: those of records are linked anew by each process.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Plugin plugin
          && kind == plugin.kind
          && side == plugin.side
          && certain == plugin.certain
          && name.equals(plugin.name)
          && site.equals(plugin.site)
          && collections.equals(plugin.collections);
    }

    @Override
    public int hashCode() {
      return 31 * site.hashCode() + name.hashCode();
    }
  }

  /// A role that is not in the tree.
  ///
  /// @param side where its modules run
  /// @param certain whether the playbook cannot run without it
  record Role(Site site, String name, List<String> collections, Side side, boolean certain)
      implements Reference {}

  /// A playbook of a collection.
  record Playbook(Site site, String name) implements Reference {}

  /// A collection in a `collections:` keyword: short names are looked for there.
  record Keyword(Site site, String collection) implements Reference {}

  /// A collection named without any of its content: an import in a Python file.
  record Collection(Site site, String name, String kind) implements Reference {}

  /// A name that only a run can know.
  ///
  /// @param kind what is named: `module`, `role`, `include`, `vars`, `template`, `lookup`, `python`
  ///   …
  /// @param expression as written
  record Unknown(Site site, String kind, String expression) implements Reference {}
}
