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

  /// @param text what was asked for: a version or a lock file
  record Found(String text) implements Answer {}

  sealed interface Answer {}

  /// The newest release of a series that the user's own requirements admit.
  Answer newest(AnsibleCoreSeries series) {
    var lines = new ArrayList<>(List.of(series.requirement()));
    requirements.on("ansible-core").forEach(requirement -> lines.add(requirement.line().strip()));
    return switch (compile(lines, false)) {
      case Found(var pylock) -> new Found(new Lock(pylock, List.of()).ansibleCoreVersion());
      case Contradictory contradictory -> contradictory;
    };
  }

  /// Everything, with exactly this ansible-core.
  Answer lock(String ansibleCore) {
    var lines = new ArrayList<>(List.of("ansible-core==" + ansibleCore));
    lines.addAll(requirements.lines());
    return compile(lines, true);
  }

  private Answer compile(List<String> lines, boolean withDependencies) {
    return switch (uv.compile(lines, request, withDependencies)) {
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
  }
}
