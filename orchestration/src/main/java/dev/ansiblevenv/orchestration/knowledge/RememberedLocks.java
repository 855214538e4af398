package dev.ansiblevenv.orchestration.knowledge;

import dev.ansiblevenv.core.lock.LockedCollection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The collections that were last resolved for a playbook that has no lock of its own yet, by its
/// content hash, so that looking twice shows the same. Nothing is built from it.
public final class RememberedLocks {

  private static final int FORM = 1;

  private final Path directory;

  /// @param cache the controller's
  public RememberedLocks(Path cache) {
    this.directory = cache.resolve("resolved-" + FORM);
  }

  public Optional<List<LockedCollection>> find(String contentHash) {
    return file(contentHash)
        .read()
        .map(text -> text.lines().map(RememberedLocks::collection).toList());
  }

  public void keep(String contentHash, List<LockedCollection> collections) {
    file(contentHash)
        .write(collections.stream().map(RememberedLocks::line).collect(Collectors.joining()));
  }

  private SealedFile file(String contentHash) {
    return new SealedFile(directory.resolve(contentHash + ".txt"));
  }

  private static String line(LockedCollection collection) {
    return String.join(
            "\t",
            collection.name(),
            collection.version(),
            collection.sha256(),
            String.valueOf(collection.size()),
            collection.url(),
            collection.source())
        + "\n";
  }

  private static LockedCollection collection(String line) {
    var fields = line.split("\t", 6);
    return new LockedCollection(
        fields[0], fields[1], fields[5], fields[4], fields[2], Long.parseLong(fields[3]));
  }
}
