package dev.ansiblevenv.orchestration.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Options of `ansible-playbook` that pass through, under Ansible's own names
/// ([reference](https://docs.ansible.com/ansible/latest/cli/ansible-playbook.html)).
///
/// @param verbosity the number of `-v`, 0 to 6
/// @param extraVars names to JSON values: text, numbers, booleans, lists, maps; they travel in the
///   stream, never in an argument list
/// @param forks 0 for Ansible's own default
public record PlaybookOptions(
    List<String> tags,
    List<String> skipTags,
    Optional<String> limit,
    boolean check,
    boolean diff,
    boolean become,
    int verbosity,
    int forks,
    Optional<String> startAtTask,
    Map<String, Object> extraVars) {

  public static final PlaybookOptions NONE =
      new PlaybookOptions(
          List.of(),
          List.of(),
          Optional.empty(),
          false,
          false,
          false,
          0,
          0,
          Optional.empty(),
          Map.of());

  /// Without the variables' values, which may be secrets.
  @Override
  public String toString() {
    return "PlaybookOptions[extraVars=" + extraVars.keySet() + "]";
  }
}
