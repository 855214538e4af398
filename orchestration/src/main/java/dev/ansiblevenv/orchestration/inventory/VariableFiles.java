package dev.ansiblevenv.orchestration.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.yaml.Value;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.store.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `group_vars/` and `host_vars/` beside an inventory, found and ranked as Ansible does: what the
/// inventory says of groups in their order, then their files in that order, then the host's own
/// variables, then its files. See [the
/// documentation](https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#organizing-host-and-group-variables).
///
/// A file that is encrypted as a whole gives no variables here: it takes a password to know them. A
/// run has it, too, and may have the password.
///
/// @param directory that of the inventory
record VariableFiles(Path project, Path directory) {

  private static final List<String> EXTENSIONS = List.of("", ".yml", ".yaml", ".json");
  private static final Set<String> IN_DIRECTORIES = Set.copyOf(EXTENSIONS);

  /// The host with all that its groups and files give it.
  ///
  /// @throws InvalidInput when a file is not a mapping in YAML
  InventoryHost seen(InventoryData data, String host) {
    var variables = new HashMap<String, @Nullable Object>();
    var groups = data.groupsOf(host);
    groups.forEach(group -> variables.putAll(group.variables()));
    for (var group : groups) {
      of("group_vars", group.name()).forEach(file -> variables.putAll(content(file)));
    }
    variables.putAll(data.host(host));
    of("host_vars", host).forEach(file -> variables.putAll(content(file)));
    return new InventoryHost(host, data.seen(host).groups(), variables);
  }

  /// The files of a group or host by the path, with `/`, at which Ansible finds them beside another
  /// inventory.
  ///
  /// @param below directory in that of the entity
  Map<String, Path> named(String kind, String entity, String below) {
    var place = directory.resolve(kind).resolve(entity);
    var named = new LinkedHashMap<String, Path>();
    for (var file : of(kind, entity)) {
      // In a directory a name has to have an ending that Ansible knows, or none.
      var name = file.startsWith(place) && !file.equals(place) ? place.relativize(file) : "vars";
      named.put(kind + "/" + entity + "/" + below + name, file);
    }
    return named;
  }

  private List<Path> of(String kind, String entity) {
    if (entity.contains("/")) {
      return List.of();
    }
    for (var extension : EXTENSIONS) {
      var path = directory.resolve(kind).resolve(entity + extension);
      if (Files.isDirectory(path) && extension.isEmpty()) {
        return below(path);
      }
      if (Files.isRegularFile(path)) {
        return List.of(path);
      }
    }
    return List.of();
  }

  private List<Path> below(Path directory) {
    var found = new ArrayList<Path>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (var entry : entries.sorted().toList()) {
        var name = entry.getFileName().toString();
        var dot = name.lastIndexOf('.');
        if (name.startsWith(".") || name.endsWith("~")) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          found.addAll(below(entry));
        } else if (IN_DIRECTORIES.contains(dot < 0 ? "" : name.substring(dot))) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      throw TextFile.failed("cannot be read", place(directory), e);
    }
    return found;
  }

  private Map<String, @Nullable Object> content(Path file) {
    var text = TextFile.read(file, place(file));
    if (text.startsWith(Value.Vault.HEADER)) {
      return Map.of();
    }
    var value = YamlValue.of(YamlReader.read(place(file), text.getBytes(UTF_8)));
    var variables = new HashMap<String, @Nullable Object>();
    switch (value) {
      case null -> {}
      case Map<?, ?> mapping ->
          mapping.forEach((name, each) -> variables.put(String.valueOf(name), each));
      default ->
          throw new InvalidInput(
              "has to be a mapping of variables", place(file), "", "write `name: value`");
    }
    return variables;
  }

  private String place(Path file) {
    return file.startsWith(project) ? project.relativize(file).toString() : file.toString();
  }
}
