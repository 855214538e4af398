package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.core.environment.HostEnvironment;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tasks that run as another user than root and the account: they start the environment's Python,
/// too.
final class OtherUsers {

  private static final Pattern KEYWORD =
      Pattern.compile("(?m)^ *((?:ansible_)?become_user: (?!\"root\"$).*)$");

  private OtherUsers() {}

  /// What to tell the user before a run in which such tasks would fail.
  ///
  /// @param option the user whom the call names; empty for none
  static Optional<String> warning(
      CanonicalForm closure, String option, HostEnvironment environment) {
    return environment.obstacle().isEmpty()
        ? Optional.empty()
        : place(closure, option)
            .map(place ->
                "tasks of other users (%s) cannot start the Python of `%s`: %s; give the directory `o+x`, or set `ansible_venv_home` to one that other users can get into"
                    .formatted(place, environment.path(), environment.obstacle()));
  }

  private static Optional<String> place(CanonicalForm closure, String option) {
    if (!option.isEmpty() && !option.equals("root")) {
      return Optional.of("`" + option + "`");
    }
    for (var file : closure.files().entrySet()) {
      var match = KEYWORD.matcher(file.getValue());
      if (match.find()) {
        var name = file.getKey().equals(CanonicalForm.ENTRY) ? "the playbook" : file.getKey();
        return Optional.of("`" + match.group(1) + "` in " + name);
      }
    }
    return Optional.empty();
  }
}
