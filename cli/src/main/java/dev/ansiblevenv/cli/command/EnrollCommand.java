package dev.ansiblevenv.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.cli.output.EnrolmentView;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.HostEnrolment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// `enroll`.
final class EnrollCommand implements Runnable {

  private final AnsibleVenvCommand program;
  private final ArgSpec host = Options.host();
  private final ArgSpec fingerprint =
      Options.one(String.class, "SHA256:…", "--fingerprint")
          .description("Accept only the key with this fingerprint, without asking.")
          .build();

  private EnrollCommand(AnsibleVenvCommand program) {
    this.program = program;
  }

  static CommandSpec spec(AnsibleVenvCommand program) {
    var command = new EnrollCommand(program);
    var spec =
        Usage.of(
            command,
            "enroll",
            "Show a host's key and, once you confirm it, add it to your known_hosts.");
    spec.usageMessage()
        .footer(
            "  ansible-venv enroll night2.lan",
            "ansible-venv enroll night2.lan --fingerprint"
                + " SHA256:uNiVztksCsDhcc0u9e8BrrVP0FKTB2XWcuLsZvzLIZo");
    return spec.add(command.host).add(command.fingerprint);
  }

  @Override
  public void run() {
    var operations = program.operations();
    @Nullable String expected = fingerprint.getValue();
    if (expected == null) {
      var offered = operations.offeredKey(host.getValue());
      if (offered.known()) {
        program.output().print(new EnrolmentView(offered));
        return;
      }
      ask(offered);
      expected = offered.fingerprint();
    }
    program.output().print(new EnrolmentView(operations.enroll(host.getValue(), expected)));
  }

  private void ask(HostEnrolment offered) {
    var console = program.console();
    if (!console.errIsTerminal()) {
      throw new UsageFailure(
          "there is nobody to ask whether the key is the right one",
          offered.hostname(),
          "it offers " + offered.type() + " " + offered.fingerprint(),
          "if that is right, say so: `--fingerprint " + offered.fingerprint() + "`");
    }
    console
        .err()
        .print(
            "`%s` offers the %s key %s%nIs that the host's key? [y/N] "
                .formatted(offered.hostname(), offered.type(), offered.fingerprint()));
    console.err().flush();
    try {
      var answer = new BufferedReader(new InputStreamReader(console.in(), UTF_8)).readLine();
      if (answer == null || !Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
        throw new Cancelled("was not enrolled", offered.hostname(), "", "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
