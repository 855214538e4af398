package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The hosts that have a venv.
///
/// @param hosts by name
public record WhereView(String venv, SortedMap<String, InstalledVenv> hosts) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "name",
        venv,
        "hosts",
        objects(
            List.copyOf(hosts.entrySet()),
            host ->
                object(
                    "hostname", host.getKey(),
                    "path", host.getValue().path(),
                    "installed_date",
                        ISO_LOCAL_DATE_TIME.format(host.getValue().installedDate()))));
  }

  @Override
  public String text() {
    if (hosts.isEmpty()) {
      return "";
    }
    var table = new Table("").row("HOST", "PATH", "INSTALLED");
    hosts.forEach((host, found) ->
        table.row(host, found.path(), ISO_LOCAL_DATE_TIME.format(found.installedDate())));
    return table.toString();
  }
}
