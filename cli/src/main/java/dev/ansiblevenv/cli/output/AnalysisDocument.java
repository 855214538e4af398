package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.analysis.Exclusion;
import dev.ansiblevenv.analysis.PythonNeed;
import dev.ansiblevenv.analysis.Retirement;
import dev.ansiblevenv.analysis.RoleNeed;
import dev.ansiblevenv.analysis.SystemPackage;
import dev.ansiblevenv.analysis.Unresolved;
import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.core.lint.LintVerdict;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.orchestration.process.PlaybookReport;
import java.util.List;
import java.util.Map;

/// The document that `analyze --format json` prints. `docs/schema/analysis.json` describes it.
final class AnalysisDocument {

  private AnalysisDocument() {}

  static Map<String, Object> of(PlaybookReport report, String playbook) {
    var analysis = report.analysis();
    return object(
        "name", analysis.name(),
        "content_hash", analysis.canonicalForm().contentHash(),
        "closure", closure(analysis.canonicalForm(), playbook),
        "plugins", analysis.plugins(),
        "collections", objects(analysis.collections(), AnalysisDocument::collection),
        "python_packages", objects(analysis.pythonPackages(), AnalysisDocument::pythonPackage),
        "roles", objects(analysis.roles(), AnalysisDocument::role),
        "system_packages", objects(analysis.systemPackages(), AnalysisDocument::systemPackage),
        "unresolved", objects(analysis.unresolved(), AnalysisDocument::unresolved),
        "removed", objects(analysis.removed(), AnalysisDocument::retired),
        "deprecated", objects(analysis.deprecated(), AnalysisDocument::retired),
        "excluded", objects(analysis.excluded(), AnalysisDocument::exclusion),
        "findings", objects(report.findings(), AnalysisDocument::finding),
        "lint", report.lint().map(AnalysisDocument::lint).orElse(null));
  }

  private static List<String> closure(CanonicalForm form, String playbook) {
    return form.files().keySet().stream()
        .filter(file -> !file.equals(CanonicalForm.CALL))
        .map(file -> file.equals(CanonicalForm.ENTRY) ? playbook : file)
        .sorted()
        .toList();
  }

  private static Map<String, Object> collection(CollectionNeed need) {
    return object(
        "name", need.name(),
        "constraint", need.constraint(),
        "because", objects(need.because(), AnalysisDocument::because));
  }

  private static Map<String, Object> pythonPackage(PythonNeed need) {
    return object(
        "name", need.name(),
        "specifier", need.specifier(),
        "marker", need.marker(),
        "side", need.side().word(),
        "because", objects(need.because(), AnalysisDocument::because));
  }

  private static Map<String, Object> role(RoleNeed need) {
    return object(
        "name", need.name(),
        "source", need.source(),
        "version", need.version(),
        "because", objects(need.because(), AnalysisDocument::because));
  }

  private static Map<String, Object> systemPackage(SystemPackage need) {
    return object(
        "name", need.name(),
        "profiles", need.profiles(),
        "because", objects(need.because(), AnalysisDocument::because));
  }

  private static Map<String, Object> exclusion(Exclusion exclusion) {
    return object(
        "kind", exclusion.kind(),
        "name", exclusion.name(),
        "file", exclusion.file(),
        "line", exclusion.line(),
        "because", objects(exclusion.because(), AnalysisDocument::because));
  }

  static Map<String, Object> because(Because place) {
    return object(
        "file", place.file(), "line", place.line(), "kind", place.kind(), "name", place.name());
  }

  static Map<String, Object> unresolved(Unresolved use) {
    return object(
        "file", use.file(),
        "line", use.line(),
        "kind", use.kind(),
        "expression", use.expression());
  }

  private static Map<String, Object> retired(Retirement name) {
    return object(
        "file", name.file(), "line", name.line(), "name", name.name(), "message", name.message());
  }

  private static Map<String, Object> finding(Finding finding) {
    return object(
        "file", finding.location().file(),
        "line", finding.location().line(),
        "column", finding.location().column(),
        "rule", finding.rule(),
        "message", finding.message(),
        "fatal", finding.fatal());
  }

  private static Map<String, Object> lint(LintVerdict verdict) {
    return object("linter", verdict.linter(), "passed", verdict.passed());
  }
}
