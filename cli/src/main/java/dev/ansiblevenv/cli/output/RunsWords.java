package dev.ansiblevenv.cli.output;

import dev.ansiblevenv.core.session.RunListing;
import dev.ansiblevenv.orchestration.run.RunsOfHost;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The runs of many hosts.
///
/// @param clock for the times of this place
public record RunsWords(Clock clock) implements HostWords<RunsOfHost> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  @Override
  public Map<String, Object> document(RunsOfHost host) {
    return new RunsView(host, clock).document();
  }

  @Override
  public List<String> columns() {
    return List.of("RUN", "STATUS", "PLAYBOOK", "VENV", "STARTED", "TOOK", "EXIT");
  }

  @Override
  public List<List<String>> rows(RunsOfHost host) {
    return host.runs().stream().map(this::row).toList();
  }

  private List<String> row(RunListing run) {
    return List.of(
        run.id().text(),
        run.status(),
        run.playbook(),
        run.venv(),
        TIME.format(run.started().atZone(clock.getZone())),
        run.ended().map(ended -> Elapsed.of(Duration.between(run.started(), ended))).orElse("-"),
        run.isRunning() ? "-" : String.valueOf(run.code()));
  }
}
