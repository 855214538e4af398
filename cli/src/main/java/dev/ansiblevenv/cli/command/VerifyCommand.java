package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.VerificationView;
import dev.ansiblevenv.diagnostic.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `verify`.
final class VerifyCommand implements Callable<Integer> {

  private final AnsibleVenvCommand program;
  private final ArgSpec host = Options.host();

  private VerifyCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new VerifyCommand(program);
    var spec =
        Usage.of(
            command,
            "verify",
            "Holds a host record against the host, file by file; exits with 7 where they differ.");
    spec.usageMessage().footer("  ansible-venv verify night2.lan");
    return spec.add(command.host);
  }

  @Override
  public Integer call() {
    var verification = program.operations().verifyHost(host.getValue());
    var view = new VerificationView(verification);
    program.output().print(view);
    program.output().note(view.summary());
    return verification.isRight() ? ExitCode.DONE.number() : ExitCode.STATE_CONFLICT.number();
  }
}
