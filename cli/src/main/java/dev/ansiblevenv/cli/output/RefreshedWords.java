package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.RefreshedHost;
import java.util.List;
import java.util.Map;

/// The venvs of many hosts, as they say themselves.
public record RefreshedWords() implements HostWords<RefreshedHost> {

  @Override
  public Map<String, Object> document(RefreshedHost host) {
    return new RefreshedHostView(host).document();
  }

  @Override
  public List<String> columns() {
    return List.of("NAME", "STATE", "PYTHON", "ANSIBLE-CORE", "RECORD");
  }

  @Override
  public List<List<String>> rows(RefreshedHost host) {
    return host.venvs().stream()
        .map(venv ->
            List.of(
                venv.name(),
                venv.problem().isEmpty() ? venv.state() : venv.state() + ": " + venv.problem(),
                venv.python(),
                venv.ansibleCore(),
                venv.recorded() ? "yes" : "no"))
        .toList();
  }
}
