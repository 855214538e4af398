package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.orchestration.fleet.HostOutcome;
import dev.ansiblevenv.orchestration.fleet.HostOutcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What an operation came to on many hosts. `docs/schema/hosts.json` describes the document.
public record HostsView<R>(HostOutcomes<R> outcomes, HostWords<R> words) implements View {

  private static final double MILLIS_A_SECOND = 1000;

  @Override
  public Map<String, Object> document() {
    return object(
        "success", outcomes.exitCode() == ExitCode.DONE,
        "exit_code", outcomes.exitCode().number(),
        "hosts", objects(outcomes.hosts(), this::document));
  }

  private Map<String, Object> document(HostOutcome<R> host) {
    return object(
        "host", host.host(),
        "status", status(host).replace(' ', '_'),
        "exit_code", host.exitCode().number(),
        "duration_seconds", host.time().toMillis() / MILLIS_A_SECOND,
        "result", host.result().map(words::document).orElse(null),
        "error", host.failure().map(HostsView::error).orElse(null));
  }

  private static Map<String, Object> error(Failure failure) {
    return object(
        "what", failure.what(),
        "where", failure.where(),
        "why", failure.why(),
        "next", failure.next());
  }

  @Override
  public String text() {
    if (outcomes.hosts().isEmpty()) {
      return "";
    }
    var table = new Table("");
    table.row(row("HOST", "STATUS", "TIME", words.columns()));
    for (var host : outcomes.hosts()) {
      var rows = host.result().map(words::rows).orElse(List.of());
      for (var cells : rows.isEmpty() ? List.of(List.<String>of()) : rows) {
        table.row(row(host.host(), status(host), Elapsed.of(host.time()), cells));
      }
    }
    return table.toString();
  }

  private static String[] row(String host, String status, String time, List<String> cells) {
    var all = new ArrayList<>(List.of(host, status, time));
    all.addAll(cells);
    return all.toArray(String[]::new);
  }

  /// In one line.
  public String summary() {
    var number = outcomes.hosts().size();
    var bad = outcomes.bad();
    return number
        + (number == 1 ? " host" : " hosts")
        + (bad == 0 ? ", all ok" : ", " + (number - bad) + " ok, " + bad + " not");
  }

  static String status(HostOutcome<?> host) {
    return switch (host.exitCode()) {
      case DONE -> "ok";
      case RUN_FAILED -> "failed";
      default -> host.exitCode().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
