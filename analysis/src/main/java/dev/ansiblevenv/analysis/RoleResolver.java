package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.Reference;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import java.util.Optional;

/// Decides where the roles of a closure come from: the tree, a collection, or a requirements file.
final class RoleResolver {

  private final Closure closure;
  private final Needs needs;

  RoleResolver(Closure closure, Needs needs) {
    this.closure = closure;
    this.needs = needs;
  }

  void found(Closure.FoundRole role) {
    needs.role(role.name(), "closure", "", Needs.because(role.site(), "role", role.name()));
    if (Catalogue.isFullyQualified(role.name())) {
      needs.plugin(role.name());
    }
  }

  void missing(Reference.Role role) {
    var because = Needs.because(role.site(), "role", role.name());
    var required = required(role.name());
    var foreign = ReferenceResolver.foreign(role.collections(), closure);
    if (required.isPresent()) {
      var entry = required.get();
      var source = entry.source().contains("/") ? entry.source() : "galaxy";
      needs.role(role.name(), source, entry.version(), because);
      needs.unresolved(role.site(), "role", role.name() + ": what this role needs is not known");
    } else if (Catalogue.isFullyQualified(role.name())) {
      ofCollection(role, role.name(), because);
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
      needs.unresolved(role.site(), "role", fqcn + ": what this role needs is not known");
    }
  }

  private Optional<GalaxyRole> required(String name) {
    return closure.requirements().roles().stream()
        .map(in -> in.entry())
        .filter(entry -> entry.name().equals(name))
        .findFirst();
  }
}
