package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.Retirement;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.orchestration.process.PlaybookReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `analyze` found, as text. Each need stands with the first place that asks for it; the
/// document of [AnalysisDocument] has them all. Findings come last, as `file:line:column: rule:
/// message`, which editors can follow.
///
/// @param playbook the entry file as it is to be named in the closure
public record AnalysisView(PlaybookReport report, String playbook) implements View {

  private static final String INDENT = "  ";

  @Override
  public Map<String, Object> document() {
    return AnalysisDocument.of(report, playbook);
  }

  @Override
  public String text() {
    var analysis = report.analysis();
    return analysis.name()
        + "\n"
        + section("Collections", collections(), "none beyond ansible-core")
        + section("Python packages", packages(), "none beyond ansible-core's own")
        + section("Roles", roles(), "")
        + section("System packages", systemPackages(), "")
        + section("Excluded", excluded(), "")
        + section("Unresolved", unresolved(), "")
        + section("Removed", retired(analysis.removed()), "")
        + section("Deprecated", retired(analysis.deprecated()), "")
        + lint()
        + findings();
  }

  private static String section(String heading, String body, String nothing) {
    if (body.isEmpty()) {
      return nothing.isEmpty() ? "" : "\n" + heading + ": " + nothing + "\n";
    }
    return "\n" + heading + "\n" + body;
  }

  private String collections() {
    var table = new Table(INDENT);
    for (var need : report.analysis().collections()) {
      var constraint = need.constraint().equals("*") ? "" : need.constraint();
      table.row(need.name(), constraint, first(need.because()));
    }
    return table.toString();
  }

  private String packages() {
    var table = new Table(INDENT);
    for (var need : report.analysis().pythonPackages()) {
      table.row(need.requirement(), need.side().word(), first(need.because()));
    }
    return table.toString();
  }

  private String roles() {
    var table = new Table(INDENT);
    for (var need : report.analysis().roles()) {
      table.row(need.name(), need.source(), need.version(), first(need.because()));
    }
    return table.toString();
  }

  private String systemPackages() {
    var table = new Table(INDENT);
    for (var need : report.analysis().systemPackages()) {
      table.row(need.name(), String.join(" ", need.profiles()), first(need.because()));
    }
    return table.toString();
  }

  private String excluded() {
    var table = new Table(INDENT);
    for (var exclusion : report.analysis().excluded()) {
      table.row(
          exclusion.name(),
          exclusion.file() + ":" + exclusion.line(),
          "used at " + first(exclusion.because()));
    }
    return table.toString();
  }

  private String unresolved() {
    return lines(
        report.analysis().unresolved().stream()
            .map(use ->
                use.file() + ":" + use.line() + ": " + use.kind() + ": " + use.expression()));
  }

  private static String retired(List<Retirement> names) {
    return lines(
        names.stream()
            .map(name ->
                name.file() + ":" + name.line() + ": " + name.name() + ": " + name.message()));
  }

  private String lint() {
    return report
        .lint()
        .map(verdict -> "\n" + verdict.linter() + (verdict.passed() ? ": passed\n" : ": failed\n"))
        .orElse("");
  }

  private String findings() {
    if (report.findings().isEmpty()) {
      return "";
    }
    return report.findings().stream()
        .map(AnalysisView::finding)
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static String finding(Finding finding) {
    return finding + (finding.fatal() ? "" : " (warning)");
  }

  private static String first(List<Because> because) {
    return because.stream()
        .findFirst()
        .map(place -> place.file() + ":" + place.line() + " " + place.kind())
        .orElse("");
  }

  private static String lines(Stream<String> items) {
    return items.map(item -> INDENT + Printable.line(item) + "\n").collect(Collectors.joining());
  }
}
