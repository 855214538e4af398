package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.Inventory;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.core.run.Inventory.TargetOnly;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.spec.VenvName;
import dev.ansiblevenv.orchestration.store.ProjectLock;
import dev.ansiblevenv.orchestration.store.TextFile;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The user's Ansible inventory: read as Ansible reads it, and changed in the variable
/// `installed_venvs` of single hosts only. Every byte outside of that value stays.
///
/// A host is found by its name in the inventory, else by that name without regard to case, else by
/// the `ansible_host` of the one entry that has it. `group_vars/` and `host_vars/` beside the file
/// count for a host's variables, and are never written.
///
/// Every method throws [InvalidInput] with file:line when the inventory is not one that Ansible
/// reads without running something, and then writes nothing. Writers of one project wait for each
/// other.
public final class InventoryManager {

  /// Where an inventory is looked for in a project, in this order.
  private static final List<String> NAMES =
      List.of(
          "inventory/hosts", "inventory/hosts.yml", "inventory/hosts.yaml", "inventory/hosts.ini");

  private final Path project;
  private final Path file;
  private final String place;

  /// As it was read last: an operation on many hosts looks at it for each.
  private volatile @Nullable Inventory last;

  /// @param file the inventory; need not exist
  public InventoryManager(Path project, Path file) {
    this.project = project;
    this.file = project.resolve(file);
    this.place =
        this.file.startsWith(project)
            ? project.relativize(this.file).toString()
            : this.file.toString();
  }

  /// The inventory of a project: the first of `inventory/hosts`, `hosts.yml`, `hosts.yaml` and
  /// `hosts.ini` that exists, else `inventory/hosts`, which is then still to be made.
  public static InventoryManager of(Path project) {
    var found = NAMES.stream().filter(name -> Files.exists(project.resolve(name))).findFirst();
    return new InventoryManager(project, Path.of(found.orElse(NAMES.getFirst())));
  }

  /// The file, as shown in errors.
  public String place() {
    return place;
  }

  /// Sets `installed_venvs` of a host. A host that is not in the inventory is added without a
  /// group; a missing inventory is made. Nothing is written where the value is there already, or
  /// where an empty list would be set for a host that has none.
  ///
  /// @throws UsageFailure when a name is not valid, or is the address of several hosts
  public void updateInventoryVenvs(String hostname, List<String> venvs) {
    var host = HostName.of(hostname);
    venvs.forEach(VenvName::require);
    change(inventory -> InventoryEdit.apply(inventory, find(inventory, host), host.text(), venvs));
  }

  /// The host's own `installed_venvs`; empty where it has none. What its groups say does not count.
  ///
  /// @throws InvalidInput when the value is not a list of names
  /// @throws UsageFailure when the name is not valid, or is the address of several hosts
  public List<String> getInventoryVenvs(String hostname) {
    var host = HostName.of(hostname);
    var inventory = inventory();
    var name = find(inventory, host);
    return name.isEmpty() ? List.of() : venvs(inventory, name.get());
  }

  /// A host with its groups and variables; empty where the inventory does not have it.
  ///
  /// @throws UsageFailure when the name is not valid, or is the address of several hosts
  public Optional<InventoryHost> lookup(String hostname) {
    var host = HostName.of(hostname);
    var inventory = inventory();
    return find(inventory, host).map(name -> files().seen(inventory.data(), name));
  }

  /// What a run on a host is to know of the inventory.
  ///
  /// @param name of the host; need not be in the inventory
  public TargetOnly share(String name) {
    return new TargetShare(inventory().data(), files()).of(name);
  }

  /// Every host, in the order of the file.
  public List<InventoryHost> hosts() {
    var data = inventory().data();
    return data.hostNames().stream().map(name -> files().seen(data, name)).toList();
  }

  /// The hosts of these names with their groups and variables, in the order of the names.
  public List<InventoryHost> hosts(Inventory inventory, Collection<String> names) {
    return names.stream().map(name -> files().seen(inventory.data(), name)).toList();
  }

  private VariableFiles files() {
    return new VariableFiles(project, file.resolveSibling(""));
  }

  /// Replaces the inventory by what `edit` makes of it, while no other writer can come between.
  void change(UnaryOperator<Inventory> edit) {
    try (var _ = ProjectLock.acquire(project, "inventory")) {
      var before = inventory();
      var after = edit.apply(before).text();
      if (!after.equals(before.text())) {
        TextFile.write(file, place, after);
      }
    } catch (IOException e) {
      throw TextFile.failed("cannot be locked", place, e);
    }
  }

  /// The inventory as it is; one that says nothing where there is no file.
  public Inventory inventory() {
    var text = exists() ? read() : "";
    var known = last;
    if (known == null || !known.text().equals(text)) {
      known = InventoryReader.read(place, text);
      last = known;
    }
    return known;
  }

  private boolean exists() {
    if (!Files.exists(file)) {
      return false;
    }
    if (Files.isDirectory(file)) {
      throw InventoryReader.refused(
          place, "it is a directory", "name the file in it that hosts are to be added to");
    }
    return true;
  }

  private String read() {
    var text = TextFile.read(file, place);
    if (text.startsWith("#!") && Files.isExecutable(file)) {
      throw InventoryReader.refused(
          place, "it is a program that makes an inventory", "name a static inventory file");
    }
    return text;
  }

  private static List<String> venvs(Inventory inventory, String name) {
    var value = InventoryEdit.own(inventory, name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new InvalidInput(
        "`" + Inventory.VARIABLE + "` of `" + name + "` is not a list of names",
        inventory.placeOf(name),
        "its value is `" + value + "`",
        "remove the value: the next deploy sets it from the host record");
  }

  static Optional<String> find(Inventory inventory, HostName host) {
    var data = inventory.data();
    if (data.hostNames().contains(host.text())) {
      return Optional.of(host.text());
    }
    var similar = data.hostNames().stream().filter(host::isSame).toList();
    var found = similar;
    if (found.isEmpty() && !Localhost.isLocal(host.text())) {
      found =
          data.hostNames().stream()
              .filter(name -> host.isSame(address(data.seen(name).variables().get("ansible_host"))))
              .toList();
    }
    if (found.size() > 1) {
      throw new UsageFailure(
          "`" + host + "` is not one host",
          inventory.place(),
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
