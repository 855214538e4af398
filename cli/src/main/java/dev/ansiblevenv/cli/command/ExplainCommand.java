package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.ExplanationView;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `explain`.
final class ExplainCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec playbook = Options.playbook();
  private final ArgSpec name =
      Options.parameter(1, String.class, "NAME")
          .description(
              "A collection, a Python package in any spelling, a plugin (short or full name), a"
                  + " role, or a system package.")
          .build();
  private final RolesPath roles = new RolesPath();
  private final VariableArguments variables = new VariableArguments();

  private ExplainCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new ExplainCommand(program);
    var spec =
        Usage.of(
            command,
            "explain",
            "Show why a playbook needs something, or why it doesn't.",
            "Does not lint. Writes nothing.");
    spec.usageMessage()
        .footer(
            "  ansible-venv explain site.yml community.docker",
            "  ansible-venv explain site.yml PyYAML",
            "  ansible-venv explain site.yml firewalld --format json | jq '.subjects'");
    return command.variables.addTo(
        command.roles.addTo(spec.add(command.playbook).add(command.name)));
  }

  @Override
  public void run() {
    var entry = program.resolve(playbook.getValue());
    var options = roles.withoutLint(program).with(variables.read(program));
    var explanation = program.operations().explain(entry, name.getValue(), options);
    program.output().print(new ExplanationView(explanation, program.nameInProject(entry)));
  }
}
