package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import dev.ansiblevenv.analysis.playbook.AdjacentPlugin;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.Reference;
import dev.ansiblevenv.analysis.playbook.Site;
import java.util.List;
import java.util.Optional;

/// Turns the names that a closure uses into collections. The order is Ansible's: a plugin of the
/// project's own, the `collections:` keyword, ansible-core, ansible-core's routing of old names.
final class ReferenceResolver {

  private static final String LEGACY = "ansible.legacy.";

  private final Catalogue catalogue;
  private final Closure closure;
  private final Needs needs;
  private final RoleResolver roles;

  ReferenceResolver(Catalogue catalogue, Closure closure, Needs needs) {
    this.catalogue = catalogue;
    this.closure = closure;
    this.needs = needs;
    this.roles = new RoleResolver(closure, needs);
  }

  void resolveAll() {
    for (var role : closure.roles()) {
      roles.found(role);
    }
    for (var reference : closure.references()) {
      switch (reference) {
        case Reference.Plugin plugin -> plugin(plugin);
        case Reference.Role role -> roles.missing(role);
        case Reference.Playbook(var site, var name) -> content(site, "playbook", name);
        case Reference.Collection(var site, var name, var kind) ->
            collection(name, Needs.because(site, kind, name));
        case Reference.Unknown(var site, var kind, var expression) ->
            needs.unresolved(site, kind, expression);
      }
    }
  }

  private void content(Site site, String kind, String name) {
    needs.plugin(name);
    collection(Catalogue.collectionOf(name), Needs.because(site, kind, name));
  }

  private void collection(String name, Because because) {
    if (!closure.ownCollections().contains(name) && !name.equals("ansible.builtin")) {
      needs.collection(name, because);
    }
  }

  private void plugin(Reference.Plugin plugin) {
    var adjacent = adjacent(plugin);
    if (adjacent.isPresent()) {
      needs.unresolved(
          new Site(adjacent.get().path(), 1),
          "python",
          "Python packages that " + adjacent.get().path() + " imports are not known");
      return;
    }
    if (isOwn(plugin.name())) {
      needs.plugin(plugin.name());
      return;
    }
    resolved(plugin, catalogue.resolve(plugin.kind(), plugin.name()));
  }

  private void resolved(Reference.Plugin plugin, Resolution resolution) {
    switch (resolution) {
      case Resolution.Found found -> found(plugin, found);
      case Resolution.Removed removed -> removed(plugin, removed);
      case Resolution.Native _ -> {}
      case Resolution.Unknown _ -> unknown(plugin);
    }
  }

  /// The collection is needed all the same: a version that the catalogue does not know may have it.
  /// Only a name that its owner has buried is an error.
  private void removed(Reference.Plugin plugin, Resolution.Removed removed) {
    var fqcn = removed.fqcn();
    needs.plugin(fqcn);
    needs.removed(plugin.site(), fqcn, removed.message());
    needs.finding(
        plugin.site(),
        "analysis[removed]",
        fqcn + " has been removed: " + removed.message(),
        plugin.certain() && catalogue.isTombstone(plugin.kind(), fqcn));
    var because = Needs.because(plugin.site(), plugin.kind().word(), plugin.name());
    removed.through().forEach(name -> collection(Catalogue.collectionOf(name), because));
    collection(removed.collection(), because);
  }

  /// Whether the name is of a collection whose content is in the project: that is what runs.
  private boolean isOwn(String name) {
    return Catalogue.isFullyQualified(name)
        && closure.ownCollections().contains(Catalogue.collectionOf(name));
  }

  private Optional<AdjacentPlugin> adjacent(Reference.Plugin plugin) {
    var name = plugin.name();
    var local = name.startsWith(LEGACY) ? name.substring(LEGACY.length()) : name;
    return Catalogue.isFullyQualified(local)
        ? Optional.empty()
        : closure.adjacentPlugins().stream()
            .filter(candidate -> candidate.provides(plugin.kind(), local))
            .findFirst();
  }

  private void found(Reference.Plugin plugin, Resolution.Found found) {
    var kind = plugin.kind().word();
    needs.plugin(found.fqcn());
    if (!found.deprecation().isEmpty()) {
      needs.deprecated(plugin.site(), found.fqcn(), found.deprecation());
    }
    var because = Needs.because(plugin.site(), kind, plugin.name());
    for (var requirement : catalogue.python(plugin.kind(), found.fqcn())) {
      needs.python(requirement, because);
    }
    for (var name : found.through()) {
      collection(Catalogue.collectionOf(name), because);
    }
    if (!found.builtin() && !closure.ownCollections().contains(found.collection())) {
      collection(found.collection(), because);
      if (!catalogue.knows(found.collection())) {
        needs.pluginOfCollection(found.collection(), found.fqcn());
      }
    }
  }

  /// A short name that ansible-core does not know can still be in a collection of the
  /// `collections:` keyword. Where only one is listed, the playbook runs only if it is there.
  private void unknown(Reference.Plugin plugin) {
    for (var collection : plugin.collections()) {
      var fqcn = collection + "." + plugin.name();
      if (closure.ownPlugins().stream()
          .anyMatch(own -> own.kind() == plugin.kind() && own.name().equals(fqcn))) {
        needs.plugin(fqcn);
        return;
      }
    }
    var foreign = foreign(plugin.collections(), closure);
    if (foreign.size() == 1) {
      var fqcn = foreign.getFirst() + "." + plugin.name();
      resolved(plugin, catalogue.resolve(plugin.kind(), fqcn));
    } else if (!foreign.isEmpty() || registersNames(plugin.kind())) {
      needs.unresolved(plugin.site(), plugin.kind().word(), plugin.name());
    } else {
      var nearest = catalogue.nearest(plugin.kind(), plugin.name());
      var hint = nearest.isEmpty() ? "" : "; did you mean " + String.join(", ", nearest) + "?";
      needs.finding(
          plugin.site(),
          "analysis[unknown-" + plugin.kind().word() + "]",
          "no " + plugin.kind().word() + " is called `" + plugin.name() + "`" + hint,
          plugin.certain() && plugin.kind() == PluginKind.MODULE);
    }
  }

  /// The listed collections whose content is neither ansible-core's nor in the project.
  static List<String> foreign(List<String> collections, Closure closure) {
    return collections.stream()
        .filter(name -> !name.equals("ansible.builtin") && !name.equals("ansible.legacy"))
        .filter(name -> !closure.ownCollections().contains(name))
        .distinct()
        .toList();
  }

  /// Whether the project has plugin files of the kind, which may register any name.
  private boolean registersNames(PluginKind kind) {
    return (kind == PluginKind.FILTER || kind == PluginKind.TEST)
        && closure.adjacentPlugins().stream().anyMatch(plugin -> plugin.kind() == kind);
  }
}
