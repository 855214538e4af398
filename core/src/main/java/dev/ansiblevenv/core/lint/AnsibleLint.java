package dev.ansiblevenv.core.lint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.confinement.Confinement;
import dev.ansiblevenv.core.confinement.ConfinementChoice;
import dev.ansiblevenv.core.confinement.ConfinementLevel;
import dev.ansiblevenv.core.confinement.StartScripts;
import dev.ansiblevenv.core.confinement.UntrustedScript;
import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.tool.Controller;
import dev.ansiblevenv.core.tool.ManagedAnsibleLint;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.formats.file.Boundary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks the real ansible-lint about a playbook. The project's own configuration decides what fails;
/// where there is none, only what makes a playbook unloadable does (profile `min`).
///
/// ansible-lint runs code of the project: templates in play keywords, plugins, rules. So it is
/// confined to reading the project and itself. Its verdict is advice, no gate of security: that
/// code can make it say anything.
///
/// A verdict already given for the same content is taken from the cache; no program is started
/// then.
public final class AnsibleLint {

  private static final String NAME = "ansible-lint " + ManagedAnsibleLint.VERSION;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final List<String> SCRIPTS = List.of("lint.py", "sitecustomize.py");
  private static final int PASSED = 0;
  private static final int FOUND = 2;

  private final Controller controller;
  private final ManagedAnsibleLint tool;
  private final VerdictCache cache;

  private final ConfinementChoice confinements;
  private final Duration limit;
  private final boolean isClosed;

  public AnsibleLint(
      Controller controller, ManagedAnsibleLint tool, ConfinementChoice confinements) {
    this(controller, tool, confinements, LIMIT);
  }

  AnsibleLint(
      Controller controller,
      ManagedAnsibleLint tool,
      ConfinementChoice confinements,
      Duration limit) {
    this.controller = controller;
    this.tool = tool;
    this.confinements = confinements;
    this.limit = limit;
    this.cache = new VerdictCache(controller.cache().resolve("lint"));
    this.isClosed = Boundary.isClosed(controller.environment());
  }

  /// A verdict already given for the same content. One that failed counts only for the same
  /// collections path: with more to see, ansible-lint may know the module that it missed. One that
  /// passed counts whatever is visible now, so that nothing has to be unpacked to ask for it.
  ///
  /// Milliseconds; starts no program, needs no tool.
  public Optional<LintVerdict> known(LintRequest request) {
    return guarded(
        request,
        () -> {
          var configuration = LintConfiguration.find(request, isClosed);
          return configuration.hasOwnRules()
              ? Optional.empty()
              : cache.find(key(request, configuration), request.fetched());
        });
  }

  /// Whether a new verdict needs no download.
  public boolean isInstalled() {
    return tool.installed().isPresent();
  }

  /// The known verdict, else a new one.
  ///
  /// @param mustBeConfined whether to refuse where ansible-lint cannot be confined
  /// @param warnings told once a machine that it cannot
  /// @throws InvalidInput when ansible-lint gives no verdict: its configuration is invalid, or it
  ///   crashed on the project
  /// @throws UsageFailure when it must be confined and cannot
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when it is not installed and cannot be
  public LintVerdict lint(LintRequest request, boolean mustBeConfined, Consumer<String> warnings) {
    return known(request)
        .orElseGet(() ->
            guarded(
                request,
                () -> {
                  var environment = tool.environment();
                  var chosen = confinements.find(ManagedAnsibleLint.interpreter(environment));
                  announce(chosen, mustBeConfined, warnings);
                  var configuration = LintConfiguration.find(request, isClosed);
                  return fresh(request, configuration, environment, chosen.confinement());
                }));
  }

  private static void announce(
      ConfinementChoice.Chosen chosen, boolean mustBeConfined, Consumer<String> warnings) {
    if (chosen.confinement().level() != ConfinementLevel.NONE) {
      return;
    }
    if (mustBeConfined) {
      throw new UsageFailure(
          "ansible-lint cannot be confined on this machine",
          "",
          String.join("\n", chosen.failures()),
          "install bubblewrap, or lint elsewhere");
    }
    if (chosen.isNew()) {
      warnings.accept(
          "ansible-lint cannot be confined on this machine and runs the project's code with your"
              + " rights; `ansible-venv doctor` says why");
    }
  }

  private static <T> T guarded(LintRequest request, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new StateConflict(
          "cannot lint", request.relativePlaybook(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private static String key(LintRequest request, LintConfiguration configuration)
      throws IOException {
    return FileHash.of(
        String.join(
            "\n",
            NAME,
            ManagedAnsibleLint.lockDigest(),
            request.contentHash(),
            request.project().toString(),
            request.relativePlaybook(),
            request.rolesPath().toString(),
            request.variables().isEmpty() ? "" : JSON.std.asString(request.variables()),
            configuration.identity()));
  }

  private LintVerdict fresh(
      LintRequest request,
      LintConfiguration configuration,
      Path environment,
      Confinement confinement)
      throws IOException {
    var key = key(request, configuration);
    var completed = confinement.run(script(request, configuration, environment), limit);
    if (!completed.succeeded()) {
      throw noVerdict(
          request, "exit code " + completed.exitCode() + "\n" + completed.lastLines(10), null);
    }
    var answer = answer(request, completed);
    var verdict = verdict(request, answer, completed);
    if (answer.files().isPresent() && !configuration.hasOwnRules()) {
      var hashes = new TreeMap<String, String>();
      for (var file : answer.files().get()) {
        hashes.put(file.toString(), FileHash.of(file));
      }
      cache.store(key, new VerdictCache.Entry(verdict, request.fetched(), hashes));
    }
    return verdict;
  }

  private UntrustedScript script(
      LintRequest request, LintConfiguration configuration, Path environment) throws IOException {
    var scripts =
        new StartScripts(controller.cache().resolve("lint"))
            .with(LintEnvironment.INVENTORY, "localhost\n")
            .with(LintEnvironment.NO_CONFIGURATION, "");
    for (var name : SCRIPTS) {
      scripts.with(AnsibleLint.class, name);
    }
    var start = scripts.written();
    var arguments = new ArrayList<String>();
    arguments.add(JSON.std.asString(request.variables()));
    arguments.addAll(List.of("--offline", "--nocolor", "--format=codeclimate"));
    arguments.addAll(configuration.options());
    arguments.addAll(List.of("--", request.relativePlaybook()));
    var home = Path.of(controller.environment().getOrDefault("HOME", "/root"));
    return new UntrustedScript(
        ManagedAnsibleLint.interpreter(environment),
        start.resolve("lint.py"),
        arguments,
        scratch -> new LintEnvironment(environment, start).variables(request, scratch),
        new LintedFiles(home, controller.cache()).of(request, configuration),
        request.project());
  }

  private static LintAnswer answer(LintRequest request, Completed completed) {
    try {
      return LintAnswer.parse(completed.output());
    } catch (IOException e) {
      throw noVerdict(request, "its answer cannot be read\n" + completed.lastLines(10), e);
    }
  }

  private static LintVerdict verdict(LintRequest request, LintAnswer answer, Completed completed) {
    var passed = answer.code() == PASSED;
    if (!passed && answer.code() != FOUND) {
      throw noVerdict(request, "exit code " + answer.code() + "\n" + completed.lastLines(10), null);
    }
    try {
      var findings = CodeClimateReport.parse(answer.report(), request.relativePlaybook());
      return new LintVerdict(NAME, passed, passed ? findings : withAnError(findings));
    } catch (IOException e) {
      throw noVerdict(request, "its report cannot be read\n" + completed.lastLines(10), e);
    }
  }

  /// With the option `strict` a warning is enough to fail.
  private static List<Finding> withAnError(List<Finding> findings) {
    return findings.stream().anyMatch(Finding::fatal)
        ? findings
        : findings.stream()
            .map(f -> new Finding(f.location(), f.rule(), f.message(), true))
            .toList();
  }

  private static InvalidInput noVerdict(
      LintRequest request, String why, @Nullable Throwable cause) {
    return new InvalidInput(
        "ansible-lint gives no verdict",
        request.relativePlaybook(),
        why.replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""),
        "check the project's ansible-lint and Ansible configuration",
        cause);
  }

  private interface Work<T> {
    T run() throws IOException;
  }
}
