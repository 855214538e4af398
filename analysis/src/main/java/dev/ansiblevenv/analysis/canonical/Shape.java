package dev.ansiblevenv.analysis.canonical;

/// What a value is to Ansible, by where it stands. The order of keys shows in data only: it is what
/// a loop over the mapping sees, while plays, blocks, tasks and role entries are objects whose
/// attributes Ansible reads [by
/// name](https://docs.ansible.com/ansible/latest/reference_appendices/playbooks_keywords.html).
enum Shape {
  PLAYS,
  PLAY,
  TASKS,
  TASK,
  ROLES,
  ROLE,
  META,
  DATA;

  Shape item() {
    return switch (this) {
      case PLAYS -> PLAY;
      case TASKS -> TASK;
      case ROLES -> ROLE;
      case PLAY, TASK, ROLE, META, DATA -> DATA;
    };
  }

  Shape under(String key) {
    return switch (this) {
      case PLAY ->
          switch (key) {
            case "pre_tasks", "tasks", "post_tasks", "handlers" -> TASKS;
            case "roles" -> ROLES;
            default -> DATA;
          };
      case TASK ->
          switch (key) {
            case "block", "rescue", "always" -> TASKS;
            default -> DATA;
          };
      case META -> key.equals("dependencies") ? ROLES : DATA;
      case PLAYS, TASKS, ROLES, ROLE, DATA -> DATA;
    };
  }

  boolean keyOrderShows() {
    return switch (this) {
      case PLAY, TASK, ROLE -> false;
      case PLAYS, TASKS, ROLES, META, DATA -> true;
    };
  }
}
