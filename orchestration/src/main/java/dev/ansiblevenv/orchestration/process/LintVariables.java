package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.playbook.CallVariables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The extra variables of a call as ansible-lint sees them. It hands them to `ansible-playbook
/// --syntax-check` as an argument, which other users can read, and its verdict is kept. So it gets
/// the values that name a playbook, a host, a role or a plugin. Of all others it gets a value of
/// the same type and form: enough for a syntax check, and no secret in it.
final class LintVariables {

  /// What Ansible takes for a boolean, and what stands for nothing.
  private static final Set<String> KEPT =
      Set.of("", "true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "0", "1", "none");

  private LintVariables() {}

  /// @param naming variables whose values name something
  static Map<String, @Nullable Object> of(CallVariables variables, Set<String> naming) {
    var seen = new TreeMap<String, @Nullable Object>();
    variables
        .values()
        .forEach((name, value) ->
            seen.put(name, naming.contains(name) && !isTagged(value) ? value : likeness(value)));
    return seen;
  }

  private static boolean isTagged(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        && (map.containsKey("__ansible_vault") || map.containsKey("__ansible_unsafe"));
  }

  private static @Nullable Object likeness(@Nullable Object value) {
    if (isTagged(value)) {
      return "x";
    }
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case Double _ -> 1.5;
      case Number _ -> 1;
      case List<?> list -> list.stream().map(LintVariables::likeness).toList();
      case Map<?, ?> map -> {
        var like = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, item) -> like.put(String.valueOf(key), likeness(item)));
        yield like;
      }
      default -> likeness(value.toString());
    };
  }

  private static String likeness(String text) {
    if (KEPT.contains(text.toLowerCase(java.util.Locale.ROOT))) {
      return text;
    }
    return text.matches("[0-9]+") ? "1" : text.matches("[0-9]+%") ? "1%" : "x";
  }
}
