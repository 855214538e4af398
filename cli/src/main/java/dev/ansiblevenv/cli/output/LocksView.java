package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.core.lock.LockChange;
import dev.ansiblevenv.orchestration.lock.LockReport;
import dev.ansiblevenv.orchestration.lock.LockReport.Entry;
import dev.ansiblevenv.orchestration.lock.LockReport.Status;
import java.util.Locale;
import java.util.Map;

/// What became of locks. `docs/schema/locks.json` describes the document.
public record LocksView(LockReport report) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "dry_run", report.dryRun(), "locks", objects(report.entries(), LocksView::document));
  }

  static Map<String, Object> document(Entry entry) {
    return object(
        "name", entry.name(),
        "status", word(entry.status()),
        "ansible_core", entry.ansibleCore(),
        "packages", entry.packages(),
        "collections", entry.collections(),
        "changes",
            objects(
                entry.changes(),
                change ->
                    object(
                        "kind", change.kind(),
                        "name", change.name(),
                        "before", change.before(),
                        "after", change.after())),
        "sources",
            objects(
                entry.sources(),
                source ->
                    object(
                        "name", source.name(),
                        "version", source.version(),
                        "source", source.source())));
  }

  @Override
  public String text() {
    var text = new StringBuilder();
    for (var entry : report.entries()) {
      text.append(text(entry));
    }
    return text.toString();
  }

  static String text(Entry entry) {
    var table = new Table("  ");
    for (var change : entry.changes()) {
      table.row(action(change), change.name(), versions(change));
    }
    for (var source : entry.sources()) {
      table.row("from", source.name() + " " + source.version(), source.source());
    }
    return head(entry) + "\n" + table;
  }

  /// All of it in one line.
  public String summary() {
    var written =
        report.entries().stream().filter(entry -> entry.status() != Status.UNCHANGED).count();
    if (report.entries().isEmpty()) {
      return "nothing to lock: there are no profiles and no specs";
    }
    if (written == 0) {
      return "nothing to write";
    }
    return (report.dryRun() ? "would write " : "wrote ") + count(written, "lock");
  }

  private static String head(Entry entry) {
    return switch (entry.status()) {
      case UNCHANGED -> entry.name() + ": unchanged, " + contents(entry);
      case NEW -> entry.name() + ": new, " + contents(entry);
      case CHANGED ->
          entry.name()
              + ": "
              + (entry.changes().isEmpty()
                  ? "the same versions, from elsewhere or of other files"
                  : count(entry.changes().size(), "change"));
    };
  }

  private static String contents(Entry entry) {
    return "ansible-core "
        + entry.ansibleCore()
        + ", "
        + count(entry.packages(), "Python package")
        + ", "
        + count(entry.collections(), "collection");
  }

  private static String action(LockChange change) {
    if (change.before().isEmpty()) {
      return "added";
    }
    return change.after().isEmpty() ? "removed" : "updated";
  }

  private static String versions(LockChange change) {
    var before = String.join(", ", change.before());
    var after = String.join(", ", change.after());
    return before.isEmpty() || after.isEmpty() ? before + after : before + " -> " + after;
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
