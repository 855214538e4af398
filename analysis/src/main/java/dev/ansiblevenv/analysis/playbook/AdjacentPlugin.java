package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import java.util.HashSet;
import java.util.Set;

/// A plugin file beside a playbook, in a role, or in a directory that `ansible.cfg` names. Ansible
/// prefers it to any other plugin of its name, everywhere, once the playbook or role is loaded.
///
/// @param path closure-relative
/// @param text the file; a filter or test file registers names that are not its own
public record AdjacentPlugin(PluginKind kind, String name, String path, String text) {

  private static final int LONGEST_NAME = 200;

  /// The names of the plugins that the file provides, as far as its text shows: every short string
  /// in a filter or test file may be one.
  public Set<String> names() {
    var names = new HashSet<String>();
    names.add(name);
    if (kind == PluginKind.FILTER || kind == PluginKind.TEST) {
      addQuoted('\'', names);
      addQuoted('"', names);
    }
    return names;
  }

  private void addQuoted(char quote, Set<String> names) {
    var start = text.indexOf(quote) + 1;
    while (start > 0) {
      var end = text.indexOf(quote, start);
      if (end > start && end - start <= LONGEST_NAME) {
        names.add(text.substring(start, end));
      }
      start = end + 1;
    }
  }
}
