package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.inventory.InventoryChange;
import dev.ansiblevenv.orchestration.inventory.InventoryChange.Kind;
import java.util.List;
import java.util.Locale;
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
                    "added", change.kind() == Kind.ADDED,
                    "kind", change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "place", change.place(),
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
          change.host() + label(change),
          change.before().isEmpty() ? "-" : change.before(),
          String.join(", ", change.after()));
    }
    return table.toString();
  }

  /// In one line.
  public String summary() {
    var number = changes.stream().filter(InventoryChange::isPossible).count();
    if (number == 0) {
      return isComplete()
          ? "the inventory says what the host records say"
          : "the inventory cannot say what the host records say";
    }
    return (written ? "changed " : "would change ") + number + (number == 1 ? " host" : " hosts");
  }

  /// Whether nothing is left that the inventory should say.
  public boolean isComplete() {
    return changes.stream()
        .allMatch(change -> change.kind() == Kind.NOWHERE || (written && change.isPossible()));
  }

  private static String label(InventoryChange change) {
    return switch (change.kind()) {
      case SET -> "";
      case ADDED -> " (new)";
      case NOT_EDITABLE -> " (not editable)";
      case NOWHERE -> " (not in the inventory)";
    };
  }
}
