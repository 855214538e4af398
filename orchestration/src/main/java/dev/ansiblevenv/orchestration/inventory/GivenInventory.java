package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.core.run.Inventory.Given;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Inventories that the user names for one run, as `--inventory` of Ansible: each a file with the
/// `group_vars/` and `host_vars/` beside it, a directory with all that is in it, or a list of hosts
/// with a comma.
public final class GivenInventory {

  private final List<String> sources = new ArrayList<>();
  private final Map<String, Path> files = new TreeMap<>();

  private GivenInventory() {}

  /// @param texts absolute paths or lists of hosts
  /// @throws InvalidInput when one is neither file nor directory nor list, or cannot be read
  public static Given of(List<String> texts) {
    var given = new GivenInventory();
    texts.forEach(given::add);
    return new Given(given.sources, given.files);
  }

  private void add(String text) {
    if (text.contains(",") && !Files.exists(Path.of(text))) {
      sources.add(text);
      return;
    }
    var path = Path.of(text);
    // Apart from each other, so that no file's variables are another's.
    var place = String.valueOf(sources.size() + 1);
    try {
      if (Files.isDirectory(path)) {
        sources.add(place);
        addTree(path, place);
      } else if (Files.isRegularFile(path)) {
        var name = place + "/" + path.getFileName();
        sources.add(name);
        files.put(name, path.toRealPath());
        for (var variables : List.of("group_vars", "host_vars")) {
          addTree(path.resolveSibling(variables), place + "/" + variables);
        }
      } else {
        throw new InvalidInput(
            "cannot read the inventory",
            text,
            "there is no such file",
            "a list of hosts has a comma: `" + path.getFileName() + ",`");
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInput(
          "cannot read the inventory", text, String.valueOf(e.getMessage()), "", e);
    }
  }

  private void addTree(Path directory, String place) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var tree = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      for (var file : tree.filter(Files::isRegularFile).toList()) {
        files.put(place + "/" + directory.relativize(file), file.toRealPath());
      }
    }
  }
}
