package dev.ansiblevenv.analysis.catalogue;

/// Something that a plugin needs beside Ansible.
///
/// @param requirement a package of the operating system, a dotted module with the packages that may
///   have it behind it, or what PEP 508 writes
public record PluginNeed(Why why, String requirement) {

  public enum Why {
    DOCUMENTED("documented"),
    /// The plugin does not load without it.
    IMPORT("import"),
    /// The plugin gives up without it.
    CHECKED("checked"),
    /// A package of the operating system has it.
    SYSTEM("system"),
    /// The same, and the module starts itself again under a Python of that system that has it.
    RESPAWN("respawn"),
    /// A module that is imported, of which nobody can tell which package has it.
    UNKNOWN("unknown");

    private final String word;

    Why(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  static PluginNeed parse(String text) {
    var space = text.indexOf(' ');
    for (var why : Why.values()) {
      if (space > 0 && text.substring(0, space).equals(why.word)) {
        return new PluginNeed(why, text.substring(space + 1));
      }
    }
    throw new IllegalArgumentException(text);
  }

  /// Whether the need is met by a package of the operating system.
  public boolean isOfSystem() {
    return why == Why.SYSTEM || why == Why.RESPAWN;
  }

  /// The name at the beginning of the requirement.
  public String distribution() {
    var end = 0;
    while (end < requirement.length() && "[<>=!~ ;@(".indexOf(requirement.charAt(end)) < 0) {
      end++;
    }
    return requirement.substring(0, end);
  }

  @Override
  public String toString() {
    return why.word + " " + requirement;
  }
}
