package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.RoleUse;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.Reference;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Decides where the roles of a closure come from: the tree, a collection, or a requirements file.
final class RoleResolver {

  private final Catalogue catalogue;
  private final Closure closure;
  private final Needs needs;
  private final Consumer<Reference.Plugin> plugins;
  private final Set<Followed> followed = new HashSet<>();

  private record Followed(String role, Side side) {}

  /// @param plugins takes what roles of collections use
  RoleResolver(
      Catalogue catalogue, Closure closure, Needs needs, Consumer<Reference.Plugin> plugins) {
    this.plugins = plugins;
    this.catalogue = catalogue;
    this.closure = closure;
    this.needs = needs;
  }

  void found(Closure.FoundRole role) {
    var because = Needs.because(role.site(), "role", role.name());
    if (closure.fetchedRoles().contains(role.name())) {
      fetched(role.name(), because);
      return;
    }
    needs.role(role.name(), "closure", "", because);
    if (role.ofCollection()) {
      needs.plugin(role.name());
      var collection = Catalogue.collectionOf(role.name());
      if (!closure.ownCollections().contains(collection)) {
        needs.collection(collection, because);
      }
    }
  }

  void missing(Reference.Role role) {
    var because = Needs.because(role.site(), "role", role.name());
    var required = closure.requirements().role(role.name());
    var listed = ReferenceResolver.foreign(role.collections(), closure);
    var provider = listed.stream().filter(name -> has(name, role.name())).findFirst();
    var foreign = listed.stream().filter(name -> !catalogue.knows(name)).toList();
    if (required.isPresent()) {
      var entry = required.get().entry();
      needs.role(
          new RoleNeed(role.name(), entry.place(), entry.version(), true, List.of()), because);
      needs.unresolved(role.site(), "role", role.name() + ": what this role needs is not known");
    } else if (Catalogue.isFullyQualified(role.name())) {
      ofCollection(role, role.name(), because);
    } else if (provider.isPresent()) {
      ofCollection(role, provider.get() + "." + role.name(), because);
    } else if (foreign.size() == 1) {
      ofCollection(role, foreign.getFirst() + "." + role.name(), because);
    } else if (!foreign.isEmpty() || !role.certain()) {
      needs.unresolved(role.site(), "role", role.name());
    } else {
      needs.finding(
          role.site(),
          "closure[missing-role]",
          "no role is called `" + role.name() + "`, and no requirements.yml names it",
          true);
    }
  }

  private void ofCollection(Reference.Role role, String fqcn, Because because) {
    var collection = Catalogue.collectionOf(fqcn);
    needs.plugin(fqcn);
    if (!closure.ownCollections().contains(collection)) {
      needs.collection(collection, because);
      needs.role(fqcn, collection, "", because);
      var uses = catalogue.role(fqcn);
      if (uses.isEmpty()) {
        needs.unresolved(role.site(), "role", fqcn + ": what this role needs is not known");
      } else if (followed.add(new Followed(fqcn, role.side()))) {
        uses.get().forEach(use -> follow(role, use));
      }
    }
  }

  private void follow(Reference.Role role, RoleUse use) {
    if (use.kind().equals(RoleUse.ROLE)) {
      missing(new Reference.Role(role.site(), use.name(), List.of(), role.side(), role.certain()));
      return;
    }
    var onControl = use.kind().equals(RoleUse.ON_CONTROL);
    PluginKind.ofWord(onControl ? PluginKind.MODULE.word() : use.kind())
        .ifPresent(kind -> {
          var side = kind == PluginKind.MODULE && !onControl ? role.side() : Side.CONTROL;
          plugins.accept(
              new Reference.Plugin(role.site(), kind, use.name(), List.of(), side, false));
        });
  }

  private boolean has(String collection, String role) {
    return catalogue
        .collection(collection)
        .filter(facts -> facts.roles().contains(role))
        .isPresent();
  }

  private void fetched(String name, Because because) {
    var entry = closure.requirements().role(name).map(in -> in.entry());
    needs.role(
        name,
        entry.map(GalaxyRole::place).orElse("galaxy"),
        entry.map(GalaxyRole::version).orElse(""),
        because);
  }
}
