package dev.ansiblevenv.analysis.canonical;

/// How Ansible reads a file of the closure, and with that what in it cannot be seen.
public enum FileKind {
  /// a list of plays
  PLAYBOOK,
  /// a list of tasks or handlers
  TASKS,
  /// a role's `meta/`
  META,
  /// a mapping of variables, or a requirements file: YAML data
  DATA,
  /// read byte by byte: templates, plugins, `ansible.cfg`, encrypted and broken files
  RAW
}
