package dev.ansiblevenv.analysis.playbook;

import java.util.ArrayList;
import java.util.List;

/// The [levels of
/// precedence](https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html#understanding-variable-precedence)
/// of variables, weakest first, as `VariableManager.get_vars` of ansible-core applies them.
enum Level {
  /// Defaults of the other roles of a play.
  PLAY_DEFAULTS,
  /// Defaults of the role and of the roles that led to it.
  ROLE_DEFAULTS,
  /// What inventories, `group_vars/` and `host_vars/` give a host; see {@link HostVariables}.
  HOST,
  FACTS,
  PLAY,
  /// `vars` of an `import_playbook`.
  IMPORT_PLAYBOOK,
  PROMPT,
  VARS_FILES,
  /// `vars/` of the other roles of a play.
  PLAY_ROLES,
  /// `vars/` of the role and of the roles that led to it.
  ROLE,
  /// `vars` of blocks, tasks and static imports.
  TASK,
  INCLUDE_VARS,
  /// `set_fact` and `register`.
  SET_FACT,
  ROLE_PARAMETERS,
  /// `vars` of dynamic includes.
  INCLUDE_PARAMETERS,
  /// `--extra-vars`
  CALL,
  /// Magic variables, and those of loops.
  MAGIC;

  private static final List<Level> STRONGEST_FIRST = List.of(values()).reversed();
  private static final List<Level> STRONGEST_FIRST_WHILE_LOADING = whileLoading();

  /// A play gets the variables of its import only when it has been loaded.
  private static List<Level> whileLoading() {
    var levels = new ArrayList<>(STRONGEST_FIRST);
    levels.remove(IMPORT_PLAYBOOK);
    levels.add(levels.indexOf(PLAY) + 1, IMPORT_PLAYBOOK);
    return List.copyOf(levels);
  }

  /// When a template is rendered decides which levels it can see.
  enum Stage {
    /// While a task runs.
    RUN,
    /// While a playbook is loaded: names of static imports and of a play's roles. No host is known.
    LOAD,
    /// Names of a play's `vars_files`.
    VARS_FILES;

    List<Level> strongestFirst() {
      return this == LOAD ? STRONGEST_FIRST_WHILE_LOADING : STRONGEST_FIRST;
    }

    boolean sees(Level level) {
      return switch (this) {
        case RUN -> true;
        case LOAD -> level != HOST && level != FACTS && level != INCLUDE_VARS && level != SET_FACT;
        case VARS_FILES ->
            level.compareTo(VARS_FILES_LEVEL) <= 0 || level == CALL || level == MAGIC;
      };
    }

    private static final Level VARS_FILES_LEVEL = Level.VARS_FILES;
  }
}
