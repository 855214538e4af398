package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.List;

/// A directory or tarball of the project: exactly one version, as it is now.
///
/// @param path as the user wrote it, relative to the project
record LocalSource(String path, LocalCollection collection, String sha256, long size)
    implements CollectionSource {

  /// @throws InvalidInput when what lies there is another collection than the one asked for
  LocalSource named(CollectionRequirement requirement) {
    if (!requirement.name().equals(collection.name())) {
      throw new InvalidInput(
          "is the collection " + collection.name(),
          path,
          requirement.because() + " takes it for " + requirement.name(),
          "");
    }
    return this;
  }

  @Override
  public List<Candidate> candidates(String name) {
    return List.of(new Candidate(name, collection.version(), true, collection.requiresAnsible()));
  }

  @Override
  public Needs needs(Candidate candidate) {
    return new Needs(collection.dependencies(), collection.requiresAnsible());
  }

  @Override
  public LockedCollection locked(Candidate candidate) {
    return new LockedCollection(
        candidate.name(), candidate.version().toString(), path, path, sha256, size);
  }
}
