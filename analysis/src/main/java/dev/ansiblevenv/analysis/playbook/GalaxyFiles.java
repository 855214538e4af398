package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.requirement.GalaxyCollection;
import dev.ansiblevenv.analysis.requirement.GalaxyRequirements;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/// Reads Galaxy requirements files and what a collection in the project depends on.
final class GalaxyFiles {

  private static final String RULE = "requirements[galaxy]";

  private final ClosureReader reader;
  private final List<Requirements.In<GalaxyCollection>> collections;
  private final List<Requirements.In<GalaxyRole>> roles;

  GalaxyFiles(
      ClosureReader reader,
      List<Requirements.In<GalaxyCollection>> collections,
      List<Requirements.In<GalaxyRole>> roles) {
    this.reader = reader;
    this.collections = collections;
    this.roles = roles;
  }

  /// @param certain whether the user's tools surely read the file: then it has to be YAML
  /// @throws InvalidInput when a file that is surely read is not YAML
  void read(Path file, boolean certain) {
    if (!reader.files().isFile(file) || !reader.visit("galaxy", file)) {
      return;
    }
    var name = String.valueOf(reader.files().name(file));
    var root = reader.yaml().read(file, FileKind.DATA, certain).orElse(null);
    take(file, name, GalaxyRequirements.of(root), certain);
  }

  /// What another file says instead of naming a requirements file.
  void inline(String name, Node node) {
    var found = GalaxyRequirements.of(node);
    take(reader.files().project().resolve(name), name, found, false);
  }

  private void take(Path file, String name, GalaxyRequirements found, boolean certain) {
    found.collections().forEach(entry -> collections.add(new Requirements.In<>(name, entry)));
    found.roles().forEach(entry -> roles.add(new Requirements.In<>(name, entry)));
    for (var complaint : found.complaints()) {
      warn(new Site(name, complaint.line()), complaint.message());
    }
    for (var include : found.includes()) {
      include(file, include.file(), new Site(name, include.line()), certain);
    }
  }

  /// ansible-galaxy resolves includes from where it is called, usually the project directory.
  private void include(Path from, String name, Site site, boolean certain) {
    for (var directory : List.of(reader.files().project(), Place.directory(from))) {
      var file = FileSearch.resolved(directory, name);
      if (file != null && reader.files().isFile(file)) {
        read(file, certain);
        return;
      }
    }
    warn(site, "`" + name + "` is not in the project");
  }

  private void warn(Site site, String message) {
    reader.collected().finding(site, RULE, message, false);
  }

  /// Of `galaxy.yml` only the dependencies count. Ansible does not read it when it runs a playbook,
  /// so a broken one changes nothing.
  void dependencies(Path file) {
    if (!reader.files().isFile(file) || !reader.visit("galaxy", file)) {
      return;
    }
    var name = String.valueOf(reader.files().name(file));
    List<GalaxyCollection> dependencies;
    try {
      dependencies =
          GalaxyRequirements.dependencies(YamlReader.read(name, reader.files().read(file)));
    } catch (InvalidInput e) {
      return;
    }
    if (!dependencies.isEmpty()) {
      var relevant =
          dependencies.stream()
              .map(entry -> entry.name() + ": " + entry.version() + "\n")
              .sorted()
              .collect(Collectors.joining());
      reader.collected().add(name, FileKind.TEXT, relevant.getBytes(StandardCharsets.UTF_8));
      dependencies.forEach(entry -> collections.add(new Requirements.In<>(name, entry)));
    }
  }
}
