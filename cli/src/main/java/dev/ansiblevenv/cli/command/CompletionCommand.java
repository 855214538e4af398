package dev.ansiblevenv.cli.command;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `completion`.
final class CompletionCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec shell =
      Options.parameter(0, Shell.class, "SHELL")
          .converters(new ShellName())
          .description("The shell: ${COMPLETION-CANDIDATES}.")
          .build();

  private enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class ShellName extends OneOf<Shell> {
    ShellName() {
      super(Shell.values());
    }
  }

  private CompletionCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new CompletionCommand(program);
    var spec =
        Usage.of(
            command,
            "completion",
            "Print a shell completion script.",
            "The script works in bash and zsh.");
    spec.usageMessage()
        .footer(
            "  source <(ansible-venv completion bash)",
            "ansible-venv completion bash >"
                + " ~/.local/share/bash-completion/completions/ansible-venv",
            "  echo 'source <(ansible-venv completion zsh)' >> ~/.zshrc");
    return spec.add(command.shell);
  }

  @Override
  public void run() {
    var root = shell.command().root();
    program.console().out().print(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
