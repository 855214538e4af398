package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunOptions.Flag;
import dev.ansiblevenv.orchestration.deploy.PlaybookOptions;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// The options of `ansible-playbook` that pass through, with the meaning that
/// [Ansible](https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html) gives them.
final class PlaybookArguments {

  private final ArgSpec tags =
      Options.several(String.class, "TAG", "-t", "--tags")
          .splitRegex(",")
          .description("Run only plays and tasks with these tags.")
          .build();
  private final ArgSpec skipTags =
      Options.several(String.class, "TAG", "--skip-tags")
          .splitRegex(",")
          .description("Skip plays and tasks with these tags.")
          .build();
  private final ArgSpec limit =
      Options.one(String.class, "PATTERN", "-l", "--limit")
          .description("Limit the run to these hosts of the inventory.")
          .build();
  private final VariableArguments variables = new VariableArguments();
  private final ArgSpec becomeUser =
      Options.one(String.class, "USER", "--become-user").description("The user to become.").build();
  private final ArgSpec becomeMethod =
      Options.one(String.class, "METHOD", "--become-method")
          .description("How to become that user: `sudo`, `su`, …")
          .build();
  private final ArgSpec verbosity =
      Options.flags("-v").description("Make Ansible more verbose; up to `-vvvvvv`.").build();
  private final ArgSpec forks =
      Options.one(Integer.class, "N", "-f", "--forks")
          .converters(new NaturalNumber())
          .description("Number of hosts at once, also if HOST is a group or a pattern.")
          .build();
  private final ArgSpec startAtTask =
      Options.one(String.class, "NAME", "--start-at-task")
          .description("Start at the task with this name.")
          .build();
  private final Map<Flag, ArgSpec> flags = new EnumMap<>(Flag.class);
  private final SecretArguments secrets = new SecretArguments();
  private final RunArguments run = new RunArguments();

  PlaybookArguments() {
    flag(Flag.CHECK, "Change nothing; predict what would change.", "-C", "--check");
    flag(Flag.DIFF, "Show what changes in files.", "-D", "--diff");
    flag(Flag.BECOME, "Become another user on the hosts.", "-b", "--become");
    flag(Flag.FORCE_HANDLERS, "Run handlers also after a task failed.", "--force-handlers");
    flag(Flag.FLUSH_CACHE, "Forget the facts that are cached.", "--flush-cache");
    flag(Flag.LIST_HOSTS, "Only list the hosts that fit.", "--list-hosts");
    flag(Flag.LIST_TASKS, "Only list the tasks.", "--list-tasks");
    flag(Flag.LIST_TAGS, "Only list the tags.", "--list-tags");
    flag(Flag.SYNTAX_CHECK, "Only have Ansible read the playbook.", "--syntax-check");
  }

  private void flag(Flag flag, String description, String... names) {
    flags.put(flag, Options.flag(names).description(description).build());
  }

  CommandSpec addTo(CommandSpec spec) {
    List.of(tags, skipTags, limit).forEach(spec::add);
    variables.addTo(spec);
    flags.values().forEach(spec::add);
    List.of(becomeUser, becomeMethod, verbosity, forks, startAtTask).forEach(spec::add);
    return run.addTo(secrets.addTo(spec));
  }

  ArgSpec forks() {
    return forks;
  }

  PlaybookOptions options(AnsibleVenvCommand program, Path playbook) {
    @Nullable Integer hostsAtOnce = forks.getValue();
    var given = variables.read(program).values();
    return new PlaybookOptions(
        new RunOptions(
            Options.all(tags),
            Options.all(skipTags),
            text(limit),
            text(startAtTask),
            text(becomeUser),
            text(becomeMethod),
            hostsAtOnce == null ? 0 : hostsAtOnce,
            Options.all(verbosity).size(),
            flags.entrySet().stream()
                .filter(entry -> Options.isGiven(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet())),
        given,
        secrets.read(program, playbook, plays() ? Optional.of(given.keySet()) : Optional.empty()),
        run.limits(),
        run.forwardsAgent(),
        run.isTemporary(),
        run.isCopied());
  }

  /// Whether any play runs: the other calls only list or check.
  private boolean plays() {
    return Stream.of(Flag.LIST_HOSTS, Flag.LIST_TAGS, Flag.LIST_TASKS, Flag.SYNTAX_CHECK)
        .map(flags::get)
        .noneMatch(Options::isGiven);
  }

  private static String text(ArgSpec option) {
    return Objects.requireNonNullElse(option.<@Nullable String>getValue(), "");
  }
}
