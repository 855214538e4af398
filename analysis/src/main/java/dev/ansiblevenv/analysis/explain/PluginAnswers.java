package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import dev.ansiblevenv.analysis.playbook.Reference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What there is to say about a plugin: a module, filter, lookup …
final class PluginAnswers {

  private record Meaning(String name, List<Reason> reasons, boolean used) {}

  private final Examination examination;
  private final Shadows shadows;

  PluginAnswers(Examination examination) {
    this.examination = examination;
    this.shadows = new Shadows(examination);
  }

  /// Plugins that the closure names, by what they come to.
  Stream<Subject> known(String name) {
    var places = new LinkedHashMap<Meaning, Set<Because>>();
    for (var reference : examination.closure().references()) {
      if (reference instanceof Reference.Plugin plugin) {
        var meaning = meaning(plugin);
        if (isCalled(name, plugin.name()) || isCalled(name, meaning.name())) {
          places
              .computeIfAbsent(meaning, _ -> new LinkedHashSet<>())
              .add(
                  new Because(
                      plugin.site().file(),
                      plugin.site().line(),
                      plugin.kind().word(),
                      plugin.name()));
        }
      }
    }
    if (places.isEmpty()) {
      return own(name);
    }
    return places.entrySet().stream().map(entry -> subject(entry.getKey(), entry.getValue()));
  }

  private static Subject subject(Meaning meaning, Set<Because> places) {
    return new Subject(
        Subject.Kind.PLUGIN,
        meaning.name(),
        meaning.used(),
        "",
        "",
        "",
        List.copyOf(places),
        List.of(),
        meaning.reasons());
  }

  private static boolean isCalled(String asked, String name) {
    return name.equals(asked) || name.endsWith("." + asked);
  }

  private Meaning meaning(Reference.Plugin plugin) {
    var own = shadows.of(plugin);
    if (own.isPresent()) {
      var reason =
          new Reason(Reason.Kind.OWN, own.get().path(), 1, "is the project's own and wins");
      return new Meaning(plugin.name(), List.of(reason), true);
    }
    return switch (examination.catalogue().resolve(plugin.kind(), plugin.name())) {
      case Resolution.Found found -> new Meaning(found.fqcn(), origin(found), true);
      case Resolution.Removed removed ->
          new Meaning(removed.fqcn(), List.of(removed(removed.message())), false);
      case Resolution.Absent absent ->
          new Meaning(absent.fqcn(), List.of(absent(absent.message())), true);
      case Resolution.Native _ -> new Meaning(plugin.name(), List.of(ofJinja()), true);
      case Resolution.Unknown _ -> new Meaning(plugin.name(), List.of(), true);
    };
  }

  private static List<Reason> origin(Resolution.Found found) {
    return found.builtin()
        ? List.of(Reason.of(Reason.Kind.BUILTIN, "ansible-core has it itself"))
        : List.of();
  }

  private static Reason removed(String message) {
    return Reason.of(Reason.Kind.REMOVED, "has been removed: " + message);
  }

  private static Reason absent(String message) {
    return Reason.of(Reason.Kind.REMOVED, message);
  }

  private static Reason ofJinja() {
    return Reason.of(Reason.Kind.BUILTIN, "Jinja has it itself");
  }

  /// A file of the project that nothing uses.
  private Stream<Subject> own(String name) {
    return examination.closure().adjacentPlugins().stream()
        .filter(plugin -> plugin.names().contains(name))
        .map(plugin ->
            Subject.absent(
                Subject.Kind.PLUGIN,
                name,
                List.of(),
                List.of(
                    Reason.unused(),
                    new Reason(Reason.Kind.OWN, plugin.path(), 1, "is the project's own"))));
  }

  /// Plugins that a short name would come to if something used it.
  Stream<Subject> possible(String name) {
    if (name.chars().filter(c -> c == '.').count() == 1) {
      return Stream.empty();
    }
    Map<String, Reason> meanings = new TreeMap<>();
    Arrays.stream(PluginKind.values())
        .map(kind -> examination.catalogue().resolve(kind, name))
        .forEach(resolution -> {
          switch (resolution) {
            case Resolution.Found found ->
                meanings.put(
                    found.fqcn(),
                    found.builtin()
                        ? Reason.of(Reason.Kind.BUILTIN, "ansible-core has it itself")
                        : Reason.of(
                            Reason.Kind.UNUSED, "it would come from " + found.collection()));
            case Resolution.Removed removed ->
                meanings.put(removed.fqcn(), removed(removed.message()));
            case Resolution.Absent absent -> meanings.put(absent.fqcn(), absent(absent.message()));
            case Resolution.Native _ -> meanings.put(name, ofJinja());
            case Resolution.Unknown _ -> {}
          }
        });
    return meanings.entrySet().stream()
        .map(entry ->
            Subject.absent(
                Subject.Kind.PLUGIN,
                entry.getKey(),
                List.of(),
                List.of(Reason.unused(), entry.getValue())));
  }
}
