package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import dev.ansiblevenv.orchestration.deploy.EnsuredVenv;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A venv that a host has. `docs/schema/ensured.json` describes the document.
public record EnsuredView(EnsuredVenv ensured) implements View {

  @Override
  public Map<String, Object> document() {
    var venv = ensured.venv();
    return object(
        "name", venv.name(),
        "host", venv.host(),
        "path", venv.path(),
        "status", status(),
        "environment", venv.environment(),
        "python", venv.python(),
        "ansible_core", venv.ansibleCore(),
        "collections", venv.collections(),
        "python_packages", ensured.pythonPackages(),
        "installed_date", ISO_LOCAL_DATE_TIME.format(venv.installedDate()),
        "messages", ensured.messages());
  }

  @Override
  public String text() {
    var venv = ensured.venv();
    return "`"
        + venv.name()
        + "` on `"
        + venv.host()
        + "` is "
        + status()
        + ": "
        + venv.path()
        + "\n  Python "
        + venv.python()
        + ", ansible-core "
        + venv.ansibleCore()
        + venv.collections().entrySet().stream()
            .map(collection -> ", " + collection.getKey() + " " + collection.getValue())
            .collect(Collectors.joining())
        + "\n";
  }

  private String status() {
    return ensured.status().name().toLowerCase(Locale.ROOT);
  }
}
