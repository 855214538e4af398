package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.analysis.inventory.Inventory.Entry;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The inventory that counts, with all its sources merged as Ansible merges them. Immutable.
public final class UserInventory {

  private final Path project;
  private final InventorySources sources;
  private final InventoryData data;
  private final List<SourceFile> files;
  private final Map<Path, Path> listings;
  private final Map<Path, String> passedOver;
  private final VariableFiles variableFiles;

  /// A file of the inventory that a person edits.
  ///
  /// @param content its [Inventory#data] is that of all sources
  record SourceFile(Path path, Inventory content) {}

  /// @param data of all sources
  /// @param listings files that say what a program or plugin made of a source
  /// @param passedOver files that are not used, and why
  UserInventory(
      Path project,
      InventorySources sources,
      InventoryData data,
      List<SourceFile> files,
      Map<Path, Path> listings,
      Map<Path, String> passedOver) {
    this.project = project;
    this.sources = sources;
    this.data = data;
    this.files = List.copyOf(files);
    this.listings = new LinkedHashMap<>(listings);
    this.passedOver = new LinkedHashMap<>(passedOver);
    this.variableFiles = new VariableFiles(project, directories());
  }

  public InventoryData data() {
    return data;
  }

  public InventorySources sources() {
    return sources;
  }

  List<SourceFile> files() {
    return files;
  }

  /// What a program or plugin made of a source, by the source's file: what an inventory script
  /// prints.
  Map<Path, Path> listings() {
    return listings;
  }

  /// What the user should know of files that were passed over.
  public List<String> notes() {
    return passedOver.entrySet().stream()
        .map(file ->
            "`%s` is not used as inventory, since nobody named it: %s"
                .formatted(name(project, file.getKey()), file.getValue()))
        .toList();
  }

  /// The sources, with the files of a directory instead of it where some of them are passed over.
  List<String> usedSources() {
    return sources.sources().stream()
        .flatMap(source -> {
          if (InventorySources.isHostList(source)
              || passedOver.keySet().stream().noneMatch(file -> file.startsWith(source))) {
            return Stream.of(source);
          }
          return files.stream()
              .map(SourceFile::path)
              .filter(file -> file.startsWith(source))
              .map(Path::toString);
        })
        .toList();
  }

  /// Which inventory was taken although nobody named it; empty for the usual `inventory/hosts`.
  public Optional<String> found() {
    return sources.origin() == InventorySources.Origin.CONVENTION
            && !place().startsWith(SourceLookup.NEW)
        ? Optional.of("The inventory is `" + place() + "`; `--inventory` names another")
        : Optional.empty();
  }

  /// Its sources, as shown in messages.
  public String place() {
    return sources.sources().isEmpty()
        ? SourceLookup.NEW
        : String.join(", ", sources.sources().stream().map(this::name).toList());
  }

  /// A path as the user sees it: relative to the project, if it lies there.
  String name(String source) {
    return InventorySources.isHostList(source) ? source : name(project, Path.of(source));
  }

  static String name(Path project, Path path) {
    return path.startsWith(project) && !path.equals(project)
        ? project.relativize(path).toString()
        : path.toString();
  }

  /// Whose `group_vars/` and `host_vars/` belong to the inventory.
  List<Path> directories() {
    return sources.sources().stream()
        .flatMap(source ->
            InventorySources.isHostList(source) ? Stream.empty() : Stream.of(Path.of(source)))
        .map(path -> Files.isDirectory(path) ? path : Objects.requireNonNull(path.getParent()))
        .distinct()
        .toList();
  }

  /// The files that have these hosts, where nobody named the inventory and no file has all of them:
  /// they may be inventories of different environments. Else empty.
  public List<String> unnamedFilesOf(Collection<String> hosts) {
    if (sources.isNamed()
        || files.stream()
            .anyMatch(file ->
                hosts.stream().allMatch(host -> file.content().entry(host) != Entry.NONE))) {
      return List.of();
    }
    return files.stream()
        .filter(file -> hosts.stream().anyMatch(host -> file.content().entry(host) != Entry.NONE))
        .map(file -> file.content().place())
        .toList();
  }

  VariableFiles variableFiles() {
    return variableFiles;
  }

  /// A host of it, with all that its groups and the files of variables give it.
  InventoryHost seen(String name) {
    return variableFiles().seen(data, name);
  }

  /// The hosts of these names, in the order of the names.
  public List<InventoryHost> hosts(Collection<String> names) {
    return names.stream().map(this::seen).toList();
  }

  /// The name in the inventory of a host: the same, else the same without regard to case, else that
  /// of the one host with this `ansible_host`.
  ///
  /// @throws UsageFailure when it is the address of several hosts
  Optional<String> find(HostName host) {
    if (data.hostNames().contains(host.text())) {
      return Optional.of(host.text());
    }
    var found = data.hostNames().stream().filter(host::isSame).toList();
    if (found.isEmpty() && !Localhost.isLocal(host.text())) {
      found =
          data.hostNames().stream()
              .filter(name -> host.isSame(address(data.seen(name).variables().get("ansible_host"))))
              .toList();
    }
    if (found.size() > 1) {
      throw new UsageFailure(
          "`" + host + "` is not one host",
          place(),
          "it can mean " + String.join(", ", found),
          "name one of these");
    }
    return found.stream().findFirst();
  }

  private static String address(@Nullable Object value) {
    var address = value == null ? "" : value.toString();
    return address.startsWith("[") && address.endsWith("]")
        ? address.substring(1, address.length() - 1)
        : address;
  }
}
