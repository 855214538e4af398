package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.requirement.GalaxyCollection;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/// Reads requirements files where Ansible's tools look for them. Beside the playbook and in the
/// directories above it up to the project directory:
///
/// - `requirements.yml`, `collections/requirements.yml`, `roles/requirements.yml`, also as `.yaml`:
///   [AWX](https://docs.ansible.com/projects/awx/en/latest/userguide/projects.html) and
///   [ansible-lint](https://docs.ansible.com/projects/lint/usage/#dependencies-and-requirements);
/// - the `dependencies` in `galaxy.yml`: ansible-galaxy and ansible-lint;
/// - `requirements.txt`: pip;
/// - `pyproject.toml`: uv and pip;
/// - `bindep.txt`: bindep;
/// - `execution-environment.yml`, `meta/execution-environment.yml`: ansible-builder.
///
/// In roles: `meta/requirements.yml`, which ansible-galaxy reads, and
/// `meta/collection-requirements.yml`, which roles that are published outside of collections have.
final class RequirementFiles {

  private static final List<String> GALAXY =
      List.of("requirements", "collections/requirements", "roles/requirements");
  private static final List<String> OF_ROLE =
      List.of("meta/requirements", "meta/collection-requirements");
  private static final List<String> EXTENSIONS = List.of(".yml", ".yaml");

  private final ClosureReader reader;
  private final Set<Path> roleDirectories = new LinkedHashSet<>();
  private final List<Requirements.In<GalaxyCollection>> collections = new ArrayList<>();
  private final List<Requirements.In<GalaxyRole>> roles = new ArrayList<>();
  private final List<Requirements.In<GalaxyRole>> dependencies = new ArrayList<>();
  private final List<Requirements.In<RequirementsLine.Wanted>> packages = new ArrayList<>();
  private final List<Requirements.In<RequirementsLine.PipOnly>> pipOnly = new ArrayList<>();

  RequirementFiles(ClosureReader reader) {
    this.reader = reader;
  }

  /// A role of the closure, whose own requirements files count too.
  void ofRole(Path directory) {
    roleDirectories.add(directory);
  }

  /// What a role in the tree depends on is to be on disk, too, unless it says where to fetch it; a
  /// fetched role's is fetched.
  void dependency(Context context, Node node) {
    var role = GalaxyRole.of(node);
    var entry = YamlMapping.of(node);
    if (role != null
        && ((entry != null && entry.has("src"))
            || (reader.files().isFetched(context.file()) && role.isFetchable()))) {
      var site = reader.site(context, role.line());
      dependencies.add(new Requirements.In<>(site.file(), role));
    }
  }

  Requirements read(Path basedir) {
    var galaxy = new GalaxyFiles(reader, collections, roles);
    var pip = new PipFiles(reader, packages, pipOnly);
    var pyproject = new PyprojectFiles(reader, packages, pipOnly);
    var bindep = new BindepFiles(reader);
    var builder = new ExecutionEnvironmentFiles(reader, galaxy, pip, bindep);
    for (var directory = basedir;
        directory != null && directory.startsWith(reader.files().project());
        directory = directory.getParent()) {
      for (var name : GALAXY) {
        for (var extension : EXTENSIONS) {
          galaxy.read(directory.resolve(name + extension), true);
        }
      }
      galaxy.dependencies(directory.resolve("galaxy.yml"));
      pip.read(directory.resolve("requirements.txt"));
      pyproject.read(directory.resolve("pyproject.toml"));
      bindep.read(directory.resolve("bindep.txt"));
      builder.read(directory);
    }
    for (var role : roleDirectories) {
      for (var name : OF_ROLE) {
        for (var extension : EXTENSIONS) {
          galaxy.read(role.resolve(name + extension), false);
        }
      }
    }
    roles.addAll(dependencies);
    return new Requirements(
        List.copyOf(collections),
        List.copyOf(roles),
        List.copyOf(packages),
        List.copyOf(pipOnly),
        bindep.rules());
  }
}
