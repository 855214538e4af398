package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;

import dev.ansiblevenv.orchestration.HostEnrolment;
import java.util.Map;

/// A host whose key is known now.
public record EnrolmentView(HostEnrolment enrolment) implements View {

  @Override
  public Map<String, Object> document() {
    return object(
        "hostname", enrolment.hostname(),
        "fingerprint", enrolment.fingerprint(),
        "type", enrolment.type(),
        "known_hosts", enrolment.file(),
        "known_before", enrolment.known());
  }

  @Override
  public String text() {
    return "the %s key of `%s` %s in %s%n"
        .formatted(
            enrolment.type(),
            enrolment.hostname(),
            enrolment.known() ? "is already" : "is now",
            enrolment.file());
  }
}
