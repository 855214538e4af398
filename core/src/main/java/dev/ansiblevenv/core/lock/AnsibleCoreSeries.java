package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.List;
import java.util.regex.Pattern;

/// A minor series of ansible-core and the Pythons that it supports on the controlling side, from
/// the [support
/// matrix](https://docs.ansible.com/ansible/latest/reference_appendices/release_and_maintenance.html#ansible-core-support-matrix).
/// Packages themselves state the lower bound only, so pip and uv install what does not work.
///
/// @param minor of version 2
/// @param oldestPython minor of version 3
/// @param newestPython minor of version 3
record AnsibleCoreSeries(int minor, int oldestPython, int newestPython) {

  /// Newest first.
  static final List<AnsibleCoreSeries> ALL =
      List.of(
          new AnsibleCoreSeries(21, 12, 14),
          new AnsibleCoreSeries(20, 12, 14),
          new AnsibleCoreSeries(19, 11, 13),
          new AnsibleCoreSeries(18, 11, 13),
          new AnsibleCoreSeries(17, 10, 12),
          new AnsibleCoreSeries(16, 10, 12),
          new AnsibleCoreSeries(15, 9, 11),
          new AnsibleCoreSeries(14, 9, 11));

  private static final Pattern UNBOUNDED =
      Pattern.compile("(?m)^requires-python = \">=(3\\.[0-9]+)\"$");

  private static final Pattern PYTHON = Pattern.compile("3\\.([0-9]{1,3})(?:\\..*)?");

  /// What runs on this Python, newest first.
  ///
  /// @param python `3.11`
  /// @throws Unresolvable when nothing does
  static List<AnsibleCoreSeries> forPython(String python) {
    var match = PYTHON.matcher(python);
    if (!match.matches()) {
      throw new InvalidInput("is not a Python 3 version", "", "it is `" + python + "`", "");
    }
    var minor = Integer.parseInt(match.group(1));
    var fitting =
        ALL.stream().filter(s -> s.oldestPython <= minor && minor <= s.newestPython).toList();
    if (fitting.isEmpty()) {
      var oldest = ALL.stream().mapToInt(AnsibleCoreSeries::oldestPython).min().orElseThrow();
      var newest = ALL.stream().mapToInt(AnsibleCoreSeries::newestPython).max().orElseThrow();
      throw new Unresolvable(
          "no ansible-core supports Python 3." + minor,
          "",
          "this version of ansible-venv knows ansible-core for Python 3."
              + oldest
              + " to 3."
              + newest,
          minor < oldest
              ? "install Python 3."
                  + oldest
                  + " or newer on the host (the newest ansible-core needs 3."
                  + ALL.getFirst().oldestPython
                  + "), or name one that is there in `ansible_python_interpreter`"
              : "install one of these beside it, or name it in `ansible_python_interpreter`");
    }
    return fitting;
  }

  /// The Pythons between the oldest and the newest, which packages themselves bound below only, as
  /// a PEP 440 specifier.
  ///
  /// @param oldest `3.9`, at least [#oldestPython]
  String pythons(String oldest) {
    return ">=" + oldest + ",<3." + (newestPython + 1);
  }

  /// For a person: `3.9 to 3.11`.
  String pythons() {
    return "3." + oldestPython + " to 3." + newestPython;
  }

  /// A `pylock.toml` that names the newest Python, too. Those that earlier versions of this program
  /// made name the oldest only.
  ///
  /// @throws dev.ansiblevenv.diagnostic.StateConflict when `pylock` is not a lock file
  static String bounded(String pylock) {
    var head = pylock.split("\n\\[", 2)[0];
    var unbounded = UNBOUNDED.matcher(head);
    if (!unbounded.find()) {
      return pylock;
    }
    var core = Pylock.parse(pylock, "pylock.toml").versions("ansible-core");
    return ALL.stream()
        .filter(series -> core.size() == 1 && core.getFirst().startsWith(series + "."))
        .findFirst()
        .map(series ->
            unbounded.replaceFirst(
                    "requires-python = \"" + series.pythons(unbounded.group(1)) + "\"")
                + pylock.substring(head.length()))
        .orElse(pylock);
  }

  /// A requirement that any release of the series satisfies.
  String requirement() {
    return "ansible-core==2." + minor + ".*";
  }

  @Override
  public String toString() {
    return "2." + minor;
  }
}
