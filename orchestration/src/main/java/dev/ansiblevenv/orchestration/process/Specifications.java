package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.analysis.PackageBound;
import dev.ansiblevenv.analysis.PythonNeed;
import dev.ansiblevenv.orchestration.spec.CollectionConstraint;
import dev.ansiblevenv.orchestration.spec.LintOutcome;
import dev.ansiblevenv.orchestration.spec.RequiredRole;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// Turns what is known about a playbook into its specification.
public final class Specifications {

  private Specifications() {}

  /// @param sourcePlaybook project-relative, with `/`
  static VenvSpecification of(PlaybookReport report, String sourcePlaybook, Clock clock) {
    var analysis = report.analysis();
    var form = analysis.canonicalForm();
    var hash = form.contentHash();
    return new VenvSpecification(
        analysis.name(),
        sourcePlaybook,
        hash.substring(0, 8),
        analysis.collections().stream().map(CollectionNeed::name).sorted().toList(),
        analysis.pythonPackages().stream().map(PythonNeed::name).sorted().distinct().toList(),
        VenvSpecification.now(clock),
        hash,
        Stream.concat(analysis.collections().stream(), analysis.bounds().collections().stream())
            .filter(need -> !need.constraint().equals("*") || !need.source().isEmpty())
            .map(need -> new CollectionConstraint(need.name(), need.constraint(), need.source()))
            .toList(),
        pythonConstraints(analysis),
        toBeFetched(analysis),
        analysis.unresolved(),
        report
            .lint()
            .<LintOutcome>map(
                verdict -> new LintOutcome.Checked(verdict.linter(), verdict.passed()))
            .orElseGet(LintOutcome.Skipped::new),
        form.digests(),
        VenvSpecification.SCHEMA_VERSION);
  }

  /// Those of the packages that are needed, then what bounds others that come with them.
  private static List<String> pythonConstraints(Analysis analysis) {
    var needed = analysis.pythonPackages().stream().map(PythonNeed::name).toList();
    return Stream.concat(
            analysis.pythonPackages().stream()
                .filter(need -> !need.specifier().isEmpty() || !need.marker().isEmpty())
                .map(PythonNeed::requirement),
            analysis.bounds().packages().stream()
                .filter(bound -> bound.isOnVersions() && !needed.contains(bound.name()))
                .map(PackageBound::requirement))
        .distinct()
        .toList();
  }

  /// The roles that are in no directory of the project.
  public static List<RequiredRole> toBeFetched(Analysis analysis) {
    return analysis.roles().stream()
        .filter(role -> !role.source().equals("closure"))
        .map(role -> new RequiredRole(role.name(), role.source(), role.version()))
        .toList();
  }
}
