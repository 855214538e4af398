package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.orchestration.HostListing;
import java.util.List;
import java.util.Map;

/// What the records of many hosts say.
public record ListedWords() implements HostWords<HostListing> {

  @Override
  public Map<String, Object> document(HostListing host) {
    return new HostView(host).document();
  }

  @Override
  public List<String> columns() {
    return List.of("NAME", "PATH");
  }

  @Override
  public List<List<String>> rows(HostListing host) {
    return host.venvs().stream().map(venv -> List.of(venv.name(), venv.path())).toList();
  }
}
