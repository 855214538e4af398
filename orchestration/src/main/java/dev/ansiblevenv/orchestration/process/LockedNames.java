package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.explain.Explanation;
import dev.ansiblevenv.analysis.explain.Reason;
import dev.ansiblevenv.analysis.explain.Subject;
import dev.ansiblevenv.analysis.explain.Subject.Kind;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Adds to an explanation what the playbook's lock knows: most of what an environment holds is
/// there because something that is needed depends on it.
final class LockedNames {

  private final Lock lock;
  private final Explanation explanation;

  private LockedNames(Lock lock, Explanation explanation) {
    this.lock = lock;
    this.explanation = explanation;
  }

  static Explanation added(Explanation explanation, Lock lock) {
    return new LockedNames(lock, explanation).added();
  }

  private Explanation added() {
    if (explanation.needed()) {
      return explanation;
    }
    var subjects = new ArrayList<>(explanation.subjects());
    add(subjects, Kind.COLLECTION, explanation.name(), collectionVersions());
    var normalised = PackageRequirement.normalised(explanation.name());
    add(subjects, Kind.PYTHON_PACKAGE, normalised, lock.packageVersions(normalised));
    var found = !subjects.equals(explanation.subjects());
    return new Explanation(
        explanation.name(),
        List.copyOf(subjects),
        found ? List.of() : explanation.unresolved(),
        found ? List.of() : explanation.nearest());
  }

  private List<String> collectionVersions() {
    return lock.collections().stream()
        .filter(collection -> collection.name().equals(explanation.name()))
        .map(LockedCollection::version)
        .toList();
  }

  private static void add(List<Subject> subjects, Kind kind, String name, List<String> versions) {
    if (versions.isEmpty()) {
      return;
    }
    var reason =
        new Reason(
            Reason.Kind.LOCKED,
            "",
            0,
            "something that is needed depends on it, so that the lock has it at "
                + String.join(" and ", versions));
    if (subjects.stream().anyMatch(subject -> subject.kind() == kind)) {
      subjects.replaceAll(subject -> subject.kind() == kind ? with(subject, reason) : subject);
    } else {
      subjects.add(
          new Subject(
              kind,
              name,
              false,
              "",
              "",
              "",
              List.of(),
              List.of(),
              List.of(Reason.unused(), reason)));
    }
  }

  private static Subject with(Subject subject, Reason reason) {
    return new Subject(
        subject.kind(),
        subject.name(),
        subject.needed(),
        subject.constraint(),
        subject.marker(),
        subject.side(),
        subject.because(),
        subject.bounds(),
        Stream.concat(subject.reasons().stream(), Stream.of(reason)).toList());
  }
}
