package dev.ansiblevenv.orchestration.secret;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// The variables that a playbook asks for, in the order in which its plays ask. Playbooks that it
/// imports under a name that is known without running anything are read, too. What cannot be read
/// asks for nothing here: the analysis says why.
final class PlayPrompts {

  private static final Set<String> TRUE = Set.of("y", "yes", "on", "1", "true", "t", "1.0");

  private final Path project;
  private final List<PlayPrompt> found = new ArrayList<>();
  private final Set<Path> reading = new HashSet<>();

  private PlayPrompts(Path project) {
    this.project = project;
  }

  static List<PlayPrompt> of(Path project, Path playbook) {
    var prompts = new PlayPrompts(project);
    prompts.read(playbook.toAbsolutePath().normalize());
    return List.copyOf(prompts.found);
  }

  private void read(Path file) {
    if (!reading.add(file)) {
      return;
    }
    try {
      var name = project.relativize(file).toString();
      for (var play : YamlMapping.items(YamlReader.read(name, RegularFile.read(file)))) {
        var entries = YamlMapping.of(play);
        if (entries != null) {
          play(file, name, entries);
        }
      }
    } catch (IOException | InvalidInput unreadable) {
      return;
    } finally {
      reading.remove(file);
    }
  }

  private void play(Path file, String name, YamlMapping play) {
    for (var key : List.of("import_playbook", "ansible.builtin.import_playbook")) {
      var imported = play.text(key);
      if (imported != null && !imported.contains("{{")) {
        read(file.resolveSibling(imported.strip().split(" ", 2)[0]).normalize());
      }
    }
    var prompts = play.get("vars_prompt");
    for (var each :
        prompts instanceof MappingNode ? List.of(prompts) : YamlMapping.items(prompts)) {
      prompt(name, YamlMapping.of(each)).ifPresent(found::add);
    }
  }

  private static Optional<PlayPrompt> prompt(String file, @Nullable YamlMapping entry) {
    var name = entry == null ? null : entry.text("name");
    if (entry == null || name == null) {
      return Optional.empty();
    }
    var text = entry.text("prompt");
    return Optional.of(
        new PlayPrompt(
            name,
            file + ":" + entry.line(),
            text == null || text.isEmpty() ? name : text,
            Optional.ofNullable(entry.text("default")),
            !isTrue(entry.get("private"), true),
            isTrue(entry.get("confirm"), false)));
  }

  private static boolean isTrue(@Nullable Node value, boolean usual) {
    var text = YamlMapping.text(value);
    return text == null ? usual : TRUE.contains(text.toLowerCase(Locale.ROOT));
  }
}
