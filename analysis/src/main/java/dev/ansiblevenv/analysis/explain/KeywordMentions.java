package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.canonical.ClosureFile;
import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Where a `collections:` keyword of plays, blocks, tasks and role metadata names a collection. It
/// says only where short names are looked for.
final class KeywordMentions {

  private static final List<String> LISTS =
      List.of("pre_tasks", "tasks", "post_tasks", "handlers", "block", "rescue", "always");

  private final Closure closure;

  KeywordMentions(Closure closure) {
    this.closure = closure;
  }

  List<Reason> of(String collection) {
    var reasons = new ArrayList<Reason>();
    for (var file : closure.files()) {
      switch (file.kind()) {
        case PLAYBOOK, TASKS ->
            YamlMapping.items(root(file)).forEach(node -> look(file, node, collection, reasons));
        case META -> look(file, root(file), collection, reasons);
        default -> {}
      }
    }
    return reasons;
  }

  private static @Nullable Node root(ClosureFile file) {
    try {
      return YamlReader.isVault(file.content())
          ? null
          : YamlReader.read(file.path(), file.content());
    } catch (InvalidInput e) {
      return null;
    }
  }

  private static void look(
      ClosureFile file, @Nullable Node node, String collection, List<Reason> reasons) {
    var mapping = YamlMapping.of(node);
    if (mapping == null) {
      return;
    }
    for (var item : YamlMapping.items(mapping.get("collections"))) {
      if (collection.equals(YamlMapping.text(item))) {
        reasons.add(
            new Reason(
                Reason.Kind.KEYWORD,
                file.path(),
                YamlMapping.lineOf(item),
                "names it under `collections:`, and no short name is found through that"));
      }
    }
    if (file.kind() != FileKind.META) {
      for (var key : LISTS) {
        YamlMapping.items(mapping.get(key)).forEach(each -> look(file, each, collection, reasons));
      }
    }
  }
}
