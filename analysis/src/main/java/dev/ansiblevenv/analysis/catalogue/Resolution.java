package dev.ansiblevenv.analysis.catalogue;

import java.util.List;

/// What the catalogue says about a plugin's name.
public sealed interface Resolution {

  /// The plugin lives in a collection; `ansible.builtin` is ansible-core itself.
  ///
  /// @param through the names in other collections that only lead here, in the order of the way;
  ///   their collections are needed, too, because they carry the redirect
  /// @param deprecation the owner's words on what to use instead; empty when it is not deprecated
  record Found(String fqcn, List<String> through, String deprecation) implements Resolution {

    public Found {
      through = List.copyOf(through);
    }

    public String collection() {
      return Catalogue.collectionOf(fqcn);
    }

    public boolean builtin() {
      return fqcn.startsWith(Catalogue.BUILTIN);
    }
  }

  /// Its owner has removed it.
  ///
  /// @param through as in [Found]
  record Removed(String fqcn, List<String> through, String message) implements Resolution {

    public Removed {
      through = List.copyOf(through);
    }

    public String collection() {
      return Catalogue.collectionOf(fqcn);
    }
  }

  /// No version of its owner that the catalogue knows has it; an older or a newer one may.
  ///
  /// @param through as in [Found]
  record Absent(String fqcn, List<String> through, String message) implements Resolution {

    public Absent {
      through = List.copyOf(through);
    }
  }

  /// A filter or test of Jinja itself, which no collection provides.
  record Native() implements Resolution {}

  /// Neither ansible-core nor its routing knows the short name.
  record Unknown() implements Resolution {}
}
