package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.SemanticVersion;
import java.util.List;
import java.util.stream.Collectors;

/// Why something that was tried cannot be.
sealed interface Contradiction {

  /// A sentence for a person.
  String text();

  /// What a person can change.
  String next();

  /// No version satisfies all requirements on a collection.
  ///
  /// @param available newest first
  record NoVersion(String name, List<Edge> edges, List<SemanticVersion> available)
      implements Contradiction {

    @Override
    public String text() {
      var wanted = edges.stream().map(Edge::toString).distinct().collect(Collectors.joining(", "));
      if (available.isEmpty()) {
        return name + " is not on the server: required " + wanted;
      }
      var there =
          available.size() == 1
              ? "there is only " + available.getFirst()
              : "there are " + available.getLast() + " to " + available.getFirst();
      return "no version of " + name + " satisfies " + wanted + "; " + there;
    }

    @Override
    public String next() {
      if (available.isEmpty()) {
        return "check the name, or name the server that has it in `ansible.cfg` or as its `source`; one that"
            + " is installed on this machine counts where `collections_path` in `ansible.cfg` leads to it";
      }
      var own = edges.stream().filter(Edge::isUsersBound).map(Edge::toString).distinct().toList();
      return own.isEmpty()
          ? "use another collection or another version of what requires " + name
          : "change " + String.join(" or ", own);
    }
  }

  /// A version is not made for the ansible-core that was chosen.
  record WrongAnsible(Candidate candidate, String requires, String ansibleCore)
      implements Contradiction {

    @Override
    public String text() {
      return candidate + " requires ansible-core " + requires + ", not " + ansibleCore;
    }

    @Override
    public String next() {
      return "allow another version of "
          + candidate.name()
          + ", or use a Python on the host that such an ansible-core supports";
    }
  }

  /// A version's own metadata are unusable.
  record Malformed(Candidate candidate, String why) implements Contradiction {

    @Override
    public String text() {
      return candidate + " is unusable: " + why;
    }

    @Override
    public String next() {
      return "exclude that version of " + candidate.name();
    }
  }
}
