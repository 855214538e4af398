package dev.ansiblevenv.orchestration.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.analysis.inventory.Inventory.Entry;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.analysis.yaml.Value;
import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlFormat;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.inventory.InventoryChange.Kind;
import dev.ansiblevenv.orchestration.inventory.UserInventory.SourceFile;
import dev.ansiblevenv.orchestration.store.TextFile;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sets `installed_venvs` of hosts where Ansible finds them: in the host's entry of a static file,
/// else in its `host_vars/` beside the inventory, else nowhere. A project without an inventory gets
/// one.
///
/// Nothing is written: [#texts] are the changed files.
final class VenvsEdit {

  private final Path project;
  private final InventoryReading reading;
  private final InventorySources sources;
  private final Map<Path, String> inventoryTexts;
  private final Map<Path, String> changed = new LinkedHashMap<>();
  private UserInventory current;

  VenvsEdit(
      Path project, InventoryReading reading, InventorySources sources, Map<Path, String> texts) {
    this.project = project;
    this.reading = reading;
    this.sources = sources;
    this.inventoryTexts = new LinkedHashMap<>(texts);
    this.current = reading.read(sources, texts);
  }

  /// The changed files, in the order of the changes.
  Map<Path, String> texts() {
    return changed;
  }

  UserInventory inventory() {
    return current;
  }

  /// As [#require], with a place that cannot be changed as an answer.
  Optional<InventoryChange> set(HostName host, List<String> venvs) {
    try {
      return require(host, venvs);
    } catch (InvalidInput e) {
      var name = current.find(host).orElse(host.text());
      return Optional.of(
          new InventoryChange(
              name, Kind.NOT_EDITABLE, before(name), venvs, e.where() + ": " + e.why()));
    }
  }

  private String before(String name) {
    var value =
        current.data().hostNames().contains(name) ? InstalledVenvs.value(current, name) : null;
    return value == null ? "" : value.toString();
  }

  /// @param venvs names; an empty list is not set where there is no value
  /// @return what is changed; empty where the inventory says so already
  /// @throws InvalidInput when no edit of the place leaves everything else as it is
  Optional<InventoryChange> require(HostName host, List<String> venvs) {
    var known = current.find(host);
    var before = known.map(name -> InstalledVenvs.value(current, name)).orElse(null);
    if (venvs.equals(before) || (before == null && venvs.isEmpty())) {
      return Optional.empty();
    }
    var name = known.orElse(host.text());
    var said = before(name);
    var place = known.isPresent() ? setKnown(name, venvs) : add(name, venvs);
    var kind = place.isEmpty() ? Kind.NOWHERE : known.isPresent() ? Kind.SET : Kind.ADDED;
    return Optional.of(
        new InventoryChange(
            name, kind, said, venvs, place.orElseGet(() -> nowhere(known.isPresent()))));
  }

  private String nowhere(boolean isKnown) {
    return isKnown
        ? "`" + current.place() + "` has no file that could say it"
        : "`" + current.place() + "` does not have this host";
  }

  private Optional<String> setKnown(String host, List<String> venvs) {
    var ofHost = current.variableFiles().ofHost(host);
    var carrying =
        ofHost.reversed().stream()
            .filter(file -> current.variableFiles().content(file).containsKey(Inventory.VARIABLE))
            .findFirst();
    if (carrying.isPresent()) {
      return Optional.of(setVariable(carrying.get(), venvs));
    }
    var carriers = filesWith(host, Entry.WITH_VARIABLE);
    if (!carriers.isEmpty()) {
      carriers.forEach(file -> edit(file, Optional.of(host), host, venvs));
      return Optional.of(carriers.getLast().content().place());
    }
    for (var least : List.of(Entry.OWN, Entry.RANGE)) {
      for (var file : filesWith(host, least)) {
        edit(file, Optional.of(host), host, venvs);
        return Optional.of(file.content().place());
      }
    }
    return inHostVariables(host, ofHost, venvs);
  }

  private Optional<String> inHostVariables(String host, List<Path> files, List<String> venvs) {
    if (!HostName.isName(host)) {
      return Optional.empty();
    }
    for (var file : files) {
      if (!text(file).startsWith(Value.Vault.HEADER)) {
        return Optional.of(setVariable(file, venvs));
      }
    }
    return current.directories().stream()
        .findFirst()
        .map(directory -> setVariable(VariableFiles.newFile(directory, host), venvs));
  }

  private List<SourceFile> filesWith(String host, Entry entry) {
    return current.files().stream().filter(file -> file.content().entry(host) == entry).toList();
  }

  private void edit(SourceFile file, Optional<String> known, String host, List<String> venvs) {
    // An edit before this one may have replaced what was read.
    var now = current.files().stream().filter(each -> each.path().equals(file.path())).findFirst();
    var after =
        InventoryEdit.apply(
            now.orElse(file).content(), known, host, venvs, text -> reread(file.path(), text));
    replace(file.path(), after.text());
  }

  private Inventory reread(Path file, String text) {
    var texts = new LinkedHashMap<>(inventoryTexts);
    texts.put(file, text);
    return reading.read(sources, texts).files().stream()
        .filter(each -> each.path().equals(file))
        .findFirst()
        .orElseThrow()
        .content();
  }

  private void replace(Path file, String text) {
    if (inventoryTexts.containsKey(file)) {
      inventoryTexts.put(file, text);
      current = reading.read(sources, inventoryTexts);
    }
    changed.put(file, text);
  }

  /// @return the file's name
  private String setVariable(Path file, List<String> venvs) {
    var name = UserInventory.name(project, file);
    var before = YamlEdit.of(name, text(file).getBytes(UTF_8));
    var after =
        before.root() == null && text(file).isBlank()
            ? YamlFormat.document(Map.of(Inventory.VARIABLE, venvs))
            : new String(before.put(List.of(), Inventory.VARIABLE, venvs).content(), UTF_8);
    changed.put(file, after);
    return name;
  }

  private String text(Path file) {
    var text = changed.get(file);
    return text != null
        ? text
        : Files.exists(file) ? TextFile.read(file, UserInventory.name(project, file)) : "";
  }

  /// To a new inventory, or to one that this program made.
  private Optional<String> add(String host, List<String> venvs) {
    if (sources.sources().isEmpty()) {
      var file = project.resolve(SourceLookup.NEW);
      var text = changed.getOrDefault(file, "");
      var empty = InventoryReader.read(SourceLookup.NEW, text);
      changed.put(file, InventoryEdit.apply(empty, Optional.empty(), host, venvs).text());
      return Optional.of(SourceLookup.NEW);
    }
    if (current.files().size() != 1 || !isOurs(current.data())) {
      return Optional.empty();
    }
    var file = current.files().getFirst();
    edit(file, Optional.empty(), host, venvs);
    return Optional.of(file.content().place());
  }

  private static boolean isOurs(InventoryData data) {
    return data.groups().size() == 2
        && data.hostNames().stream()
            .allMatch(host -> data.host(host).containsKey(Inventory.VARIABLE));
  }
}
