package dev.ansiblevenv.orchestration.spec;

import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.LockBounds;
import dev.ansiblevenv.core.lock.PythonBound;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.core.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a lock has to hold, each with file:line.
///
/// @param bounds of what is locked without being asked for here
/// @param name of the spec or profile that wants it
public record Requirements(
    String name,
    List<PythonRequirement> python,
    List<CollectionRequirement> collections,
    LockBounds bounds) {

  public Requirements {
    python = List.copyOf(python);
    collections = List.copyOf(collections);
  }

  /// SHA-256 over everything that is asked for, 64 lower-case hex digits. Who asks does not count,
  /// nor in which order.
  public String digest() {
    var lines =
        Stream.of(
                python.stream().map(each -> "package " + each.line().strip()),
                collections.stream().map(each -> "collection " + text(each)),
                bounds.python().stream().map(Requirements::text),
                bounds.collections().stream().map(each -> "bound on " + text(each)))
            .flatMap(each -> each)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return Sha256.of(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(PythonBound bound) {
    var hashes = bound.hashes().stream().sorted().collect(Collectors.joining(" "));
    return "bound on package " + bound.line().strip() + " " + hashes;
  }

  private static String text(CollectionRequirement wanted) {
    return String.join(
        " ",
        wanted.name(),
        wanted.range(),
        wanted.source(),
        wanted.signatures().stream().sorted().collect(Collectors.joining(" ")),
        wanted.dispensable() ? "dispensable" : "");
  }
}
