package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Examination;
import java.util.List;
import java.util.stream.Stream;

/// What there is to say about a role.
final class RoleAnswers {

  private final Examination examination;

  RoleAnswers(Examination examination) {
    this.examination = examination;
  }

  Stream<Subject> known(String name) {
    var used =
        examination.analysis().roles().stream()
            .filter(role -> role.name().equals(name) || role.name().endsWith("." + name))
            .map(role ->
                new Subject(
                    Subject.Kind.ROLE,
                    role.name(),
                    true,
                    role.version(),
                    "",
                    "",
                    role.because(),
                    List.of(),
                    List.of()))
            .toList();
    return used.isEmpty() ? listed(name) : used.stream();
  }

  private Stream<Subject> listed(String name) {
    var reasons =
        examination.closure().requirements().roles().stream()
            .filter(in -> in.entry().name().equals(name))
            .map(in ->
                new Reason(
                    Reason.Kind.LISTED,
                    in.file(),
                    in.entry().line(),
                    "lists it, which needs nothing"))
            .toList();
    return reasons.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Subject.absent(
                Subject.Kind.ROLE,
                name,
                List.of(),
                Stream.concat(Stream.of(Reason.unused()), reasons.stream()).toList()));
  }
}
