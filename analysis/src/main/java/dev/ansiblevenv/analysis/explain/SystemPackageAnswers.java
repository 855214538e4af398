package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Examination;
import java.util.List;
import java.util.stream.Stream;

/// What there is to say about a package of the operating system.
final class SystemPackageAnswers {

  private final Examination examination;

  SystemPackageAnswers(Examination examination) {
    this.examination = examination;
  }

  Stream<Subject> known(String name) {
    return examination.analysis().systemPackages().stream()
        .filter(need -> need.name().equals(name))
        .map(need ->
            Subject.needed(Subject.Kind.SYSTEM_PACKAGE, need.name(), need.because(), List.of()));
  }
}
