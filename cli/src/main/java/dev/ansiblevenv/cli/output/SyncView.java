package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.inventory.InventoryChange;
import java.util.List;
import java.util.Map;

/// Where the inventory did not say what the host records say.
///
/// @param written whether it says so now
public record SyncView(List<InventoryChange> changes, boolean written) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "written",
        written,
        "changes",
        objects(
            changes,
            change ->
                object(
                    "hostname", change.host(),
                    "added", change.added(),
                    "before", change.before(),
                    "after", change.after())));
  }

  @Override
  public String text() {
    if (changes.isEmpty()) {
      return "";
    }
    var table = new Table("").row("HOST", "INVENTORY", "HOST RECORD");
    for (var change : changes) {
      table.row(
          change.host() + (change.added() ? " (new)" : ""),
          change.before().isEmpty() ? "-" : change.before(),
          String.join(", ", change.after()));
    }
    return table.toString();
  }

  /// In one line.
  public String summary() {
    if (changes.isEmpty()) {
      return "the inventory says what the host records say";
    }
    return (written ? "changed " : "would change ")
        + changes.size()
        + (changes.size() == 1 ? " host" : " hosts");
  }
}
