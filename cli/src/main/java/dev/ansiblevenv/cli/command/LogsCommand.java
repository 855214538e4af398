package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.cli.output.LoggedRunView;
import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.core.run.LogExcerpt;
import dev.ansiblevenv.core.run.LogExcerpt.Since;
import dev.ansiblevenv.diagnostic.ExitCode;
import dev.ansiblevenv.orchestration.run.LoggedRun;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `logs`.
final class LogsCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final RunParameter run = new RunParameter();
  private final ArgSpec since;

  private LogsCommand(AnsibleVenvCommand program) {
    this.program = program;
    this.since =
        Options.one(Since.class, "TIME", "--since")
            .converters(new SinceText(program.console().clock()))
            .description(
                "Only output from this time on: `90s`, `10m`, `2h`, `1d` ago, or a time such as"
                    + " `2026-01-15T10:30:00`. Starts after the last event before it.")
            .build();
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new LogsCommand(program);
    var spec =
        Usage.of(
            command,
            "logs",
            "Show the output of a run so far, byte for byte. With `--format json`, show its"
                + " events.");
    spec.usageMessage()
        .footer(
            "  ansible-venv logs last",
            "  ansible-venv logs 1a2b3c4d --since 10m",
            "ansible-venv logs last --format json | jq -r 'select(.event =="
                + " \"runner_on_failed\") | .event_data.host'");
    return command.run.addTo(spec).add(command.since);
  }

  @Override
  public Integer call() {
    var output = program.output();
    @Nullable Since from = since.getValue();
    var excerpt = new LogExcerpt(output.isJson(), from == null ? new Since.Start() : from);
    LoggedRun logged;
    try (var lines = new ProgressLines(output)) {
      logged = program.operations().logs(run.name(), excerpt, lines);
    }
    var view = new LoggedRunView(logged);
    output.documentOf(view);
    view.hint().ifPresent(text -> output.line(Label.HINT, text));
    return ExitCode.DONE.number();
  }
}
