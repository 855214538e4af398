package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.confinement.ConfinementChoice;
import dev.ansiblevenv.core.net.TrustedCertificates;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.process.SearchPath;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Looks at everything that the controller needs. Looks only: nothing is installed, fetched or
/// asked of the network, and what is wrong is part of the answer instead of an error.
public final class Doctor {

  private static final String CONFINEMENT = "lint confinement";
  private static final String FIRST_USE = "not installed yet; fetched at first use";

  private final Controller controller;
  private final ManagedUv uv;
  private final ControllerPython python;
  private final ManagedAnsibleLint lint;

  private final ConfinementChoice confinements;

  public Doctor(
      Controller controller,
      ManagedUv uv,
      ControllerPython python,
      ManagedAnsibleLint lint,
      ConfinementChoice confinements) {
    this.confinements = confinements;
    this.controller = controller;
    this.uv = uv;
    this.python = python;
    this.lint = lint;
  }

  /// In a fixed order.
  public List<ToolReport> reports() {
    return List.of(
        guarded("Java", this::java),
        guarded("python3", this::python),
        guarded("uv", this::uv),
        guarded("ansible-lint", this::ansibleLint),
        guarded(CONFINEMENT, this::confinement),
        guarded("ssh", () -> program("ssh", "-V", "openssh-client")),
        guarded("git", () -> program("git", "--version", "git")),
        guarded("Python index", this::index),
        guarded("CA certificates", this::certificates));
  }

  private static ToolReport guarded(String name, Supplier<ToolReport> look) {
    try {
      return look.get();
    } catch (Failure e) {
      return ToolReport.broken(name, e.where(), String.valueOf(e.getMessage()));
    }
  }

  private ToolReport java() {
    return ToolReport.working(
        "Java", Runtime.version().toString(), System.getProperty("java.home", ""));
  }

  private ToolReport python() {
    return python
        .find()
        .map(found -> ToolReport.working("python3", found.version(), found.executable().toString()))
        .orElseGet(() ->
            ToolReport.broken(
                "python3",
                "PATH",
                "no Python " + ControllerPython.OLDEST + " or newer: install python3"));
  }

  private ToolReport uv() {
    var installed = uv.installed();
    if (installed.isPresent()) {
      var origin = installed.get().executable() + " (" + installed.get().origin() + ")";
      return ToolReport.working("uv", installed.get().version(), origin);
    }
    var passedOver =
        uv.onPath().map(old -> "; " + old.executable() + " is older than " + Uv.OLDEST).orElse("");
    UvWheel.forPlatform(controller.platform());
    return ToolReport.working("uv", "", FIRST_USE + " (" + UvWheel.VERSION + ")" + passedOver);
  }

  private ToolReport ansibleLint() {
    if (python.find().isEmpty()) {
      return ToolReport.broken(
          "ansible-lint", "", "needs Python " + ControllerPython.OLDEST + " or newer");
    }
    return lint.installed()
        .map(directory ->
            ToolReport.working("ansible-lint", ManagedAnsibleLint.VERSION, directory.toString()))
        .orElseGet(() ->
            ToolReport.working(
                "ansible-lint", "", FIRST_USE + " (" + ManagedAnsibleLint.VERSION + ")"));
  }

  /// A machine without any can do everything: it is said, and no error.
  private ToolReport confinement() {
    var interpreter = lint.installed().map(ManagedAnsibleLint::interpreter);
    if (interpreter.isEmpty()) {
      return ToolReport.working(CONFINEMENT, "", "found out at first use");
    }
    try {
      var chosen = confinements.find(interpreter.get());
      var level = chosen.confinement().level().toString();
      return ToolReport.working(CONFINEMENT, level, String.join("; ", chosen.failures()));
    } catch (IOException e) {
      return ToolReport.broken(CONFINEMENT, "", String.valueOf(e.getMessage()));
    }
  }

  private ToolReport program(String name, String option, String debianPackage) {
    var found = SearchPath.of(controller.environment()).find(name);
    if (found.isEmpty()) {
      return ToolReport.broken(
          name, "PATH", "is not installed: `apt install " + debianPackage + "`");
    }
    try {
      var command = List.of(found.get().toString(), option);
      var said =
          new Program(command, controller.environment(), Path.of("/")).run(Duration.ofSeconds(20));
      return said.succeeded()
          ? ToolReport.working(name, said.lastLines(1), found.get().toString())
          : ToolReport.broken(name, found.get().toString(), said.lastLines(3));
    } catch (IOException e) {
      return ToolReport.broken(name, found.get().toString(), String.valueOf(e.getMessage()));
    }
  }

  private ToolReport index() {
    var indexes = PackageIndexes.of(controller.environment());
    return ToolReport.working(
        "Python index",
        "",
        String.join(", ", indexes.all().stream().map(PackageIndex::toString).toList()));
  }

  private ToolReport certificates() {
    return ToolReport.working(
        "CA certificates", "", new TrustedCertificates(controller.environment()).describe());
  }
}
