package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.process.PlaybookReport;
import java.util.Map;

/// The canonical form that the content hash covers, file by file; the document is that of
/// [AnalysisView] with one key more.
public record CanonicalView(PlaybookReport report, String playbook) implements View {

  @Override
  public Map<String, Object> document() {
    var document = AnalysisDocument.of(report, playbook);
    document.put("canonical_form", report.analysis().canonicalForm().files());
    return document;
  }

  @Override
  public String text() {
    return report.analysis().canonicalForm().text();
  }
}
