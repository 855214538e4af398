package dev.ansiblevenv.core.lock;

import java.util.List;

/// Everything that could be chosen.
interface CollectionUniverse {

  /// All versions of a collection, newest first, none twice; empty when it is nowhere to be had.
  List<Candidate> candidates(String name);

  Needs needs(Candidate candidate);
}
