package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.FleetLines;
import dev.ansiblevenv.cli.output.HostWords;
import dev.ansiblevenv.cli.output.HostsView;
import dev.ansiblevenv.cli.output.Label;
import dev.ansiblevenv.orchestration.fleet.Fleet;
import dev.ansiblevenv.orchestration.fleet.FleetProgress;
import dev.ansiblevenv.orchestration.fleet.HostChoice.Many;
import dev.ansiblevenv.orchestration.fleet.HostOutcomes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the commands have in common where HOST is many hosts.
record ManyHosts<R>(AnsibleVenvCommand program, HostWords<R> words) {

  static OptionSpec forks() {
    return Options.one(Integer.class, "N", "-f", "--forks")
        .converters(new NaturalNumber())
        .description("Number of hosts at once, if HOST is a group or a pattern.")
        .build();
  }

  /// @return the usual number unless another one is given
  static int forks(ArgSpec option) {
    @Nullable Integer number = option.getValue();
    return number == null || number == 0 ? Fleet.USUAL_FORKS : number;
  }

  interface Operation<R> {
    HostOutcomes<R> on(Many many, Consumer<FleetProgress<R>> progress);
  }

  /// @return the exit code
  int run(Many many, Operation<R> operation) {
    return run(many, new FollowArguments(), operation);
  }

  /// @param follow how the runs that it starts are followed
  /// @return the exit code
  int run(Many many, FollowArguments follow, Operation<R> operation) {
    many.notes().forEach(note -> program.output().line(Label.WARNING, note));
    HostOutcomes<R> outcomes;
    try (var lines = new FleetLines<>(program.output(), words);
        var interrupts = follow.interrupts(program, lines)) {
      outcomes = operation.on(many, interrupts.watchingMany(lines));
    }
    var view = new HostsView<>(outcomes, words);
    program.output().print(view);
    program
        .output()
        .note(outcomes.hosts().isEmpty() ? "nothing failed the last time" : view.summary());
    return outcomes.exitCode().number();
  }
}
