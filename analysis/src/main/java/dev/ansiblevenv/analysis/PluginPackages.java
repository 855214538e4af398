package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import dev.ansiblevenv.analysis.indexing.LonePlugin;
import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import dev.ansiblevenv.analysis.playbook.AdjacentPlugin;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.Reference;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.analysis.playbook.Site;
import dev.ansiblevenv.analysis.python.Distribution;
import dev.ansiblevenv.analysis.python.Distributions;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.diagnostic.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns what plugins need into packages. Where several packages serve, one that the project names
/// is taken. A module of which nobody can tell the package is listed as it is imported.
final class PluginPackages {

  private final Closure closure;
  private final Needs needs;
  private final Set<String> listed;
  private final Map<String, List<PluginNeed>> needsOfLone = new HashMap<>();

  PluginPackages(Closure closure, Needs needs) {
    this.closure = closure;
    this.needs = needs;
    this.listed =
        Stream.concat(
                closure.requirements().packages().stream()
                    .map(in -> in.entry().requirement().name()),
                closure.overrides().pythonPackages(Action.ADD, Action.CONSTRAIN).stream()
                    .map(entry -> entry.name()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// What a plugin of the project's own needs.
  void beside(Reference.Plugin plugin, AdjacentPlugin adjacent) {
    var runsHere = plugin.kind() != PluginKind.MODULE || adjacent.isAction();
    var site = new Site(adjacent.path(), 1);
    var because = Needs.because(site, "import", plugin.name());
    for (var need :
        needsOfLone.computeIfAbsent(
            adjacent.path(), _ -> LonePlugin.needs(adjacent.text(), listed, modules()))) {
      add(need, runsHere ? Side.CONTROL : plugin.side(), site, because);
    }
  }

  /// Names of the Python files of the closure.
  private Set<String> modules() {
    return closure.files().stream()
        .map(file -> file.path().substring(file.path().lastIndexOf('/') + 1))
        .filter(name -> name.endsWith(".py"))
        .map(name -> name.substring(0, name.length() - ".py".length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What a plugin of a collection or of ansible-core needs.
  void found(Reference.Plugin plugin, List<Catalogue.Need> found, Because because) {
    for (var each : found) {
      add(each.need(), each.control() ? Side.CONTROL : plugin.side(), plugin.site(), because);
    }
  }

  private void add(PluginNeed need, Side side, Site site, Because because) {
    switch (need.why()) {
      case DOCUMENTED, IMPORT, CHECKED -> needs.python().add(chosen(need), side, because);
      case RESPAWN -> needs.system().add(need.requirement(), List.of(), because);
      case SYSTEM -> system(need.requirement(), side, site, because);
      case UNKNOWN -> unknown(need.requirement(), side, site, because);
    }
  }

  private PackageRequirement chosen(PluginNeed need) {
    var documented = PackageRequirement.parse(need.requirement(), Location.of(need.why().word()));
    return listed.contains(documented.name())
        ? documented
        : Distributions.alternatives(documented.name()).stream()
            .filter(listed::contains)
            .findFirst()
            .map(other -> new PackageRequirement(other, "", "", documented.marker()))
            .orElse(documented);
  }

  /// On the control side modules run on the environment's own Python, which does not see what the
  /// system's Python has.
  private void system(String name, Side side, Site site, Because because) {
    if (side != Side.CONTROL) {
      needs.system().add(name, List.of(), because);
      return;
    }
    var bindings = Distributions.onIndex(name);
    if (bindings.isPresent()) {
      needs.python().add(bindings.get(), side, because);
      return;
    }
    needs.system().add(name, List.of(), because);
    needs.finding(
        site,
        "analysis[system-python]",
        because.name()
            + " runs on the control node and imports what only "
            + name
            + " of the operating system has: set `ansible_python_interpreter` to the system's Python"
            + " for its task",
        false);
  }

  /// @param text the module, and distributions that may have it
  private void unknown(String text, Side side, Site site, Because because) {
    var words = List.of(text.split(" ", -1));
    var module = new Distribution.Unknown(words.getFirst(), words.subList(1, words.size()));
    var named = listed.stream().filter(module::isIn).sorted().findFirst();
    if (named.isPresent()) {
      needs.python().add(named.get(), side, because);
      return;
    }
    var hints =
        module.hints().isEmpty() ? "" : " (perhaps " + String.join(", ", module.hints()) + ")";
    needs.unresolved(site, "python", "which package `" + module.module() + "` is in" + hints);
  }
}
