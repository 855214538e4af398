package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.orchestration.run.RunName;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Which run is meant, for the commands that are about one.
final class RunParameter {

  private final ArgSpec run =
      Options.parameter(0, String.class, "RUN")
          .description("The run: its name, an unambiguous part of it, or `last`.")
          .build();
  private final ArgSpec on =
      Options.one(String.class, "HOST", "--on")
          .description("The host of the run. Not needed for runs started from this project.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    return spec.add(run).add(on);
  }

  RunName name() {
    return new RunName(run.getValue(), Optional.ofNullable(on.getValue()));
  }
}
