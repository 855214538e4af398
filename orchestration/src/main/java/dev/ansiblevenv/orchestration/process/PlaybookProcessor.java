package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.AnalysisRequest;
import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.PlaybookAnalyzer;
import dev.ansiblevenv.analysis.explain.Explainer;
import dev.ansiblevenv.analysis.explain.Explanation;
import dev.ansiblevenv.core.lint.AnsibleLint;
import dev.ansiblevenv.core.lint.LintRequest;
import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.SettingName;
import dev.ansiblevenv.orchestration.configuration.AnsibleConfigurations;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From a playbook to what is known about it: own analysis first, then the verdict of ansible-lint,
/// which sees the collections that the analysis found. Writes nothing of the user's.
public final class PlaybookProcessor {

  private final Path project;
  private final AnsibleConfigurations configurations;
  private final Once<PlaybookAnalyzer> analyzer;
  private final AnsibleLint lint;
  private final FormCache forms;
  private final Clock clock;
  private final Supplier<Boolean> requiresConfinement;

  /// @param requiresConfinement whether the project asks that ansible-lint is confined
  /// @param analyzer made at the first use: it knows every plugin name, which takes time to load
  public PlaybookProcessor(
      Path project,
      Clock clock,
      AnsibleConfigurations configurations,
      Supplier<PlaybookAnalyzer> analyzer,
      AnsibleLint lint,
      FormCache forms,
      Supplier<Boolean> requiresConfinement) {
    this.requiresConfinement = requiresConfinement;
    this.project = project;
    this.clock = clock;
    this.configurations = configurations;
    this.analyzer = new Once<>(analyzer);
    this.lint = lint;
    this.forms = forms;
  }

  /// What is seen of a playbook once its collections and roles are chosen.
  ///
  /// @param analysis that knows the chosen versions
  /// @param root gives a directory with `ansible_collections` in it
  /// @param roles gives a directory with the fetched roles in it, if there are any
  public record Sight(Analysis analysis, Supplier<Path> root, Supplier<Optional<Path>> roles) {}

  /// What the catalogue alone says of a playbook.
  public Examination examine(Path playbook, ProcessOptions options) {
    var examination = analyzer.get().examine(request(playbook, options));
    forms.keep(examination.analysis().canonicalForm());
    return examination;
  }

  public Analysis analyze(Path playbook, ProcessOptions options) {
    return examine(playbook, options).analysis();
  }

  /// Why something of this name is among what the playbook needs, or is not.
  ///
  /// @param lock that the playbook's spec has
  public static Explanation explain(Examination examination, String name, Optional<Lock> lock) {
    var explanation = new Explainer(examination).explain(name);
    return lock.map(known -> LockedNames.added(explanation, known)).orElse(explanation);
  }

  private AnalysisRequest request(Path playbook, ProcessOptions options) {
    return new AnalysisRequest(
            project, playbook, options.rolesPath(), configurations.forPlaybook(playbook))
        .with(options.variables())
        .noting(configurations.note(playbook));
  }

  /// What a valid playbook's environment has to hold, named by the playbook's content.
  public VenvSpecification specification(PlaybookReport report, Path playbook) {
    return Specifications.of(report, source(playbook), clock);
  }

  /// The spec of an analysed playbook, or its lock, may be looked at only after this.
  ///
  /// @throws dev.ansiblevenv.diagnostic.StateConflict when its name stands for another content
  public void requireOwnName(Analysis analysis, Path playbook, SpecStorage specs) {
    specs.requireSameContent(
        analysis.name(), analysis.canonicalForm().contentHash(), source(playbook));
  }

  private String source(Path playbook) {
    return project.relativize(playbook.toAbsolutePath().normalize()).toString();
  }

  public ChangeExplanation whyChanged(VenvSpecification old, Analysis now) {
    return ChangeExplanation.of(old, forms, now.canonicalForm());
  }

  /// The verdict on an analysed playbook, with the analysis that it is on in the end.
  ///
  /// @param sight asked only when ansible-lint has to be run and there are collections to see
  public PlaybookReport validate(
      Analysis analysis,
      Path playbook,
      ProcessOptions options,
      Supplier<Sight> sight,
      Consumer<Progress> progress) {
    var unlinted = new PlaybookReport(analysis, Optional.empty(), Optional.empty());
    if (options.skipLint() || !unlinted.valid()) {
      return unlinted;
    }
    try {
      var settings = configurations.forPlaybook(playbook);
      var request =
          new LintRequest(
                  project,
                  playbook,
                  analysis.canonicalForm().contentHash(),
                  options.rolesPath(),
                  settings.file(),
                  analysis.outside().paths())
              .with(LintVariables.of(options.variables(), analysis.variablesRead()));
      var known = lint.known(request);
      if (known.isPresent()) {
        return new PlaybookReport(analysis, known, Optional.empty());
      }
      if (!analysis.collections().isEmpty() || analysis.hasFetchedRoles()) {
        var seen = sight.get();
        unlinted = unlinted.of(seen.analysis());
        if (!unlinted.valid()) {
          return unlinted;
        }
        var collections = new ArrayList<>(settings.paths(SettingName.COLLECTIONS_PATH));
        collections.add(seen.root().get());
        request = request.seeing(collections, roles(seen));
      }
      if (!lint.isInstalled()) {
        progress.accept(new Progress.Step("Installing ansible-lint, once for this machine"));
      }
      progress.accept(new Progress.Step("Linting " + project.relativize(playbook)));
      var required = options.requireConfinement() || requiresConfinement.get();
      var verdict =
          lint.lint(request, required, text -> progress.accept(new Progress.Warning(text)));
      return new PlaybookReport(unlinted.analysis(), Optional.of(verdict), Optional.empty());
    } catch (Failure failure) {
      return new PlaybookReport(unlinted.analysis(), Optional.empty(), Optional.of(failure));
    }
  }

  /// Every directory that Ansible looks into for roles, the fetched ones last; none when nothing
  /// was fetched.
  private static List<Path> roles(Sight seen) {
    return seen.roles()
        .get()
        .map(root -> Stream.concat(seen.analysis().rolesPath().stream(), Stream.of(root)).toList())
        .orElse(List.of());
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
