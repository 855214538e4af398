package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Finds the Python that runs the controller's own tools: `python3` on PATH if it is new enough,
/// else the newest `python3.N` there.
public final class ControllerPython {

  /// What ansible-lint's lock asks for.
  public static final String OLDEST = "3.11";

  private static final List<String> NAMES =
      List.of("python3", "python3.14", "python3.13", "python3.12", "python3.11");

  private static final String ASK =
      "import sys; print('.'.join(map(str, sys.version_info[:3]))); print(sys.executable)";

  private final Controller controller;

  public ControllerPython(Controller controller) {
    this.controller = controller;
  }

  /// @throws Unresolvable when there is none
  public Python require() {
    return find()
        .orElseThrow(() ->
            new Unresolvable(
                "no Python " + OLDEST + " or newer is on PATH",
                "",
                "ansible-lint runs with it",
                "install it, for example with `apt install python3` or `dnf install"
                    + " python3.12`"));
  }

  public Optional<Python> find() {
    var path = SearchPath.of(controller.environment());
    for (var name : NAMES) {
      var python = path.find(name).flatMap(this::ask).filter(ControllerPython::fits);
      if (python.isPresent()) {
        return python;
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Python python) {
    return ToolVersion.of(python.version()).compareTo(ToolVersion.of(OLDEST)) >= 0;
  }

  private Optional<Python> ask(Path executable) {
    var environment = new TreeMap<>(controller.environment());
    environment.keySet().removeIf(name -> name.startsWith("PYTHON") || name.equals("VIRTUAL_ENV"));
    try {
      var program =
          new Program(List.of(executable.toString(), "-I", "-c", ASK), environment, Path.of("/"));
      var said = program.run(Duration.ofSeconds(30));
      var lines = said.output().lines().toList();
      return said.succeeded() && lines.size() == 2
          ? Optional.of(new Python(Path.of(lines.get(1)), lines.get(0)))
          : Optional.empty();
    } catch (IOException e) {
      // Not a program for this machine: as good as not there.
      return Optional.empty();
    }
  }
}
