package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.core.galaxy.VersionRange;
import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.core.lock.PythonSpecifier;
import dev.ansiblevenv.diagnostic.Location;
import dev.ansiblevenv.orchestration.spec.Requirements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether a lock holds what is asked for by now. A package with a marker may rightly be missing;
/// which extras and which address a package was locked with, a lock does not say.
final class LockFit {

  private final Lock lock;
  private final Map<String, List<String>> packages;

  private LockFit(Lock lock) {
    this.lock = lock;
    this.packages = lock.packages();
  }

  /// What the lock lacks, each with who asks for it; empty when it fits.
  static Optional<String> lack(Lock lock, Requirements wanted) {
    var fit = new LockFit(lock);
    var lacks =
        Stream.concat(
                wanted.collections().stream().flatMap(each -> fit.collection(each).stream()),
                wanted.python().stream().flatMap(each -> fit.pythonPackage(each).stream()))
            .collect(Collectors.joining("; "));
    return lacks.isEmpty() ? Optional.empty() : Optional.of(lacks);
  }

  private Optional<String> collection(CollectionRequirement wanted) {
    var locked =
        lock.collections().stream().filter(each -> each.name().equals(wanted.name())).findFirst();
    if (locked.isEmpty()) {
      return Optional.of("it lacks " + wanted.name() + " (" + wanted.because() + ")");
    }
    var range = VersionRange.parse(wanted.range());
    var version = locked.map(LockedCollection::version).orElseThrow();
    return SemanticVersion.parse(version).filter(range::contains).isPresent()
        ? Optional.empty()
        : Optional.of(has(wanted.name(), version, wanted.range(), wanted.because()));
  }

  private Optional<String> pythonPackage(PythonRequirement wanted) {
    var requirement = PackageRequirement.parse(wanted.line(), Location.of(wanted.because()));
    var versions = packages.getOrDefault(requirement.name(), List.of());
    if (versions.isEmpty()) {
      return requirement.marker().isEmpty()
          ? Optional.of("it lacks " + requirement.name() + " (" + wanted.because() + ")")
          : Optional.empty();
    }
    // With markers each version may be for another requirement.
    var specifier = PythonSpecifier.parse(requirement.specifier());
    return specifier.isEmpty() || versions.stream().anyMatch(specifier.get()::accepts)
        ? Optional.empty()
        : Optional.of(
            has(
                requirement.name(),
                String.join(" and ", versions),
                wanted.line(),
                wanted.because()));
  }

  private static String has(String name, String version, String wanted, String because) {
    return "it has " + name + " " + version + ", and " + because + " asks for `" + wanted + "`";
  }
}
