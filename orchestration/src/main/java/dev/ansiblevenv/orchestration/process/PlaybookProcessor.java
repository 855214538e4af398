package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.AnalysisRequest;
import dev.ansiblevenv.analysis.PlaybookAnalyzer;
import dev.ansiblevenv.analysis.explain.Explainer;
import dev.ansiblevenv.analysis.explain.Explanation;
import dev.ansiblevenv.core.lint.AnsibleLint;
import dev.ansiblevenv.core.lint.LintRequest;
import dev.ansiblevenv.core.lint.LintVerdict;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// From a playbook to what is known about it: own analysis first, then the verdict of ansible-lint,
/// which sees the collections that the analysis found. Writes nothing of the user's.
public final class PlaybookProcessor {

  private final Path project;
  private final Map<String, String> environment;
  private final Once<PlaybookAnalyzer> analyzer;
  private final AnsibleLint lint;
  private final FormCache forms;
  private final Clock clock;

  /// @param analyzer made at the first use: it knows every plugin name, which takes time to load
  public PlaybookProcessor(
      Path project,
      Clock clock,
      Map<String, String> environment,
      Supplier<PlaybookAnalyzer> analyzer,
      AnsibleLint lint,
      FormCache forms) {
    this.project = project;
    this.clock = clock;
    this.environment = environment;
    this.analyzer = new Once<>(analyzer);
    this.lint = lint;
    this.forms = forms;
  }

  /// Where ansible-lint finds the collections that a playbook needs.
  @FunctionalInterface
  public interface VisibleCollections {

    /// Called only when ansible-lint has to be run.
    Path root(Analysis analysis);
  }

  public Analysis analyze(Path playbook, ProcessOptions options) {
    var analysis = analyzer.get().analyze(request(playbook, options));
    forms.keep(analysis.canonicalForm());
    return analysis;
  }

  /// Why something of this name is among what the playbook needs, or is not.
  ///
  /// @param locks the lock that a spec of a name has
  public Explanation explain(
      Path playbook, String name, ProcessOptions options, Function<String, Optional<Lock>> locks) {
    var examination = analyzer.get().examine(request(playbook, options));
    var explanation = new Explainer(examination).explain(name);
    return locks
        .apply(examination.analysis().name())
        .map(lock -> LockedNames.added(explanation, lock))
        .orElse(explanation);
  }

  private AnalysisRequest request(Path playbook, ProcessOptions options) {
    return new AnalysisRequest(project, playbook, options.rolesPath(), environment);
  }

  /// What a valid playbook's environment has to hold, named by the playbook's content.
  public VenvSpecification specification(PlaybookReport report, Path playbook) {
    var source = project.relativize(playbook.toAbsolutePath().normalize()).toString();
    return Specifications.of(report, source, clock);
  }

  public ChangeExplanation whyChanged(VenvSpecification old, Analysis now) {
    return ChangeExplanation.of(old, forms, now.canonicalForm());
  }

  /// The verdict on an analysed playbook.
  public PlaybookReport validate(
      Analysis analysis,
      Path playbook,
      ProcessOptions options,
      VisibleCollections collections,
      Consumer<Progress> progress) {
    if (options.skipLint() || analysis.findings().stream().anyMatch(Finding::fatal)) {
      return new PlaybookReport(analysis, Optional.empty(), Optional.empty());
    }
    try {
      return new PlaybookReport(
          analysis,
          Optional.of(verdict(analysis, playbook, options, collections, progress)),
          Optional.empty());
    } catch (Failure failure) {
      return new PlaybookReport(analysis, Optional.empty(), Optional.of(failure));
    }
  }

  private LintVerdict verdict(
      Analysis analysis,
      Path playbook,
      ProcessOptions options,
      VisibleCollections collections,
      Consumer<Progress> progress) {
    var request =
        new LintRequest(
            project,
            playbook,
            analysis.canonicalForm().contentHash(),
            List.of(),
            options.rolesPath());
    var known = lint.known(request);
    if (known.isPresent()) {
      return known.get();
    }
    var visible =
        analysis.collections().isEmpty()
            ? request
            : request.seeing(List.of(collections.root(analysis)));
    progress.accept(new Progress.Step("Linting " + project.relativize(playbook)));
    return lint.lint(visible);
  }

  /// @throws Failure when the playbook may not be deployed; names the first findings
  public static void requireValid(PlaybookReport report) {
    report
        .obstacle()
        .ifPresent(failure -> {
          throw failure;
        });
    if (!report.valid()) {
      var fatal = report.findings().stream().filter(Finding::fatal).toList();
      throw new InvalidInput(
          "the playbook is not valid",
          "",
          fatal.size() == 1
              ? fatal.getFirst().toString()
              : fatal.size()
                  + " findings\n"
                  + fatal.stream().map(f -> "  " + f).limit(20).collect(Collectors.joining("\n")),
          "`ansible-venv analyze` shows all findings");
    }
  }
}
