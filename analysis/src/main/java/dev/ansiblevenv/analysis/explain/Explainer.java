package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.Examination;
import dev.ansiblevenv.analysis.Unresolved;
import java.util.List;
import java.util.stream.Stream;

/// Answers why something is among what a playbook needs, or is not. A name can mean several things
/// at once: `docker` is a Python package, a connection plugin and, in many projects, a role.
public final class Explainer {

  private final Examination examination;
  private final CollectionAnswers collections;
  private final PackageAnswers packages;
  private final PluginAnswers plugins;
  private final RoleAnswers roles;
  private final SystemPackageAnswers systemPackages;

  public Explainer(Examination examination) {
    this.examination = examination;
    this.collections = new CollectionAnswers(examination);
    this.packages = new PackageAnswers(examination);
    this.plugins = new PluginAnswers(examination);
    this.roles = new RoleAnswers(examination);
    this.systemPackages = new SystemPackageAnswers(examination);
  }

  /// @param name of a collection, a Python package in any spelling, a plugin (short or in full), a
  ///   role, or a package of the operating system
  public Explanation explain(String name) {
    var subjects = known(name);
    var isKnown = !subjects.isEmpty();
    if (!isKnown) {
      subjects = Stream.concat(plugins.possible(name), collections.possible(name)).toList();
    }
    var needed = subjects.stream().anyMatch(Subject::needed);
    return new Explanation(
        name,
        subjects,
        needed ? List.of() : hiding(subjects),
        isKnown ? List.of() : new NearestNames(examination).to(name));
  }

  /// What the closure, a requirements file or an override names.
  private List<Subject> known(String name) {
    return Stream.of(
            collections.known(name),
            packages.known(name),
            plugins.known(name),
            roles.known(name),
            systemPackages.known(name))
        .flatMap(subjects -> subjects)
        .toList();
  }

  /// Python packages can also hide in plugins whose imports are not known.
  private List<Unresolved> hiding(List<Subject> subjects) {
    var isPackage =
        subjects.isEmpty()
            || subjects.stream().anyMatch(subject -> subject.kind() == Subject.Kind.PYTHON_PACKAGE);
    return examination.analysis().unresolved().stream()
        .filter(use -> isPackage || !use.kind().equals("python"))
        .toList();
  }
}
