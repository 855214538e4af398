package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.deploy.CleanupReport;
import java.util.Map;

/// What a host was, or would be, freed from.
public record CleanupView(CleanupReport report) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "hostname", report.hostname(),
        "dry_run", report.dryRun(),
        "bytes", report.bytes(),
        "removals",
            objects(
                report.removals(),
                removal ->
                    object(
                        "kind", removal.kind(),
                        "name", removal.name(),
                        "bytes", removal.bytes(),
                        "reason", removal.reason())));
  }

  @Override
  public String text() {
    if (report.removals().isEmpty()) {
      return "";
    }
    var table = new Table("").row("KIND", "NAME", "SIZE", "REASON");
    for (var removal : report.removals()) {
      table.row(removal.kind(), removal.name(), Size.of(removal.bytes()), removal.reason());
    }
    return table.toString();
  }

  /// The sum of it in one line.
  public String summary() {
    if (report.removals().isEmpty()) {
      return "nothing to remove on `" + report.hostname() + "`";
    }
    int number = report.removals().size();
    return (report.dryRun() ? "would remove " : "removed ")
        + number
        + (number == 1 ? " thing" : " things")
        + " on `"
        + report.hostname()
        + "`, "
        + Size.of(report.bytes());
  }
}
