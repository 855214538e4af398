package dev.ansiblevenv.orchestration.fleet;

import dev.ansiblevenv.analysis.inventory.HostSelection;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.diagnostic.UsageFailure;
import dev.ansiblevenv.orchestration.deploy.Target;
import dev.ansiblevenv.orchestration.inventory.InventoryManager;
import dev.ansiblevenv.orchestration.inventory.UserInventory;
import dev.ansiblevenv.orchestration.tracking.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells one host from many.
public final class HostPatterns {

  /// What makes a text that names no host a pattern; anything else is a mistyped name.
  private static final Pattern PATTERN = Pattern.compile("[,:&!*?~\\[]");

  private final InventoryManager inventory;

  public HostPatterns(InventoryManager inventory) {
    this.inventory = inventory;
  }

  /// A text that names no group and could be a host's name is one host, whether the inventory has
  /// it or not.
  ///
  /// @throws UsageFailure when the text can be neither, or selects no host
  /// @throws dev.ansiblevenv.diagnostic.InvalidInput when the inventory cannot be read
  public HostChoice choose(String text) {
    var known = inventory.inventory();
    var data = known.data();
    if (data.hostNames().contains(text) || !isPattern(data, text)) {
      return new HostChoice.One(text);
    }
    var selected = HostSelection.select(data, text);
    if (selected.isEmpty()) {
      throw new UsageFailure(
          "`" + text + "` selects no host",
          known.place(),
          data.hostNames().isEmpty() ? "the inventory has no hosts" : "",
          "see `ansible-inventory --graph` for its groups and hosts");
    }
    var several = known.unnamedFilesOf(selected);
    if (several.size() > 1) {
      throw new UsageFailure(
          "`" + text + "` selects hosts of several files",
          String.join(", ", several),
          "nobody named the inventory, and these may be inventories of different environments",
          "name one: `--inventory " + several.getFirst() + "`, or all: `--inventory inventory`");
    }
    return many(known, text, selected.stream().toList());
  }

  private static boolean isPattern(InventoryData data, String text) {
    return isGroup(data, text)
        || (!HostName.isName(text) && PATTERN.matcher(text).find() && !isWithPort(data, text));
  }

  private static boolean isGroup(InventoryData data, String text) {
    return data.groups().stream().anyMatch(group -> group.name().equals(text));
  }

  /// `night2:22` is a mistake rather than the hosts `night2` and `22`.
  private static boolean isWithPort(InventoryData data, String text) {
    return text.matches("[^:]+:[0-9]{1,5}")
        && HostSelection.select(data, text.substring(text.indexOf(':') + 1)).isEmpty();
  }

  private HostChoice.Many many(UserInventory known, String text, List<String> names) {
    var notes = new ArrayList<String>();
    for (var part : HostSelection.parts(text)) {
      var bare = part.replaceFirst("^[!&]", "");
      if (HostSelection.select(known.data(), bare).isEmpty()) {
        notes.add("`" + bare + "` is neither a host nor a group of " + known.place());
      }
    }
    var targets = new LinkedHashMap<List<String>, Target>();
    for (var host : known.hosts(names)) {
      var target = new Target(HostName.of(host.name()), Optional.of(host));
      var other = targets.putIfAbsent(identity(host), target);
      if (other != null) {
        notes.add("`" + host.name() + "` is the same host as `" + other.name() + "`: taken once");
      }
    }
    return new HostChoice.Many(text, List.copyOf(targets.values()), notes);
  }

  /// Entries that lead to one account and one store on one machine are one host.
  private static List<String> identity(InventoryHost host) {
    var address = first(host, "ansible_host", "ansible_ssh_host");
    return List.of(
        first(host, "ansible_connection"),
        (address.isEmpty() ? host.name() : address).toLowerCase(Locale.ROOT),
        first(host, "ansible_port", "ansible_ssh_port"),
        first(host, "ansible_user", "ansible_ssh_user"),
        first(host, "ansible_venv_home"));
  }

  private static String first(InventoryHost host, String... variables) {
    for (var variable : variables) {
      var text = host.text(variable);
      if (text != null) {
        return text;
      }
    }
    return "";
  }
}
