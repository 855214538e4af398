package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.bundle.BundleReport;
import java.util.Map;

/// What a bundle holds, and which venvs a host made of it.
public record BundleView(BundleReport report) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "file", report.file().toString(),
        "platform", report.platform(),
        "files", report.files(),
        "bytes", report.bytes(),
        "venvs",
            objects(
                report.venvs(),
                venv -> object("name", venv.name(), "python", venv.python(), "lock", venv.lock())),
        "ensured",
            report.ensured().stream().map(venv -> new EnsuredView(venv).document()).toList());
  }

  @Override
  public String text() {
    var text = new StringBuilder();
    text.append(
        "%s: %s, %d files for %s%n"
            .formatted(
                report.file().getFileName(),
                Size.of(report.bytes()),
                report.files(),
                report.platform()));
    var table = new Table("").row("NAME", "PYTHON", "LOCK");
    for (var venv : report.venvs()) {
      table.row(venv.name(), venv.python(), venv.lock().substring(0, 12));
    }
    text.append(table);
    report.ensured().forEach(venv -> text.append(new EnsuredView(venv).text()));
    return text.toString();
  }
}
