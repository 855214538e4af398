package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.variables.ExtraVars;
import dev.ansiblevenv.orchestration.deploy.PlaybookOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// The options of `ansible-playbook` that pass through, with the meaning that
/// [Ansible](https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html) gives them.
final class PlaybookArguments {

  private final ArgSpec tags =
      Options.several(String.class, "TAG", "-t", "--tags")
          .splitRegex(",")
          .description("Only plays and tasks with these tags.")
          .build();
  private final ArgSpec skipTags =
      Options.several(String.class, "TAG", "--skip-tags")
          .splitRegex(",")
          .description("No plays and tasks with these tags.")
          .build();
  private final ArgSpec limit =
      Options.one(String.class, "PATTERN", "-l", "--limit")
          .description("Only the inventory's hosts that fit.")
          .build();
  private final ArgSpec extraVars =
      Options.several(String.class, "VARS", "-e", "--extra-vars")
          .description(
              "Variables: `key=value`, JSON, YAML in braces, or `@file`. The command line is"
                  + " readable by every user of this machine: give secrets as `@file`, or as `@-`"
                  + " on standard input.")
          .build();
  private final ArgSpec check =
      Options.flag("-C", "--check")
          .description("Change nothing; predict what would change.")
          .build();
  private final ArgSpec diff =
      Options.flag("-D", "--diff").description("Show what changes in files.").build();
  private final ArgSpec become =
      Options.flag("-b", "--become").description("Become another user on the hosts.").build();
  private final ArgSpec verbosity =
      Options.flags("-v").description("More of Ansible's output; up to `-vvvvvv`.").build();
  private final ArgSpec forks =
      Options.one(Integer.class, "N", "-f", "--forks")
          .converters(new NaturalNumber())
          .description("Hosts at once, also where HOST is a group or a pattern.")
          .build();
  private final ArgSpec startAtTask =
      Options.one(String.class, "NAME", "--start-at-task")
          .description("Begin at the task of this name.")
          .build();

  CommandSpec addTo(CommandSpec spec) {
    List.of(tags, skipTags, limit, extraVars, check, diff, become, verbosity, forks, startAtTask)
        .forEach(spec::add);
    return spec;
  }

  ArgSpec forks() {
    return forks;
  }

  PlaybookOptions options(AnsibleVenvCommand program) {
    var console = program.console();
    @Nullable Integer hostsAtOnce = forks.getValue();
    return new PlaybookOptions(
        List.copyOf(Options.all(tags)),
        List.copyOf(Options.all(skipTags)),
        Optional.ofNullable(limit.getValue()),
        Options.isGiven(check),
        Options.isGiven(diff),
        Options.isGiven(become),
        Options.all(verbosity).size(),
        hostsAtOnce == null ? 0 : hostsAtOnce,
        Optional.ofNullable(startAtTask.getValue()),
        new ExtraVars(console.workingDirectory(), console.home(), console.in())
            .of(Options.all(extraVars)));
  }
}
