package dev.ansiblevenv.orchestration.knowledge;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.LockedCollection;
import dev.ansiblevenv.core.lock.LockedRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The collections and roles that were last resolved for a playbook that has no lock of its own
/// yet, by its content hash, so that looking twice shows the same. Nothing is built from it.
public final class RememberedLocks {

  private static final int FORM = 2;

  private static final String ROLE = "role ";

  private final Path directory;

  /// @param cache the controller's
  public RememberedLocks(Path cache) {
    this.directory = cache.resolve("resolved-" + FORM);
  }

  /// What was resolved.
  public record Remembered(List<LockedCollection> collections, List<LockedRole> roles) {}

  public Optional<Remembered> find(String contentHash) {
    return file(contentHash)
        .read()
        .map(text ->
            new Remembered(
                text.lines()
                    .filter(line -> !line.startsWith(ROLE))
                    .map(RememberedLocks::collection)
                    .toList(),
                text.lines()
                    .filter(line -> line.startsWith(ROLE))
                    .map(line -> role(line.substring(ROLE.length())))
                    .toList()));
  }

  public void keep(String contentHash, Lock lock) {
    var collections = lock.collections().stream().map(RememberedLocks::line);
    var roles = lock.roles().stream().map(role -> ROLE + line(role));
    file(contentHash).write(Stream.concat(collections, roles).collect(Collectors.joining()));
  }

  private SealedFile file(String contentHash) {
    return new SealedFile(directory.resolve(contentHash + ".txt"));
  }

  private static String line(LockedCollection it) {
    return line(it.name(), it.version(), it.sha256(), it.size(), it.url(), it.source());
  }

  private static String line(LockedRole it) {
    return line(it.name(), it.version(), it.sha256(), it.size(), it.url(), it.source());
  }

  private static String line(
      String name, String version, String sha256, long size, String url, String source) {
    return String.join("\t", name, version, sha256, String.valueOf(size), url, source) + "\n";
  }

  private static LockedCollection collection(String line) {
    var fields = line.split("\t", 6);
    return new LockedCollection(
        fields[0], fields[1], fields[5], fields[4], fields[2], Long.parseLong(fields[3]));
  }

  private static LockedRole role(String line) {
    var fields = line.split("\t", 6);
    return new LockedRole(
        fields[0], fields[1], fields[5], fields[4], fields[2], Long.parseLong(fields[3]));
  }
}
