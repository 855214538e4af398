package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.variables.ExtraVars;
import dev.ansiblevenv.orchestration.deploy.PlaybookOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `ansible-playbook` that pass through, with the meaning that
/// [Ansible](https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html) gives them.
final class PlaybookArguments {

  @Option(
      names = {"-t", "--tags"},
      paramLabel = "TAG",
      split = ",",
      description = "Only plays and tasks with these tags.")
  private final List<String> tags = new ArrayList<>();

  @Option(
      names = "--skip-tags",
      paramLabel = "TAG",
      split = ",",
      description = "No plays and tasks with these tags.")
  private final List<String> skipTags = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      description = "Only the inventory's hosts that fit.")
  private @Nullable String limit;

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description =
          "Variables: `key=value`, JSON, YAML in braces, or `@file`. The command line is readable"
              + " by every user of this machine: give secrets as `@file`, or as `@-` on standard"
              + " input.")
  private final List<String> extraVars = new ArrayList<>();

  @Option(
      names = {"-C", "--check"},
      description = "Change nothing; predict what would change.")
  private boolean check;

  @Option(
      names = {"-D", "--diff"},
      description = "Show what changes in files.")
  private boolean diff;

  @Option(
      names = {"-b", "--become"},
      description = "Become another user on the hosts.")
  private boolean become;

  @Option(names = "-v", description = "More of Ansible's output; up to `-vvvvvv`.")
  private final List<Boolean> verbosity = new ArrayList<>();

  @Option(
      names = {"-f", "--forks"},
      paramLabel = "N",
      converter = NaturalNumber.class,
      description = "Hosts at once.")
  private int forks;

  @Option(
      names = "--start-at-task",
      paramLabel = "NAME",
      description = "Begin at the task of this name.")
  private @Nullable String startAtTask;

  PlaybookOptions options(AnsibleVenvCommand program) {
    var console = program.console();
    return new PlaybookOptions(
        List.copyOf(tags),
        List.copyOf(skipTags),
        Optional.ofNullable(limit),
        check,
        diff,
        become,
        verbosity.size(),
        forks,
        Optional.ofNullable(startAtTask),
        new ExtraVars(console.workingDirectory(), console.home(), console.in()).of(extraVars));
  }
}
