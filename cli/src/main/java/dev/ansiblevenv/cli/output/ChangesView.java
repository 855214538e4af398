package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.analysis.canonical.CanonicalDifference.Change;
import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.orchestration.process.ChangeExplanation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What `analyze --why-changed` found, one line a difference.
///
/// @param playbook the entry file as it is to be named
public record ChangesView(ChangeExplanation explanation, String playbook) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "to_the_path",
        explanation.toThePath(),
        "changes",
        objects(
            changes(),
            change ->
                object(
                    "file", change.file(),
                    "path", change.path(),
                    "kind", change.kind().name().toLowerCase(Locale.ROOT),
                    "before", change.before(),
                    "after", change.after())));
  }

  @Override
  public String text() {
    return changes().isEmpty()
        ? "nothing that Ansible can see has changed\n"
        : changes().stream().map(change -> change + "\n").collect(Collectors.joining());
  }

  private List<Change> changes() {
    return explanation.difference().changes().stream().map(this::named).toList();
  }

  private Change named(Change change) {
    return change.file().equals(CanonicalForm.ENTRY)
        ? new Change(playbook, change.path(), change.kind(), change.before(), change.after())
        : change;
  }
}
