package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.ansiblevenv.orchestration.HostListing;
import java.util.Map;

/// The venvs of a host.
public record HostView(HostListing listing) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "hostname",
        listing.hostname(),
        "venvs",
        objects(
            listing.venvs(),
            venv ->
                object(
                    "name", venv.name(),
                    "path", venv.path(),
                    "installed_date", ISO_LOCAL_DATE_TIME.format(venv.installedDate()),
                    "spec_known", venv.specKnown())));
  }

  @Override
  public String text() {
    if (listing.venvs().isEmpty()) {
      return "";
    }
    var table = new Table("").row("NAME", "PATH", "INSTALLED", "SPEC");
    for (var venv : listing.venvs()) {
      table.row(
          venv.name(),
          venv.path(),
          ISO_LOCAL_DATE_TIME.format(venv.installedDate()),
          venv.specKnown() ? "yes" : "missing");
    }
    return table.toString();
  }
}
