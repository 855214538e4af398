package dev.ansiblevenv.analysis.override;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.requirement.GalaxyCollection;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;

/// One entry of an `ansible-venv.yml`.
public sealed interface OverrideEntry {

  Action action();

  /// What it is about, as other entries about the same are named.
  String name();

  /// Closure-relative path of the file.
  String file();

  /// 1-based
  int line();

  /// The entry without its place: what the content hash covers.
  String content();

  /// What is to be done.
  enum Action {
    ADD("add"),
    EXCLUDE("exclude"),
    CONSTRAIN("constrain");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// A collection, with its version range and source unless it is to be excluded.
  record Collection(Action action, String file, GalaxyCollection entry) implements OverrideEntry {

    @Override
    public String name() {
      return entry.name();
    }

    @Override
    public int line() {
      return entry.line();
    }

    @Override
    public String content() {
      return "collection " + name() + " " + entry.version() + " " + entry.source();
    }
  }

  /// A Python package.
  ///
  /// @param side `control`, `managed-node` or `both`
  record PythonPackage(
      Action action, String file, int line, PackageRequirement requirement, String side)
      implements OverrideEntry {

    @Override
    public String name() {
      return requirement.name();
    }

    @Override
    public String content() {
      return "python_package "
          + name()
          + requirement.extras()
          + requirement.specifier()
          + (requirement.marker().isEmpty() ? "" : " ; " + requirement.marker())
          + " "
          + side;
    }
  }

  /// A plugin that is used where no file says so.
  ///
  /// @param name fully qualified
  record Plugin(String file, int line, PluginKind kind, String name) implements OverrideEntry {

    @Override
    public Action action() {
      return Action.ADD;
    }

    @Override
    public String content() {
      return kind.word() + " " + name;
    }
  }

  /// A role that is used where no file says so.
  record Role(String file, int line, String name) implements OverrideEntry {

    @Override
    public Action action() {
      return Action.ADD;
    }

    @Override
    public String content() {
      return "role " + name;
    }
  }
}
