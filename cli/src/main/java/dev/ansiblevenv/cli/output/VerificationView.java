package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.verify.HostVerification;
import dev.ansiblevenv.orchestration.verify.VenvState;
import java.util.Locale;
import java.util.Map;

/// A host record held against its host.
public record VerificationView(HostVerification verification) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "hostname",
        verification.hostname(),
        "right",
        verification.isRight(),
        "venvs",
        objects(
            verification.venvs(),
            venv ->
                object(
                    "name", venv.name(),
                    "state", venv.kind().name().toLowerCase(Locale.ROOT),
                    "path", venv.path(),
                    "details", venv.details(),
                    "repaired", venv.repaired())));
  }

  @Override
  public String text() {
    var table = new Table("");
    for (var venv : verification.venvs()) {
      table.row(venv.name(), state(venv));
      venv.details().forEach(detail -> table.row("  " + detail));
    }
    return verification.venvs().isEmpty() ? "" : table.toString();
  }

  static String state(VenvState venv) {
    var state = venv.kind().name().toLowerCase(Locale.ROOT);
    return venv.repaired() ? state + ", repaired" : state;
  }

  /// In one line.
  public String summary() {
    var host = "`" + verification.hostname() + "`";
    var wrong = verification.venvs().stream().filter(venv -> !venv.isRight()).count();
    return wrong == 0
        ? host + " has what its record says: " + verification.venvs().size() + " checked"
        : host + " differs from its record in " + wrong + " of " + verification.venvs().size();
  }
}
