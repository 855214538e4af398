package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Asks uv, and tells a contradiction, for which another ansible-core may help, from everything
/// else.
final class PythonLocker {

  private static final Pattern REQUIRES_PYTHON =
      Pattern.compile("(?m)^requires-python = \"[^\"]*\"");

  private final UvCompiler uv;
  private final LockRequest request;
  private final PythonRequirements requirements;
  private final HashedFiles hashed;

  PythonLocker(UvCompiler uv, LockRequest request) {
    this.uv = uv;
    this.request = request;
    this.requirements =
        new PythonRequirements(request.python(), request.bounds().python(), request.isTrusted());
    this.hashed = new HashedFiles(request.bounds().python());
  }

  /// The requirements contradict each other.
  record Contradictory(SolverExplanation explanation) implements Answer {}

  /// @param pylock the lock file's text
  record Found(String pylock) implements Answer {}

  sealed interface Answer {}

  /// Everything, with the newest ansible-core of a series that the requirements admit, for the
  /// Pythons that this series supports.
  Answer lock(AnsibleCoreSeries series) {
    var lines = new ArrayList<>(List.of(series.requirement()));
    lines.addAll(requirements.lines());
    return switch (uv.compile(lines, requirements.constraints(), request)) {
      case UvCompiler.Result.Locked(var pylock) -> {
        checkPortable(pylock);
        yield new Found(bounded(hashed.only(pylock), series));
      }
      case UvCompiler.Result.NoSolution(var text) ->
          new Contradictory(SolverExplanation.of(text, requirements.all(), request.isTrusted()));
      case UvCompiler.Result.Unreadable(var text) -> {
        var explanation = SolverExplanation.of(text, requirements.all(), request.isTrusted());
        throw new InvalidInput(
            "a Python requirement is not valid",
            explanation.where(),
            text,
            "write it as PEP 508 says");
      }
      case UvCompiler.Result.Refused(var index, var answer) ->
          throw new Unresolvable(
              "the Python index refuses the login",
              index,
              "it answers " + answer,
              "give a valid login in the index's URL, in ~/.netrc, or in UV_INDEX_<NAME>_USERNAME"
                  + " and _PASSWORD");
      case UvCompiler.Result.Failed(var text) ->
          throw new Unresolvable(
              "cannot lock the Python packages",
              requirements.origin(text),
              text,
              text.startsWith("Failed to build")
                  ? "allow a version that has wheels, or install here what its build asks for"
                  : text.contains("Failed to fetch")
                      ? "check the index that uv is configured for (UV_DEFAULT_INDEX, UV_INDEX)"
                      : "");
    };
  }

  /// uv states the lower bound only: neither it nor pip would refuse a newer Python that
  /// ansible-core does not run on.
  private String bounded(String pylock, AnsibleCoreSeries series) {
    return REQUIRES_PYTHON
        .matcher(pylock)
        .replaceFirst("requires-python = \"" + series.pythons(request.pythonVersion()) + "\"");
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
