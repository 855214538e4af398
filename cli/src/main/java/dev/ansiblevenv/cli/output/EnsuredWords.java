package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.deploy.EnsuredVenv;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Venvs that many hosts have.
public record EnsuredWords() implements HostWords<EnsuredVenv> {

  @Override
  public Map<String, Object> document(EnsuredVenv ensured) {
    return new EnsuredView(ensured).document();
  }

  @Override
  public List<String> columns() {
    return List.of("VENV", "PYTHON", "ANSIBLE-CORE", "PATH");
  }

  @Override
  public List<List<String>> rows(EnsuredVenv ensured) {
    var venv = ensured.venv();
    return List.of(List.of(said(ensured), venv.python(), venv.ansibleCore(), venv.path()));
  }

  @Override
  public String said(EnsuredVenv ensured) {
    return ensured.status().name().toLowerCase(Locale.ROOT);
  }
}
