package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.core.run.RunLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// What a run is given that `ansible-playbook` has no option for.
final class RunArguments {

  private final ArgSpec timeout =
      Options.one(Duration.class, "DURATION", "--timeout")
          .converters(new DurationText())
          .description("End the run when it takes longer: `90s`, `10m`, `2h30m`.")
          .build();
  private final ArgSpec idleTimeout =
      Options.one(Duration.class, "DURATION", "--idle-timeout")
          .converters(new DurationText())
          .description("End the run when it prints nothing for so long.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    List.of(timeout, idleTimeout).forEach(spec::add);
    return spec;
  }

  RunLimits limits() {
    return new RunLimits(
        Optional.ofNullable(timeout.getValue()), Optional.ofNullable(idleTimeout.getValue()));
  }
}
