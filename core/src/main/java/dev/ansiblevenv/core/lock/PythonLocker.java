package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayList;
import java.util.List;

/// Asks uv, and tells a contradiction, for which another ansible-core may help, from everything
/// else.
final class PythonLocker {

  private final UvCompiler uv;
  private final LockRequest request;
  private final PythonRequirements requirements;

  PythonLocker(UvCompiler uv, LockRequest request) {
    this.uv = uv;
    this.request = request;
    this.requirements = new PythonRequirements(request.python());
  }

  /// A contradiction, for a person.
  record Contradictory(String text) implements Answer {}

  /// @param pylock the lock file's text
  record Found(String pylock) implements Answer {}

  sealed interface Answer {}

  /// Everything, with the newest ansible-core of a series that the requirements admit.
  Answer lock(AnsibleCoreSeries series) {
    var lines = new ArrayList<>(List.of(series.requirement()));
    lines.addAll(requirements.lines());
    return switch (uv.compile(lines, request)) {
      case UvCompiler.Result.Locked(var pylock) -> {
        checkPortable(pylock);
        yield new Found(pylock);
      }
      case UvCompiler.Result.NoSolution(var text) -> new Contradictory(withOrigins(text));
      case UvCompiler.Result.Unreadable(var text) ->
          throw new InvalidInput(
              "a Python requirement is not valid",
              requirements.origins(text),
              text,
              "write it as PEP 508 says");
      case UvCompiler.Result.Failed(var text) ->
          throw new Unresolvable(
              "cannot lock the Python packages",
              "",
              withOrigins(text),
              "check the index that uv is configured for (UV_DEFAULT_INDEX, UV_INDEX)");
    };
  }

  private String withOrigins(String text) {
    var origins = requirements.origins(text);
    return origins.isEmpty() ? text : text + "\nrequired: " + origins;
  }

  private static void checkPortable(String pylock) {
    if (pylock.contains("path = \"") || pylock.contains("\"file:")) {
      throw new Unresolvable(
          "cannot lock the Python packages",
          "",
          "uv takes some of them from files of this machine (UV_FIND_LINKS), which no host has",
          "take them from an index");
    }
    // What a login in a URL looks like after it was taken out.
    if (pylock.contains("***@")) {
      throw new Unresolvable(
          "cannot lock the Python packages",
          "",
          "a URL with a login in it would stand in the lock",
          "give the login in ~/.netrc or UV_INDEX_<NAME>_USERNAME and _PASSWORD");
    }
  }
}
