package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockChange;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.diagnostic.Location;
import dev.ansiblevenv.orchestration.spec.Requirements;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a lock has at other versions than the one before, and why, for a person.
final class LockMoves {

  private LockMoves() {}

  /// A line for each version that moved.
  static List<String> lines(Lock before, Lock after, Requirements wanted) {
    return LockChange.between(before, after).stream().map(change -> line(change, wanted)).toList();
  }

  private static String line(LockChange change, Requirements wanted) {
    var before = String.join(" and ", change.before());
    var after = String.join(" and ", change.after());
    if (change.after().isEmpty()) {
      return "Removed " + change.name() + " " + before + ": nothing needs it any more";
    }
    var moved =
        change.before().isEmpty()
            ? "Added " + change.name() + " " + after
            : "Updated " + change.name() + " " + before + " -> " + after;
    return moved
        + ": "
        + reason(change, wanted).orElse("other packages and collections of the lock require it");
  }

  private static Optional<String> reason(LockChange change, Requirements wanted) {
    return change.kind().equals(LockChange.COLLECTION)
        ? wanted.collections().stream()
            .filter(each -> each.name().equals(change.name()))
            .findFirst()
            .map(LockMoves::text)
        : Stream.concat(
                wanted.python().stream(),
                wanted.bounds().python().stream()
                    .map(bound -> new PythonRequirement(bound.line(), bound.because())))
            .filter(each -> name(each).equals(change.name()))
            .findFirst()
            .map(each -> asked(each.because(), each.line().strip()));
  }

  private static String text(CollectionRequirement wanted) {
    var version = wanted.range().equals("*") ? "" : " " + wanted.range();
    return asked(wanted.because(), wanted.name() + version);
  }

  private static String asked(String because, String what) {
    return (because.isEmpty() ? "the playbook" : because) + " asks for `" + what + "`";
  }

  private static String name(PythonRequirement wanted) {
    return PackageRequirement.parse(wanted.line(), Location.of(wanted.because())).name();
  }
}
