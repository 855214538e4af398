package dev.ansiblevenv.analysis.catalogue;

/// What the catalogue says about a plugin's name.
public sealed interface Resolution {

  /// The plugin lives in a collection; `ansible.builtin` is ansible-core itself.
  ///
  /// @param deprecation the owner's words on what to use instead; empty when it is not deprecated
  record Found(String fqcn, String deprecation) implements Resolution {

    public String collection() {
      return Catalogue.collectionOf(fqcn);
    }

    public boolean builtin() {
      return fqcn.startsWith(Catalogue.BUILTIN);
    }
  }

  /// ansible-core has removed it.
  record Removed(String fqcn, String message) implements Resolution {}

  /// A filter or test of Jinja itself, which no collection provides.
  record Native() implements Resolution {}

  /// Neither ansible-core nor its routing knows the short name.
  record Unknown() implements Resolution {}
}
