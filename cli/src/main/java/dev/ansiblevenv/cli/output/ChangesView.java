package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.FormChange;
import java.util.List;
import java.util.Map;

/// What `analyze --why-changed` found: files, and what differs in them.
public record ChangesView(List<FormChange> changes) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "changes",
        objects(
            changes,
            change ->
                object("file", change.file(), "kind", change.kind(), "paths", change.paths())));
  }

  @Override
  public String text() {
    if (changes.isEmpty()) {
      return "nothing that Ansible can see has changed\n";
    }
    var text = new StringBuilder();
    for (var change : changes) {
      text.append(change.kind()).append("  ").append(change.file()).append('\n');
      change.paths().forEach(path -> text.append("  ").append(path).append('\n'));
    }
    return text.toString();
  }
}
