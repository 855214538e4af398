package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.OwnPlugins;
import dev.ansiblevenv.analysis.playbook.Reference;
import dev.ansiblevenv.analysis.playbook.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the names that a closure uses into collections. The order is Ansible's: a plugin of the
/// project's own, the `collections:` keyword, ansible-core, ansible-core's routing of old names.
final class ReferenceResolver {

  /// Each is sought among all names there are. Where more are wrong, nobody has mistyped them.
  private static final int MOST_HINTS = 100;

  private final Catalogue catalogue;
  private final Closure closure;
  private final Needs needs;
  private final RoleResolver roles;
  private final OwnPlugins own;
  private final PluginPackages packages;
  private final Map<Name, List<String>> nearest = new HashMap<>();

  private record Name(PluginKind kind, String name) {

    // Written out where every start comes by: those of records are linked anew by each process.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Name known && kind == known.kind && name.equals(known.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  ReferenceResolver(Catalogue catalogue, Closure closure, Needs needs) {
    this.catalogue = catalogue;
    this.closure = closure;
    this.needs = needs;
    this.roles = new RoleResolver(catalogue, closure, needs, this::plugin);
    this.packages = new PluginPackages(closure, needs);
    this.own = new OwnPlugins(closure.adjacentPlugins());
  }

  void resolveAll() {
    for (var role : closure.roles()) {
      roles.found(role);
    }
    closure.references().forEach(this::resolve);
  }

  private void resolve(Reference reference) {
    if (reference instanceof Reference.Plugin plugin) {
      if (!isIdle(plugin)) {
        plugin(plugin);
      }
    } else if (reference instanceof Reference.Role role) {
      roles.missing(role);
    } else if (reference instanceof Reference.Playbook(var site, var name)) {
      content(site, "playbook", name);
    } else if (reference instanceof Reference.Collection(var site, var name, var kind)) {
      collection(name, Needs.because(site, kind, name));
    } else if (reference instanceof Reference.Unknown(var site, var kind, var expression)) {
      needs.unresolved(site, kind, expression);
    }
  }

  /// `ansible_network_os` names plugins that only connections to network devices load.
  private boolean isIdle(Reference.Plugin plugin) {
    return plugin.kind() == PluginKind.CLICONF && !closure.reachesNetworkDevices();
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
    var adjacent = own.behind(plugin);
    if (adjacent.isPresent()) {
      packages.beside(plugin, adjacent.get());
      return;
    }
    for (var collection : plugin.collections()) {
      if (catalogue.routes(collection, plugin.kind(), plugin.name())) {
        resolved(plugin, catalogue.resolve(plugin.kind(), collection + "." + plugin.name()));
        return;
      }
    }
    resolved(plugin, catalogue.resolve(plugin.kind(), plugin.name()));
  }

  private void resolved(Reference.Plugin plugin, Resolution resolution) {
    if (resolution instanceof Resolution.Found found) {
      found(plugin, found);
    } else if (resolution instanceof Resolution.Removed(var fqcn, var through, var message)) {
      gone(plugin, fqcn, through, message);
      needs.finding(
          plugin.site(),
          "analysis[removed]",
          fqcn + " has been removed: " + message,
          plugin.certain() && !isBounded(Catalogue.collectionOf(fqcn)));
    } else if (resolution instanceof Resolution.Absent(var fqcn, var through, var message)) {
      gone(plugin, fqcn, through, message);
      needs.finding(plugin.site(), "analysis[removed]", fqcn + ": " + message, false);
    } else if (resolution instanceof Resolution.Unknown) {
      unknown(plugin);
    }
  }

  /// What is gone is still what the playbook asks for: another version of its collection may have
  /// it.
  private void gone(Reference.Plugin plugin, String fqcn, List<String> through, String message) {
    if (!Catalogue.collectionOf(fqcn).equals("ansible.builtin")) {
      needs.plugin(fqcn);
    }
    needs.removed(plugin.site(), fqcn, message);
    var because = Needs.because(plugin.site(), plugin.kind().word(), plugin.name());
    through.forEach(name -> collection(Catalogue.collectionOf(name), because));
    collection(Catalogue.collectionOf(fqcn), because);
  }

  /// Whether a requirements file asks for certain versions of the collection.
  private boolean isBounded(String collection) {
    return closure.requirements().collections().stream()
        .anyMatch(in -> in.entry().provides(collection) && !in.entry().version().equals("*"));
  }

  private void found(Reference.Plugin plugin, Resolution.Found found) {
    var kind = plugin.kind().word();
    needs.plugin(found.fqcn());
    if (!found.deprecation().isEmpty()) {
      needs.deprecated(plugin.site(), found.fqcn(), found.deprecation());
    }
    var because = Needs.because(plugin.site(), kind, plugin.name());
    // Modules of ansible-core look for a Python that has what they need, or install it.
    packages.found(
        plugin,
        catalogue.needs(plugin.kind(), found.fqcn()).stream()
            .filter(each -> !(found.builtin() && each.need().isOfSystem()))
            .toList(),
        because);
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
    var foreign =
        foreign(plugin.collections(), closure).stream()
            .filter(name -> !catalogue.knows(name))
            .toList();
    var home =
        closure.home().filter(name -> catalogue.provides(name, plugin.kind(), plugin.name()));
    if (home.isPresent()) {
      resolved(plugin, catalogue.resolve(plugin.kind(), home.get() + "." + plugin.name()));
    } else if (foreign.size() == 1) {
      var fqcn = foreign.getFirst() + "." + plugin.name();
      found(plugin, new Resolution.Found(fqcn, List.of(), ""));
    } else if (!foreign.isEmpty() || registersNames(plugin.kind())) {
      needs.unresolved(plugin.site(), plugin.kind().word(), plugin.name());
    } else {
      var names = nearest(plugin);
      var hint = names.isEmpty() ? "" : "; did you mean " + String.join(", ", names) + "?";
      needs.finding(
          plugin.site(),
          "analysis[unknown-" + plugin.kind().word() + "]",
          "no " + plugin.kind().word() + " is called `" + plugin.name() + "`" + hint,
          plugin.certain() && plugin.kind() == PluginKind.MODULE);
    }
  }

  private List<String> nearest(Reference.Plugin plugin) {
    var unknown = new Name(plugin.kind(), plugin.name());
    var known = nearest.get(unknown);
    if (known == null) {
      known =
          nearest.size() < MOST_HINTS
              ? catalogue.nearest(plugin.kind(), plugin.name())
              : List.<String>of();
      nearest.put(unknown, known);
    }
    return known;
  }

  /// The listed collections whose content is neither ansible-core's nor in the project.
  static List<String> foreign(List<String> collections, Closure closure) {
    return collections.stream()
        .filter(name -> !name.equals("ansible.builtin") && !name.equals("ansible.legacy"))
        .filter(name -> !closure.ownCollections().contains(name))
        .filter(ReferenceResolver::isCollection)
        .distinct()
        .toList();
  }

  private static boolean isCollection(String name) {
    var plugin = name + ".plugin";
    return Catalogue.isFullyQualified(plugin) && Catalogue.collectionOf(plugin).equals(name);
  }

  /// Whether the project has plugin files of the kind, which may register any name.
  private boolean registersNames(PluginKind kind) {
    return (kind == PluginKind.FILTER || kind == PluginKind.TEST)
        && closure.adjacentPlugins().stream().anyMatch(plugin -> plugin.kind() == kind);
  }
}
