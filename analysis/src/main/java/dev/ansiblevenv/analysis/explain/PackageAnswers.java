package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.PythonNeed;
import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import dev.ansiblevenv.analysis.requirement.CommunityDistribution;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What there is to say about a Python package.
final class PackageAnswers {

  /// [ansible-core's own
  /// dependencies](https://github.com/ansible/ansible/blob/devel/requirements.txt).
  private static final Set<String> OF_CORE =
      Set.of("jinja2", "pyyaml", "cryptography", "packaging", "resolvelib", "markupsafe");

  private static final String COMMUNITY = "ansible";

  private final Examination examination;

  PackageAnswers(Examination examination) {
    this.examination = examination;
  }

  Stream<Subject> known(String anySpelling) {
    var name = PackageRequirement.normalised(anySpelling);
    var needs =
        examination.analysis().pythonPackages().stream()
            .filter(need -> need.name().equals(name))
            .toList();
    if (!needs.isEmpty()) {
      return needs.stream().map(this::needed);
    }
    var reasons = reasons(name);
    return reasons.isEmpty() ? Stream.empty() : Stream.of(absent(name, reasons));
  }

  private Subject needed(PythonNeed need) {
    return new Subject(
        Subject.Kind.PYTHON_PACKAGE,
        need.name(),
        true,
        need.specifier(),
        need.marker(),
        need.side().word(),
        need.because(),
        bounds(need),
        List.of());
  }

  private List<Bound> bounds(PythonNeed need) {
    var listed =
        examination.closure().requirements().packages().stream()
            .map(in ->
                new PlacedRequirement(
                    in.entry().requirement(), in.file(), in.entry().line(), "requirements"));
    var decided =
        examination.closure().overrides().pythonPackages(Action.ADD, Action.CONSTRAIN).stream()
            .map(entry ->
                new PlacedRequirement(entry.requirement(), entry.file(), entry.line(), "override"));
    return Stream.concat(decided, listed)
        .filter(placed -> placed.effective().name().equals(need.name()))
        .map(PlacedRequirement::bound)
        .filter(bound -> need.because().contains(bound.place()))
        .toList();
  }

  private record PlacedRequirement(
      PackageRequirement requirement, String file, int line, String kind) {

    PackageRequirement effective() {
      return CommunityDistribution.ofCore(requirement).orElse(requirement);
    }

    Bound bound() {
      var effective = effective();
      var marker = effective.marker().isEmpty() ? "" : " ; " + effective.marker();
      return new Bound(
          effective.extras() + effective.specifier() + marker,
          new Because(file, line, kind, requirement.name()));
    }
  }

  private Subject absent(String name, List<Reason> reasons) {
    var excluded =
        examination.analysis().excluded().stream()
            .filter(exclusion -> exclusion.kind().equals("python_package"))
            .filter(exclusion -> exclusion.name().equals(name))
            .flatMap(exclusion -> exclusion.because().stream())
            .filter(place -> !place.kind().equals("requirements"))
            .toList();
    var all = new ArrayList<Reason>();
    if (excluded.isEmpty()) {
      all.add(Reason.unused());
    }
    all.addAll(reasons);
    return Subject.absent(Subject.Kind.PYTHON_PACKAGE, name, excluded, List.copyOf(all));
  }

  private List<Reason> reasons(String name) {
    var reasons = new ArrayList<Reason>();
    if (OF_CORE.contains(name)) {
      reasons.add(
          Reason.of(
              Reason.Kind.BUILTIN,
              "ansible-core depends on it, so that every environment has it all the same"));
    }
    if (name.equals(COMMUNITY)) {
      reasons.add(
          Reason.of(
              Reason.Kind.BUILTIN,
              "ansible-core and the collections that are used stand in its place"));
    }
    var closure = examination.closure();
    for (var entry : closure.overrides().pythonPackages(Action.EXCLUDE, Action.CONSTRAIN)) {
      if (entry.name().equals(name)) {
        var excluded = entry.action() == Action.EXCLUDE;
        reasons.add(
            new Reason(
                excluded ? Reason.Kind.EXCLUDED : Reason.Kind.LISTED,
                entry.file(),
                entry.line(),
                excluded ? "excludes it" : boundedBy(entry.requirement()) + ", and needs nothing"));
      }
    }
    for (var in : closure.requirements().packages()) {
      if (in.entry().requirement().name().equals(name)) {
        reasons.add(
            listed(
                in.file(),
                in.entry().line(),
                ", which " + boundedBy(in.entry().requirement()) + ","));
      }
    }
    for (var in : closure.requirements().pipOnly()) {
      if (in.entry().name().equals(name)) {
        reasons.add(listed(in.file(), in.entry().line(), " in a way that only pip understands"));
      }
    }
    return reasons;
  }

  private static String boundedBy(PackageRequirement requirement) {
    var marker = requirement.marker().isEmpty() ? "" : " ; " + requirement.marker();
    return requirement.specifier().isEmpty()
        ? "bounds no version of it"
        : "bounds it to `"
            + (requirement.specifier() + marker).strip()
            + "` wherever it is installed";
  }

  private static Reason listed(String file, int line, String how) {
    return new Reason(Reason.Kind.LISTED, file, line, "lists it" + how + " and needs nothing");
  }
}
