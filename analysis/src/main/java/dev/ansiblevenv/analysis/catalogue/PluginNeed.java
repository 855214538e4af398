package dev.ansiblevenv.analysis.catalogue;

/// Something that a plugin needs beside Ansible.
///
/// @param requirement a package of the operating system, or what PEP 508 writes
public record PluginNeed(Why why, String requirement) {

  public enum Why {
    DOCUMENTED("documented"),
    /// The plugin does not load without it.
    IMPORT("import"),
    /// The plugin gives up without it.
    CHECKED("checked"),
    /// No installation from the Python index can bring it.
    SYSTEM("system");

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
