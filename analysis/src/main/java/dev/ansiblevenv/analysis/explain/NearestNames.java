package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.PythonNeed;
import dev.ansiblevenv.analysis.RoleNeed;
import dev.ansiblevenv.analysis.SystemPackage;
import dev.ansiblevenv.analysis.catalogue.EditDistance;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Names that a misspelt one may have meant: those that the analysis knows, then plugins of the
/// catalogue.
final class NearestNames {

  private static final int MOST = 3;

  private final Examination examination;

  NearestNames(Examination examination) {
    this.examination = examination;
  }

  List<String> to(String name) {
    record Near(String name, int distance) {}
    var most = Math.max(1, name.length() / 3);
    return Stream.concat(
            here(),
            Arrays.stream(PluginKind.values())
                .flatMap(kind -> examination.catalogue().nearest(kind, name).stream()))
        .distinct()
        .map(candidate -> new Near(candidate, EditDistance.between(name, candidate, most)))
        .filter(near -> near.distance() > 0 && near.distance() <= most)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  private Stream<String> here() {
    var analysis = examination.analysis();
    var requirements = examination.closure().requirements();
    return Stream.of(
            analysis.collections().stream().map(CollectionNeed::name),
            analysis.pythonPackages().stream().map(PythonNeed::name),
            analysis.roles().stream().map(RoleNeed::name),
            analysis.systemPackages().stream().map(SystemPackage::name),
            analysis.plugins().stream(),
            requirements.collections().stream().map(in -> in.entry().name()),
            requirements.packages().stream().map(in -> in.entry().requirement().name()),
            requirements.roles().stream().map(in -> in.entry().name()))
        .flatMap(names -> names);
  }
}
