package dev.ansiblevenv.orchestration.store;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Named YAML documents that survive a crash and two writers.
///
/// Names are compared without regard to case, so that they mean the same on every file system; a
/// document keeps the case that it was first written with. All methods may be called by any number
/// of threads and processes.
public interface Store {

  /// What a document is.
  enum Kind {
    SPEC("venv_specs"),
    PROFILE("profiles"),
    HOST_RECORD("host_venvs");

    private final String directory;

    Kind(String directory) {
      this.directory = directory;
    }

    /// The directory below the project where documents of this kind lie.
    public String directory() {
      return directory;
    }
  }

  /// A document as it is stored.
  ///
  /// @param name in the case that it is stored under
  /// @param place where a person finds it, relative to the project
  record Document(String name, String place, String text) {}

  /// The names of all documents of a kind, sorted.
  List<String> names(Kind kind);

  /// A whole document: one that some writer wrote, never a part or a mixture.
  ///
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when it is not UTF-8 text
  /// @throws dev.ansiblevenv.diagnostic.StateConflict when it cannot be read, or two differ in
  ///   nothing but the case of their names
  Optional<Document> read(Kind kind, String name);

  /// Replaces a document by what `edit` makes of it, while no other writer can come between. The
  /// document of a name that is not there has the empty text. Nothing is written when `edit`
  /// returns what it got, or throws.
  ///
  /// @return the document as it is now
  Document update(Kind kind, String name, UnaryOperator<Document> edit);

  /// Removes a document; one that is not there stays so.
  void remove(Kind kind, String name);
}
