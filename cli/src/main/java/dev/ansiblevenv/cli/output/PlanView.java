package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.orchestration.plan.DeployPlan;
import dev.ansiblevenv.orchestration.plan.DeployPlan.Environment;
import dev.ansiblevenv.orchestration.plan.DeployPlan.Sent;
import java.util.Locale;
import java.util.Map;

/// What a deploy would do. `docs/schema/plan.json` describes the document.
public record PlanView(DeployPlan plan) implements View {

  @Override
  public Map<String, Object> document() {
    var environment = plan.environment();
    return object(
        "name", plan.lock().name(),
        "host", plan.host(),
        "lock", LocksView.document(plan.lock()),
        "environment",
            object(
                "action", word(environment),
                "python", environment.python(),
                "reason", environment.reason(),
                "expected_seconds",
                    environment.expected().map(time -> time.toMillis() / 1000.0).orElse(null)),
        "sent",
            objects(
                plan.sent(),
                file -> object("kind", file.kind(), "name", file.name(), "bytes", file.bytes())),
        "without_wheels",
            objects(
                plan.withoutWheels(),
                each -> object("name", each.name(), "version", each.version())),
        "removed_venvs", plan.removedVenvs(),
        "removed_specs", plan.removedSpecs());
  }

  @Override
  public String text() {
    var text = new StringBuilder(LocksView.text(plan.lock()));
    text.append(environment()).append('\n');
    plan.withoutWheels()
        .forEach(each -> each.lines().forEach(line -> text.append("  ").append(line).append('\n')));
    if (!plan.sent().isEmpty()) {
      var bytes = plan.sent().stream().mapToLong(Sent::bytes).sum();
      text.append("send what it lacks of ")
          .append(plan.sent().size())
          .append(plan.sent().size() == 1 ? " file" : " files")
          .append(bytes > 0 ? ", " + Size.of(bytes) : "")
          .append('\n');
      plan.sent().forEach(file -> text.append("  ").append(file.name()).append('\n'));
    }
    plan.removedVenvs().forEach(name -> text.append("remove venv ").append(name).append('\n'));
    plan.removedSpecs().forEach(name -> text.append("remove spec ").append(name).append('\n'));
    return text.toString();
  }

  private String environment() {
    var environment = plan.environment();
    return word(environment)
        + " the environment on "
        + plan.host()
        + ", Python "
        + environment.python()
        + (environment.reason().isEmpty() ? "" : ": " + environment.reason())
        + environment
            .expected()
            .map(time -> "; about " + Math.max(1, time.toSeconds()) + " s, as earlier builds there")
            .orElse("");
  }

  private static String word(Environment environment) {
    return environment.action().name().toLowerCase(Locale.ROOT);
  }
}
