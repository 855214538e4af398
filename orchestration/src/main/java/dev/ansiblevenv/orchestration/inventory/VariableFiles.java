package dev.ansiblevenv.orchestration.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.VariableFileNames;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `group_vars/` and `host_vars/` beside the sources of an inventory, found and ranked as Ansible
/// does: what the inventory says of groups in their order, then their files in that order, then the
/// host's own variables, then its files. See [the
/// documentation](https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#organizing-host-and-group-variables).
///
/// A file that is encrypted as a whole gives no variables here: it takes a password to know them. A
/// run has it, too, and may have the password.
///
/// Files of groups are read once, those of hosts each time: the latter are written, too.
final class VariableFiles {

  private static final String GROUPS = "group_vars";
  private static final String HOSTS = "host_vars";

  private final Path project;
  private final List<Path> directories;
  private final Map<Path, List<Map<String, @Nullable Object>>> ofGroups = new ConcurrentHashMap<>();

  /// @param directories of the sources, in their order
  VariableFiles(Path project, List<Path> directories) {
    this.project = project;
    this.directories = directories;
  }

  /// The host with all that its groups and files give it.
  ///
  /// @throws InvalidInput when a file is not a mapping in YAML
  InventoryHost seen(InventoryData data, String host) {
    var variables = new HashMap<String, @Nullable Object>();
    var groups = data.groupsOf(host);
    groups.forEach(group -> variables.putAll(group.variables()));
    var names = groups.stream().map(InventoryData.Group::name).toList();
    for (var rank : List.of(names.subList(0, 1), names.subList(1, names.size()))) {
      for (var directory : directories) {
        rank.forEach(group -> ofGroup(directory, group).forEach(variables::putAll));
      }
    }
    variables.putAll(data.host(host));
    ofHost(host).forEach(file -> variables.putAll(content(file)));
    return new InventoryHost(host, data.seen(host).groups(), variables);
  }

  private List<Map<String, @Nullable Object>> ofGroup(Path directory, String group) {
    // A name that is no file name has no files.
    return ofGroups.computeIfAbsent(
        directory.resolve(GROUPS).resolve(group.replace('/', ' ')),
        _ -> of(directory, GROUPS, group).stream().map(this::content).toList());
  }

  /// The files that give a host variables, those that win last.
  List<Path> ofHost(String host) {
    return directories.stream().flatMap(each -> of(each, HOSTS, host).stream()).toList();
  }

  /// Where a file for a host belongs in a source's directory: `host_vars/HOST.yml`, or a file of
  /// its own if the host's variables are a directory.
  static Path newFile(Path directory, String host) {
    var ofHost = directory.resolve(HOSTS).resolve(host);
    return Files.isDirectory(ofHost)
        ? ofHost.resolve("installed_venvs.yml")
        : ofHost.resolveSibling(host + ".yml");
  }

  private static List<Path> of(Path directory, String kind, String entity) {
    if (entity.contains("/")) {
      return List.of();
    }
    for (var extension : VariableFileNames.EXTENSIONS) {
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

  private static List<Path> below(Path directory) {
    var found = new ArrayList<Path>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (var entry : entries.sorted().toList()) {
        var isDirectory = Files.isDirectory(entry);
        if (VariableFileNames.isRead(entry.getFileName().toString(), isDirectory)) {
          found.addAll(isDirectory ? below(entry) : List.of(entry));
        }
      }
    } catch (IOException e) {
      throw TextFile.failed("cannot be read", directory.toString(), e);
    }
    return found;
  }

  Map<String, @Nullable Object> content(Path file) {
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
