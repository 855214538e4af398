package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads the `dependencies` of [execution environment
/// definitions](https://ansible.readthedocs.io/projects/builder/en/stable/definition/#dependencies),
/// as ansible-builder has them in a project and in a collection's `meta/`: names of requirements
/// files, or what would stand in them.
final class ExecutionEnvironmentFiles {

  private static final List<String> NAMES =
      List.of(
          "execution-environment.yml",
          "execution-environment.yaml",
          "meta/execution-environment.yml",
          "meta/execution-environment.yaml");

  private final ClosureReader reader;
  private final GalaxyFiles galaxy;
  private final PipFiles pip;
  private final BindepFiles bindep;

  ExecutionEnvironmentFiles(
      ClosureReader reader, GalaxyFiles galaxy, PipFiles pip, BindepFiles bindep) {
    this.reader = reader;
    this.galaxy = galaxy;
    this.pip = pip;
    this.bindep = bindep;
  }

  void read(Path directory) {
    for (var name : NAMES) {
      var file = directory.resolve(name);
      if (reader.files().isFile(file) && reader.visit("execution environment", file)) {
        definition(directory, file);
      }
    }
  }

  private void definition(Path directory, Path file) {
    var name = String.valueOf(reader.files().name(file));
    YamlMapping definition;
    try {
      definition = YamlMapping.of(YamlReader.read(name, reader.files().read(file)));
    } catch (InvalidInput e) {
      var message = e.what() + ": " + e.why();
      reader.collected().finding(new Site(name, 0), "requirements[builder]", message, false);
      return;
    }
    var node = definition == null ? null : definition.get("dependencies");
    var dependencies = YamlMapping.of(node);
    if (dependencies == null) {
      return;
    }
    galaxy(directory, name, dependencies.get("galaxy"));
    python(directory, name, dependencies.get("python"));
    system(directory, name, dependencies.get("system"));
    var core = YamlMapping.of(dependencies.get("ansible_core"));
    if (core != null) {
      lines(name, core.get("package_pip"));
    }
    var content = new StringBuilder();
    text(node, content);
    reader
        .collected()
        .add(name, FileKind.TEXT, content.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void galaxy(Path directory, String name, @Nullable Node node) {
    var path = path(directory, node);
    if (path != null) {
      galaxy.read(path, false);
    } else if (node instanceof MappingNode) {
      galaxy.inline(name, node);
    }
  }

  private void python(Path directory, String name, @Nullable Node node) {
    var path = path(directory, node);
    if (path != null) {
      pip.read(path);
    } else {
      lines(name, node);
    }
  }

  private void lines(String name, @Nullable Node node) {
    for (var item : node instanceof ScalarNode ? List.of(node) : YamlMapping.items(node)) {
      var text = YamlMapping.text(item);
      if (text != null) {
        pip.inline(name, YamlMapping.lineOf(item), text);
      }
    }
  }

  private void system(Path directory, String name, @Nullable Node node) {
    var path = path(directory, node);
    if (path != null) {
      bindep.read(path);
      return;
    }
    for (var item : YamlMapping.items(node)) {
      var text = YamlMapping.text(item);
      if (text != null) {
        bindep.inline(name, YamlMapping.lineOf(item), text);
      }
    }
  }

  private static @Nullable Path path(Path directory, @Nullable Node node) {
    var text = YamlMapping.text(node);
    return text == null || text.contains("\n") ? null : FileSearch.resolved(directory, text);
  }

  private static void text(@Nullable Node node, StringBuilder content) {
    switch (node) {
      case ScalarNode scalar -> content.append(scalar.getValue()).append('\n');
      case SequenceNode list -> list.getValue().forEach(item -> text(item, content));
      case MappingNode mapping ->
          mapping
              .getValue()
              .forEach(entry -> {
                text(entry.getKeyNode(), content);
                text(entry.getValueNode(), content);
              });
      case null, default -> {}
    }
  }
}
