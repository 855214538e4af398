package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.Failure;
import java.util.List;

/// Where versions of a collection come from.
interface CollectionSource {

  /// Newest first, none twice; empty when it is not there.
  ///
  /// @throws Failure when it cannot be found out
  List<Candidate> candidates(String name);

  Needs needs(Candidate candidate);

  LockedCollection locked(Candidate candidate);
}
