package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.core.run.RunLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// What a run is given that `ansible-playbook` has no option for.
final class RunArguments {

  private final ArgSpec forwardAgent =
      Options.flag("--forward-agent")
          .description("Let the run use your ssh agent while the connection lasts.")
          .build();
  private final ArgSpec temporary =
      Options.flag("--temporary")
          .description(
              "Build the venv for this run only and remove it afterwards. Writes nothing into"
                  + " the project.")
          .build();
  private final ArgSpec copy =
      Options.flag("--copy")
          .description(
              "On this machine, run in a copy of the project, not in the project directory.")
          .build();
  private final ArgSpec timeout =
      Options.one(Duration.class, "DURATION", "--timeout")
          .converters(new DurationText())
          .description("Stop the run if it takes longer than this: `90s`, `10m`, `2h30m`.")
          .build();
  private final ArgSpec idleTimeout =
      Options.one(Duration.class, "DURATION", "--idle-timeout")
          .converters(new DurationText())
          .description("Stop the run if it prints nothing for this long.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    List.of(forwardAgent, temporary, copy, timeout, idleTimeout).forEach(spec::add);
    return spec;
  }

  boolean forwardsAgent() {
    return Options.isGiven(forwardAgent);
  }

  boolean isTemporary() {
    return Options.isGiven(temporary);
  }

  boolean isCopied() {
    return Options.isGiven(copy);
  }

  RunLimits limits() {
    return new RunLimits(
        Optional.ofNullable(timeout.getValue()), Optional.ofNullable(idleTimeout.getValue()));
  }
}
