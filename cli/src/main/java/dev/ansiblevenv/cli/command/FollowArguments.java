package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.interrupt.Interrupts;
import dev.ansiblevenv.cli.interrupt.OnInterrupt;
import dev.ansiblevenv.cli.output.Pausable;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// How a run is followed, for the commands that follow one.
final class FollowArguments {

  private static final class Choice extends OneOf<OnInterrupt> {
    Choice() {
      super(OnInterrupt.values());
    }
  }

  private final ArgSpec onInterrupt =
      Options.one(OnInterrupt.class, "WHAT", "--on-interrupt")
          .converters(new Choice())
          .description(
              "What Ctrl-C and `kill` do to the run: ${COMPLETION-CANDIDATES}. Default: ask on"
                  + " a terminal, otherwise cancel.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    return spec.add(onInterrupt);
  }

  /// @param lines that wait while a question is on the terminal
  Interrupts interrupts(AnsibleVenvCommand program, Pausable lines) {
    return new Interrupts(program.console(), Optional.ofNullable(onInterrupt.getValue()), lines);
  }
}
