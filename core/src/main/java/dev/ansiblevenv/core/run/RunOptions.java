package dev.ansiblevenv.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    int forks,
    int verbosity,
    boolean check,
    boolean diff,
    boolean become) {

  public static final RunOptions DEFAULTS =
      new RunOptions(List.of(), List.of(), "", "", 0, 0, false, false, false);

  public RunOptions {
    tags = List.copyOf(tags);
    skipTags = List.copyOf(skipTags);
  }

  Map<String, Object> message() {
    var message = new LinkedHashMap<String, Object>();
    message.put("tags", tags);
    message.put("skip_tags", skipTags);
    if (!limit.isEmpty()) {
      message.put("limit", limit);
    }
    if (!startAtTask.isEmpty()) {
      message.put("start_at_task", startAtTask);
    }
    if (forks > 0) {
      message.put("forks", forks);
    }
    message.put("verbosity", verbosity);
    message.put("check", check);
    message.put("diff", diff);
    message.put("become", become);
    return message;
  }
}
