package dev.ansiblevenv.analysis;

import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.analysis.canonical.ClosureFile;
import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.indexing.CollectionIndexer;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.ClosureReader;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.analysis.playbook.Site;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out what a playbook needs, without running anything, without a network, and the same on
/// every machine. Safe to share between threads.
public final class PlaybookAnalyzer {

  private final Catalogue catalogue;

  public PlaybookAnalyzer(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// @throws InvalidInput when the playbook cannot be read as Ansible would read it. What is wrong
  ///   but does not keep the rest from being understood is a finding of the result
  public Analysis analyze(AnalysisRequest request) {
    return examine(request).analysis();
  }

  /// The same, with what the answer was made from.
  ///
  /// @throws InvalidInput as [#analyze]
  public Examination examine(AnalysisRequest request) {
    return examine(request, Optional.empty());
  }

  /// @param form that the result is to have, instead of one of all files that were read
  Examination examine(AnalysisRequest request, Optional<CanonicalForm> form) {
    var project = request.project().toAbsolutePath().normalize();
    var playbook = request.playbook().toAbsolutePath().normalize();
    check(project, playbook);
    var rolesPath =
        request.rolesPath().stream().map(path -> path.toAbsolutePath().normalize()).toList();
    var closure =
        new ClosureReader(
                catalogue,
                project,
                playbook,
                rolesPath,
                request.settings(),
                request.fetchedRoles(),
                request.variables())
            .read();
    return examination(
        request, closure, stem(playbook), form.orElseGet(() -> canonicalForm(closure)));
  }

  Examination examination(
      AnalysisRequest request, Closure closure, String stem, CanonicalForm form) {
    return new Examination(
        request, catalogue, closure, analysis(closure, stem, form, request.note()));
  }

  private static void check(Path project, Path playbook) {
    if (!Files.exists(playbook)) {
      // The JVM puts this character for what is no UTF-8, and finds no such file again.
      var isUnreadable = playbook.toString().indexOf('\uFFFD') >= 0;
      throw new InvalidInput(
          "there is no such playbook",
          playbook.toString(),
          isUnreadable ? "its path has bytes that are not UTF-8" : "",
          isUnreadable ? "rename the directory or file" : "check its path");
    }
    if (Files.isDirectory(playbook)) {
      throw new InvalidInput(
          "is a directory", playbook.toString(), "a playbook is a file", "name the file in it");
    }
    if (!playbook.startsWith(project)) {
      throw new InvalidInput(
          "lies outside the project directory",
          playbook.toString(),
          "the project directory is " + project,
          "name the project directory with `--project`");
    }
  }

  /// The file's name up to its first dot, fit for a venv's name: the hash tells venvs apart.
  private static String stem(Path playbook) {
    var name = playbook.getFileName().toString();
    var dot = name.indexOf('.', 1);
    var stem = (dot < 0 ? name : name.substring(0, dot)).replaceAll("[^A-Za-z0-9_-]", "_");
    return (stem.startsWith("-") ? "_" + stem : stem).substring(0, Math.min(stem.length(), 100));
  }

  private Analysis analysis(
      Closure closure, String stem, CanonicalForm form, Optional<String> note) {
    var known = withOwn(closure);
    var needs = new Needs();
    needs.findings(closure.findings());
    note.ifPresent(
        text -> needs.finding(new Site("ansible.cfg", 0), "configuration[choice]", text, false));
    needs
        .python()
        .add(
            "ansible-core",
            Side.BOTH,
            new Because(closure.playbook(), 1, "playbook", closure.playbook()));
    new ReferenceResolver(known, closure, needs).resolveAll();
    var bounds = new Bounds(closure.requirements(), closure.overrides(), closure.elsewhere());
    bounds.addTo(needs);
    needs.unknownPythonPackages();
    var collections = bounds.collections(needs.collections());
    var kept = bounds.withoutExcluded(collections);
    bounds.addTo(needs.system());
    declared(kept, known, needs.system());
    var packages = needs.python().all(bounds.pythonPackages());
    bounds.unreadable(packages).forEach(needs::unresolved);
    return new Analysis(
        stem,
        form,
        closure.rolesPath(),
        closure.outside(),
        needs.plugins(),
        kept,
        bounds.unnamedPlaces(),
        bounds.transitive(collections),
        bounds.withoutExcludedPackages(packages),
        needs.roles(),
        needs.system().all(),
        needs.unresolved(),
        needs.removed(),
        needs.deprecated(),
        bounds.excluded(collections, packages),
        closure.variablesRead(),
        needs.findings());
  }

  /// What the used collections declare. The first use of a collection stands for all of them.
  private static void declared(
      List<CollectionNeed> collections, Catalogue catalogue, SystemPackages packages) {
    for (var need : collections) {
      var first = need.because().getFirst();
      catalogue
          .collection(need.name())
          .ifPresent(facts ->
              packages.addAll(
                  facts.system(), new Because(first.file(), first.line(), "bindep", need.name())));
    }
  }

  /// What the project's own collections have is read from their files.
  private Catalogue withOwn(Closure closure) {
    var roots = closure.ownRoots();
    var indexer = new CollectionIndexer(name -> Optional.ofNullable(roots.get(name)));
    var known = catalogue;
    for (var root : roots.entrySet()) {
      try {
        known = known.with(indexer.indexPlugins(root.getKey(), root.getValue()));
      } catch (IOException e) {
        throw new InvalidInput(
            "cannot be read", root.getValue().toString(), String.valueOf(e.getMessage()), "", e);
      }
    }
    return known;
  }

  private static CanonicalForm canonicalForm(Closure closure) {
    var files = new ArrayList<>(closure.files());
    var playbook = files.removeFirst();
    if (!closure.decidedNames().isEmpty()) {
      var names = String.join("\n", closure.decidedNames()).getBytes(StandardCharsets.UTF_8);
      files.add(ClosureFile.of(CanonicalForm.CALL, FileKind.TEXT, names));
    }
    return CanonicalForm.of(playbook, files);
  }
}
