package dev.ansiblevenv.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The options of
/// [ansible-playbook](https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html) that pass
/// through. Empty texts and zeros leave Ansible's defaults.
///
/// @param verbosity number of `v`
public record RunOptions(
    List<String> tags,
    List<String> skipTags,
    String limit,
    String startAtTask,
    String becomeUser,
    String becomeMethod,
    int forks,
    int verbosity,
    Set<Flag> flags) {

  /// Options without a value, under Ansible's names.
  public enum Flag {
    CHECK,
    DIFF,
    BECOME,
    FORCE_HANDLERS,
    FLUSH_CACHE,
    LIST_TASKS,
    LIST_TAGS,
    LIST_HOSTS,
    SYNTAX_CHECK
  }

  public static final RunOptions DEFAULTS =
      new RunOptions(List.of(), List.of(), "", "", "", "", 0, 0, Set.of());

  public RunOptions {
    tags = List.copyOf(tags);
    skipTags = List.copyOf(skipTags);
    flags = Set.copyOf(flags);
  }

  Map<String, Object> message() {
    var message = new LinkedHashMap<String, Object>();
    message.put("tags", tags);
    message.put("skip_tags", skipTags);
    putText(message, "limit", limit);
    putText(message, "start_at_task", startAtTask);
    putText(message, "become_user", becomeUser);
    putText(message, "become_method", becomeMethod);
    if (forks > 0) {
      message.put("forks", forks);
    }
    message.put("verbosity", verbosity);
    flags.forEach(flag -> message.put(flag.name().toLowerCase(Locale.ROOT), true));
    return message;
  }

  private static void putText(Map<String, Object> message, String name, String text) {
    if (!text.isEmpty()) {
      message.put(name, text);
    }
  }
}
