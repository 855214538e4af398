package dev.ansiblevenv.core.lint;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.core.tool.Controller;
import dev.ansiblevenv.core.tool.ManagedAnsibleLint;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Asks the real ansible-lint about a playbook. The project's own configuration decides what fails;
/// where there is none, only what makes a playbook unloadable does (profile `min`). ansible-lint
/// reads the project, writes nothing into it, and stays off the network.
///
/// A verdict already given for the same content is taken from the cache; no program is started
/// then.
public final class AnsibleLint {

  private static final String NAME = "ansible-lint " + ManagedAnsibleLint.VERSION;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int PASSED = 0;
  private static final int FOUND = 2;

  private final Controller controller;
  private final ManagedAnsibleLint tool;
  private final VerdictCache cache;

  public AnsibleLint(Controller controller, ManagedAnsibleLint tool) {
    this.controller = controller;
    this.tool = tool;
    this.cache = new VerdictCache(controller.cache().resolve("lint"));
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
          var configuration = LintConfiguration.find(request);
          return configuration.hasOwnRules()
              ? Optional.empty()
              : cache.find(key(request, configuration), request.fetched());
        });
  }

  /// The known verdict, else a new one.
  ///
  /// @throws InvalidInput when ansible-lint gives no verdict: its configuration is invalid, or it
  ///   crashed on the project
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when it is not installed and cannot be
  public LintVerdict lint(LintRequest request) {
    return known(request)
        .orElseGet(() -> guarded(request, () -> fresh(request, LintConfiguration.find(request))));
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

  private LintVerdict fresh(LintRequest request, LintConfiguration configuration)
      throws IOException {
    var key = key(request, configuration);
    var environment = tool.environment();
    var runs = Files.createDirectories(controller.cache().resolve("lint"));
    var home = Files.createTempDirectory(runs, "run-");
    try {
      var notes = home.resolve("notes.json");
      var completed = run(request, configuration, environment, home, notes);
      var verdict = verdict(request, completed);
      if (Files.exists(notes) && !configuration.hasOwnRules()) {
        var files = hashes(Files.readString(notes));
        cache.store(key, new VerdictCache.Entry(verdict, request.fetched(), files));
      }
      return verdict;
    } finally {
      delete(home);
    }
  }

  private Completed run(
      LintRequest request, LintConfiguration configuration, Path environment, Path home, Path notes)
      throws IOException {
    var script = home.resolve("lint_read_only.py");
    try (InputStream content = AnsibleLint.class.getResourceAsStream("lint_read_only.py")) {
      if (content == null) {
        throw new IllegalStateException("lint_read_only.py is not in this program's jar");
      }
      Files.copy(content, script);
    }
    var command = new ArrayList<String>();
    command.add(environment.resolve("bin/python").toString());
    command.add(script.toString());
    command.add(notes.toString());
    command.add(JSON.std.asString(request.variables()));
    command.addAll(List.of("--offline", "--nocolor", "--format=codeclimate"));
    command.addAll(configuration.options());
    command.addAll(List.of("--", request.relativePlaybook()));
    var path = controller.environment().getOrDefault("PATH", "/usr/bin:/bin");
    var variables = new LintEnvironment(environment, home, path).variables(request);
    return new Program(command, variables, request.project()).run(LIMIT);
  }

  private static LintVerdict verdict(LintRequest request, Completed completed) {
    var passed = completed.exitCode() == PASSED;
    if (!passed && completed.exitCode() != FOUND) {
      throw noVerdict(
          request, "exit code " + completed.exitCode() + "\n" + completed.lastLines(10), null);
    }
    try {
      var findings = CodeClimateReport.parse(completed.output(), request.relativePlaybook());
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
        why,
        "check the project's ansible-lint and Ansible configuration",
        cause);
  }

  private static Map<String, String> hashes(String notes) throws IOException {
    var hashes = new TreeMap<String, String>();
    if (JSON.std.anyFrom(notes) instanceof List<?> files) {
      for (var file : files) {
        hashes.put(String.valueOf(file), FileHash.of(Path.of(String.valueOf(file))));
      }
    }
    return hashes;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }
}
