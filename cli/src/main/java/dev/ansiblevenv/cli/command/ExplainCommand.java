package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.ExplanationView;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "explain",
    abbreviateSynopsis = true,
    description = {
      "Says why a playbook needs something, or why it does not.",
      "Lints nothing, writes nothing."
    },
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ansible-venv explain site.yml community.docker",
      "  ansible-venv explain site.yml PyYAML",
      "  ansible-venv explain site.yml firewalld --format json | jq '.subjects'"
    })
final class ExplainCommand implements Runnable {

  @ParentCommand private AnsibleVenvCommand program;

  @Parameters(index = "0", paramLabel = "PLAYBOOK", description = "The playbook's entry file.")
  private Path playbook;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description =
          "A collection, a Python package in any spelling, a plugin (short or in full), a role, or"
              + " a system package.")
  private String name;

  @Mixin private RolesPath roles;

  @Override
  public void run() {
    var entry = program.resolve(playbook);
    var explanation = program.operations().explain(entry, name, roles.withoutLint(program));
    program.output().print(new ExplanationView(explanation, program.nameInProject(entry)));
  }
}
