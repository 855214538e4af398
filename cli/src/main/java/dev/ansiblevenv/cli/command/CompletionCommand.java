package dev.ansiblevenv.cli.command;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    abbreviateSynopsis = true,
    description = {
      "Prints a script with which a shell completes commands and options.",
      "One script serves bash and zsh; other shells are not supported."
    },
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(ansible-venv completion bash)",
      "  ansible-venv completion bash > ~/.local/share/bash-completion/completions/ansible-venv",
      "  echo 'source <(ansible-venv completion zsh)' >> ~/.zshrc"
    })
final class CompletionCommand implements Runnable {

  @ParentCommand private AnsibleVenvCommand program;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      converter = ShellName.class,
      description = "Which one: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("UnusedVariable")
  private Shell shell;

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

  @Override
  public void run() {
    var root = spec.root();
    program.console().out().print(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
