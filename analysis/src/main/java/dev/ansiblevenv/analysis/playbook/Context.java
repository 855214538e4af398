package dev.ansiblevenv.analysis.playbook;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the closure the reader stands.
///
/// @param scope the variables that can be seen
/// @param certain whether Ansible reads this file in every run; else it is a candidate of a name
///   that only a run knows
/// @param elsewhere whether only hosts with another operating system than Linux come here, or to
///   what is included from here
record Context(Place place, Inherited inherited, Scope scope, boolean certain, boolean elsewhere) {

  /// @param outermost holds what gives way to all other variables
  static Context ofPlaybook(Path file, Scope outermost, boolean certain, Chain imports) {
    var place = new Place(Place.directory(file), file, null, List.of(), imports);
    var scope = outermost.with("playbook_dir", new Value.Text(place.basedir().toString()));
    return new Context(place, Inherited.NOTHING, scope, certain, false);
  }

  Path basedir() {
    return place.basedir();
  }

  Path file() {
    return place.file();
  }

  @Nullable Path role() {
    return place.role();
  }

  @Nullable Chain imports() {
    return place.imports();
  }

  boolean handlers() {
    return inherited.handlers();
  }

  List<String> collections() {
    return inherited.collections();
  }

  Side side() {
    return inherited.side();
  }

  private Context at(Place newPlace) {
    return new Context(newPlace, inherited, scope, certain, elsewhere);
  }

  private Context inheriting(Inherited newInherited) {
    return new Context(place, newInherited, scope, certain, elsewhere);
  }

  Context in(Path newFile) {
    return at(place.in(newFile));
  }

  Context importing(String name) {
    return at(place.importing(name));
  }

  Context including() {
    return at(place.including());
  }

  Context with(Scope newScope) {
    return newScope == scope ? this : new Context(place, inherited, newScope, certain, elsewhere);
  }

  Context on(Side side) {
    return side == side() ? this : inheriting(new Inherited(handlers(), collections(), side));
  }

  Context withCollections(List<String> names) {
    return inheriting(new Inherited(handlers(), names, side()));
  }

  Context ofHandlers(boolean areHandlers) {
    return inheriting(new Inherited(areHandlers, collections(), side()));
  }

  Context onlyIf(boolean isCertain) {
    return isCertain ? this : new Context(place, inherited, scope, false, elsewhere);
  }

  Context elsewhereIf(boolean isElsewhere) {
    return isElsewhere ? new Context(place, inherited, scope, certain, true) : this;
  }

  /// The context of a role's files; they do not inherit `collections:`.
  Context inRole(Path directory, Path newFile, List<String> newCollections, Scope newScope) {
    return new Context(
        place.inRole(directory, newFile),
        new Inherited(false, newCollections, side()),
        newScope,
        certain,
        elsewhere);
  }
}
