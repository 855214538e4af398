package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.List;

/// A directory, tarball, commit or download: exactly one version, as it is now.
///
/// @param source as the user names it, without a way of this machine
/// @param url where exactly this content can be had again
record FixedSource(String source, String url, LocalCollection collection, String sha256, long size)
    implements CollectionSource {

  /// @throws InvalidInput when what lies there is another collection than the one asked for
  FixedSource named(CollectionRequirement requirement) {
    if (!requirement.name().equals(collection.name())) {
      throw new InvalidInput(
          "is the collection " + collection.name(),
          source,
          requirement.because() + " takes it for " + requirement.name(),
          "give the entry in the requirements file the `name` of its collection");
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
        candidate.name(), candidate.version().toString(), source, url, sha256, size);
  }
}
