package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.RefreshedHost;
import java.util.Map;

/// The venvs of a host, as it says itself.
public record RefreshedHostView(RefreshedHost host) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "hostname",
        host.hostname(),
        "venvs",
        objects(
            host.venvs(),
            venv ->
                object(
                    "name", venv.name(),
                    "path", venv.path(),
                    "recorded", venv.recorded(),
                    "state", venv.state(),
                    "problem", venv.problem(),
                    "python", venv.python(),
                    "ansible_core", venv.ansibleCore())));
  }

  @Override
  public String text() {
    if (host.venvs().isEmpty()) {
      return "";
    }
    var table = new Table("").row("NAME", "PATH", "STATE", "PYTHON", "ANSIBLE-CORE", "RECORD");
    for (var venv : host.venvs()) {
      table.row(
          venv.name(),
          venv.path(),
          venv.problem().isEmpty() ? venv.state() : venv.state() + ": " + venv.problem(),
          venv.python(),
          venv.ansibleCore(),
          venv.recorded() ? "yes" : "no");
    }
    return table.toString();
  }
}
