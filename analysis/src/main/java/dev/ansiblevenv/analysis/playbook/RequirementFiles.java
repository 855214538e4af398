package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.requirement.GalaxyRequirements;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads requirements files where Ansible's tools and people put them: `requirements.yml`,
/// `collections/requirements.yml`, `roles/requirements.yml` and `requirements.txt`, beside the
/// playbook and in the directories above it up to the project directory.
final class RequirementFiles {

  private static final List<String> GALAXY =
      List.of("requirements", "collections/requirements", "roles/requirements");

  /// How many files may include one another; each takes some of the stack.
  private static final int DEEPEST = 200;

  private record Visited(Path file, boolean constraints) {}

  private final ClosureReader reader;
  private int nested;
  private final List<Requirements.In<GalaxyRequirements.Collection>> collections =
      new ArrayList<>();
  private final List<Requirements.In<GalaxyRequirements.Role>> roles = new ArrayList<>();
  private final List<Requirements.In<RequirementsLine.Wanted>> packages = new ArrayList<>();
  private final List<Requirements.In<RequirementsLine.Wanted>> constraints = new ArrayList<>();

  RequirementFiles(ClosureReader reader) {
    this.reader = reader;
  }

  Requirements read(Path basedir) {
    for (var directory = basedir;
        directory != null && directory.startsWith(reader.files().project());
        directory = directory.getParent()) {
      for (var name : GALAXY) {
        for (var extension : List.of(".yml", ".yaml")) {
          galaxy(directory.resolve(name + extension));
        }
      }
      pip(directory.resolve("requirements.txt"), false);
    }
    return new Requirements(
        List.copyOf(collections),
        List.copyOf(roles),
        List.copyOf(packages),
        List.copyOf(constraints));
  }

  private void galaxy(Path file) {
    if (!reader.files().isFile(file) || !reader.visit(new Visited(file, false))) {
      return;
    }
    var name = String.valueOf(reader.files().name(file));
    var root = reader.yaml().read(file, FileKind.DATA, true).orElse(null);
    var found = GalaxyRequirements.of(root);
    found.collections().forEach(entry -> collections.add(new Requirements.In<>(name, entry)));
    found.roles().forEach(entry -> roles.add(new Requirements.In<>(name, entry)));
  }

  private void pip(Path file, boolean areConstraints) {
    if (!reader.files().isFile(file) || !reader.visit(new Visited(file, areConstraints))) {
      return;
    }
    var name = String.valueOf(reader.files().name(file));
    var content = reader.files().read(file);
    reader.collected().add(name, FileKind.RAW, content);
    var text = new String(content, StandardCharsets.UTF_8);
    for (var line : RequirementsLine.parse(name, text)) {
      switch (line) {
        case RequirementsLine.Wanted found ->
            (areConstraints ? constraints : packages).add(new Requirements.In<>(name, found));
        case RequirementsLine.Included(var other, var number) ->
            follow(file, other, areConstraints, new Site(name, number));
        case RequirementsLine.Constraints(var other, var number) ->
            follow(file, other, true, new Site(name, number));
        case RequirementsLine.PipOnly(var option, var number) ->
            reader.add(new Reference.Unknown(new Site(name, number), "python", option));
      }
    }
  }

  private void follow(Path from, String other, boolean areConstraints, Site site) {
    var file = FileSearch.resolved(Context.directory(from), other);
    if (file != null && reader.files().isFile(file) && nested < DEEPEST) {
      nested++;
      pip(file, areConstraints);
      nested--;
    } else {
      reader.add(new Reference.Unknown(site, "python", other));
    }
  }
}
