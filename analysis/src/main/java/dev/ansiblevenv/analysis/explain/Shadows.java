package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import dev.ansiblevenv.analysis.playbook.AdjacentPlugin;
import dev.ansiblevenv.analysis.playbook.OwnPlugins;
import dev.ansiblevenv.analysis.playbook.Reference;
import java.util.List;
import java.util.Optional;

/// Plugins of the project's own that take the place of others.
final class Shadows {

  private final Examination examination;
  private final OwnPlugins own;

  Shadows(Examination examination) {
    this.examination = examination;
    this.own = new OwnPlugins(examination.closure().adjacentPlugins());
  }

  /// The project's own file behind a reference.
  Optional<AdjacentPlugin> of(Reference.Plugin plugin) {
    return own.behind(plugin);
  }

  /// Where a collection would be used if it were not for the project's own files.
  List<Reason> of(String collection) {
    return examination.closure().references().stream()
        .filter(Reference.Plugin.class::isInstance)
        .map(Reference.Plugin.class::cast)
        .filter(plugin ->
            examination.catalogue().resolve(plugin.kind(), plugin.name())
                    instanceof Resolution.Found found
                && found.collection().equals(collection))
        .flatMap(plugin -> of(plugin).map(own -> reason(plugin, own)).stream())
        .distinct()
        .toList();
  }

  private static Reason reason(Reference.Plugin plugin, AdjacentPlugin own) {
    return new Reason(
        Reason.Kind.SHADOWED,
        plugin.site().file(),
        plugin.site().line(),
        "`" + plugin.name() + "` is the project's own " + own.path());
  }
}
