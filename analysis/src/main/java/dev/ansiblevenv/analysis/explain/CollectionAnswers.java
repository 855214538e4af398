package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.override.OverrideEntry;
import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What there is to say about a collection.
final class CollectionAnswers {

  private static final Pattern NAME = Pattern.compile("[a-z_]\\w*\\.[a-z_]\\w*");
  private static final List<String> CORE = List.of("ansible.builtin", "ansible.legacy");

  private final Examination examination;
  private final Shadows shadows;

  CollectionAnswers(Examination examination) {
    this.examination = examination;
    this.shadows = new Shadows(examination);
  }

  Stream<Subject> known(String name) {
    if (!NAME.matcher(name).matches()) {
      return Stream.empty();
    }
    var need =
        examination.analysis().collections().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst();
    if (need.isPresent()) {
      return Stream.of(needed(need.get()));
    }
    var reasons = reasons(name);
    return reasons.isEmpty() ? Stream.empty() : Stream.of(absent(name, reasons));
  }

  /// An answer to a name that nothing here has.
  Stream<Subject> possible(String name) {
    return NAME.matcher(name).matches() ? Stream.of(absent(name, List.of())) : Stream.empty();
  }

  private Subject needed(CollectionNeed need) {
    return new Subject(
        Subject.Kind.COLLECTION,
        need.name(),
        true,
        need.constraint().equals("*") ? "" : need.constraint(),
        "",
        "",
        need.because(),
        bounds(need.name()),
        List.of());
  }

  private Subject absent(String name, List<Reason> reasons) {
    var excluded =
        examination.analysis().excluded().stream()
            .filter(exclusion -> exclusion.kind().equals("collection"))
            .filter(exclusion -> exclusion.name().equals(name))
            .flatMap(exclusion -> exclusion.because().stream())
            .filter(place -> !place.kind().equals("requirements"))
            .toList();
    var all = new ArrayList<Reason>();
    if (excluded.isEmpty() && !CORE.contains(name)) {
      all.add(Reason.unused());
    }
    all.addAll(reasons);
    return new Subject(
        Subject.Kind.COLLECTION, name, false, "", "", "", excluded, List.of(), List.copyOf(all));
  }

  private List<Bound> bounds(String name) {
    var decided =
        examination.closure().overrides().collections(Action.ADD, Action.CONSTRAIN).stream()
            .filter(entry -> entry.name().equals(name))
            .map(entry ->
                new Bound(
                    bound(entry.entry().version()),
                    new Because(entry.file(), entry.line(), "override", entry.name())));
    var listed =
        examination.closure().requirements().collections().stream()
            .filter(in -> in.entry().provides(name))
            .map(in ->
                new Bound(
                    bound(in.entry().version()),
                    new Because(in.file(), in.entry().line(), "requirements", in.entry().name())));
    return Stream.concat(decided, listed).toList();
  }

  private static String bound(String version) {
    return version.equals("*") ? "" : version;
  }

  private List<Reason> reasons(String name) {
    var reasons = new ArrayList<Reason>();
    var closure = examination.closure();
    if (CORE.contains(name)) {
      reasons.add(Reason.of(Reason.Kind.BUILTIN, "ansible-core has it itself"));
    }
    if (closure.ownCollections().contains(name)) {
      reasons.add(Reason.of(Reason.Kind.OWN, "its content is in the project"));
    }
    for (var entry : closure.overrides().collections(Action.EXCLUDE)) {
      if (entry.name().equals(name)) {
        reasons.add(reason(Reason.Kind.EXCLUDED, entry, "excludes it"));
      }
    }
    for (var entry : closure.overrides().collections(Action.CONSTRAIN)) {
      if (entry.name().equals(name)) {
        reasons.add(
            reason(
                Reason.Kind.LISTED,
                entry,
                "bounds it wherever it is installed, and needs nothing"));
      }
    }
    for (var in : closure.requirements().collections()) {
      if (in.entry().provides(name)) {
        reasons.add(
            new Reason(
                Reason.Kind.LISTED,
                in.file(),
                in.entry().line(),
                "lists it, which bounds it wherever it is installed, and needs nothing"));
      }
    }
    reasons.addAll(shadows.of(name));
    reasons.addAll(new KeywordMentions(closure).of(name));
    for (var gone : examination.analysis().removed()) {
      if (Catalogue.isFullyQualified(gone.name())
          && Catalogue.collectionOf(gone.name()).equals(name)) {
        reasons.add(
            new Reason(
                Reason.Kind.REMOVED,
                gone.file(),
                gone.line(),
                gone.name() + " has been removed: " + gone.message()));
      }
    }
    return reasons;
  }

  private static Reason reason(Reason.Kind kind, OverrideEntry entry, String text) {
    return new Reason(kind, entry.file(), entry.line(), text);
  }
}
