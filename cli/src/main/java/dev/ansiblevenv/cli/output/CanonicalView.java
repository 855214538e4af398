package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.PlaybookReport;
import java.util.Map;
import java.util.stream.Collectors;

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
    return report.analysis().canonicalForm().files().entrySet().stream()
        .map(file -> "==> " + file.getKey() + " <==\n" + file.getValue().stripTrailing() + "\n")
        .collect(Collectors.joining("\n"));
  }
}
