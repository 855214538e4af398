package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.inventory.HostSelection;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.Localhost;
import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Decides on which side modules run: that of the connection to the hosts that a play's pattern
/// selects, unless a task says otherwise. Network devices run nothing: their modules run where
/// Ansible does. See [playbook
/// delegation](https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_delegation.html).
final class Placement {

  private static final Set<String> FOR_NETWORK_DEVICES =
      Set.of("network_cli", "netconf", "httpapi", "grpc");
  private static final String CONNECTION = "ansible_connection";
  private static final String NETWORK_OS = "ansible_network_os";

  private final ClosureReader reader;
  private final Inventories inventories;
  private final String transport;
  private final SortedSet<String> plugins = new TreeSet<>();
  private final Map<Asked, Side> answers = new HashMap<>();
  private final List<Runnable> ofInventoryHosts = new ArrayList<>();

  /// Whether a play or a task is for any host but the `localhost` that Ansible makes by itself,
  /// which takes no connection from inventories or files of variables.
  private boolean reachesInventoryHosts;

  /// What the side of a pattern depends on, beside the project's files.
  private record Asked(Path basedir, String pattern, Optional<Side> keyword) {}

  /// @param transport the configured connection plugin; empty for Ansible's own choice
  Placement(ClosureReader reader, Inventories inventories, String transport) {
    this.reader = reader;
    this.inventories = inventories;
    this.transport = transport;
  }

  /// Any host of the inventories may be delegated to, so what connects to them counts. Of the
  /// inventories only the plugins of collections that they name belong to the closure: hosts come
  /// and go, and on which side packages are needed does not change which they are.
  void addTo(Collected collected) {
    if (!reachesInventoryHosts) {
      return;
    }
    for (var placed : inventories.select("all")) {
      Strings.PLUGIN_VARIABLES.forEach((variable, kind) -> {
        var plugin = placed.host().text(variable);
        if (plugin != null && kind != PluginKind.CLICONF && !JinjaLexer.isTemplate(plugin)) {
          named(placed.site(), kind, plugin);
        }
      });
    }
    if (!plugins.isEmpty()) {
      var content = String.join("\n", plugins).getBytes(StandardCharsets.UTF_8);
      collected.add("inventory:plugins", FileKind.TEXT, content);
    }
  }

  /// Reads what only counts where hosts of inventories are reached.
  void ofInventoryHosts(Runnable reading) {
    ofInventoryHosts.add(reading);
  }

  /// @return whether there was anything to read
  boolean next() {
    if (!reachesInventoryHosts || ofInventoryHosts.isEmpty()) {
      return false;
    }
    var readings = List.copyOf(ofInventoryHosts);
    ofInventoryHosts.clear();
    readings.forEach(Runnable::run);
    return true;
  }

  private void named(Site site, PluginKind kind, String plugin) {
    reader.add(Reference.Plugin.ofControl(site, kind, plugin, false));
    if (!reader.isOfCore(kind, plugin)) {
      plugins.add(kind.word() + "=" + plugin);
    }
  }

  /// @param context with the play's variables
  Side ofPlay(Context context, YamlMapping play) {
    var own = named(context, play);
    var ofHosts = ofHosts(context, play.get("hosts"), own);
    if (own.isPresent() && play.get("vars") != null && connectionVariable(play).isPresent()) {
      return own.get();
    }
    return ofHosts.or(() -> own).orElse(Side.BOTH);
  }

  private Optional<Side> ofHosts(Context context, @Nullable Node hosts, Optional<Side> keyword) {
    var evaluator = new Evaluator(context.scope());
    var items = YamlMapping.items(hosts);
    return (items.isEmpty() ? Stream.ofNullable(hosts) : items.stream())
        .map(YamlMapping::text)
        .flatMap(text -> evaluator.texts(evaluator.values(text == null ? "" : text)).stream())
        .map(pattern ->
            FileSearch.isKnown(pattern)
                ? ofPattern(context, pattern, keyword)
                : keyword.orElse(ofUnknown()))
        .reduce(Side::and);
  }

  private Side ofUnknown() {
    reachesInventoryHosts = true;
    return Side.BOTH;
  }

  /// Tasks are delegated to the same few hosts again and again.
  private Side ofPattern(Context context, String pattern, Optional<Side> keyword) {
    var asked = new Asked(context.basedir(), pattern, keyword);
    var known = answers.get(asked);
    if (known == null) {
      known = ofSelected(context, pattern, keyword);
      answers.put(asked, known);
    }
    return known;
  }

  private Side ofSelected(Context context, String pattern, Optional<Side> keyword) {
    var selected = inventories.select(pattern);
    reachesInventoryHosts |=
        !selected.isEmpty() || !HostSelection.parts(pattern).stream().allMatch(Localhost::isLocal);
    return selected.stream()
        .map(placed -> ofHost(context, placed, keyword))
        .reduce(Side::and)
        .or(() ->
            HostSelection.parts(pattern).stream()
                .filter(part -> !part.startsWith("!") && !part.startsWith("&"))
                .map(part -> ofName(context, part, keyword))
                .reduce(Side::and))
        .or(() -> keyword)
        .orElse(Side.MANAGED_NODE);
  }

  private Side ofHost(Context context, Inventories.Placed placed, Optional<Side> keyword) {
    var host = placed.host();
    var connection = variable(context, host, CONNECTION);
    if (isForNetworkDevices(connection.orElse(transport))) {
      variable(context, host, NETWORK_OS)
          .filter(os -> !JinjaLexer.isTemplate(os))
          .ifPresent(os -> named(placed.site(), PluginKind.CLICONF, os));
    }
    return Localhost.isLocal(host.name())
        ? Side.CONTROL
        : connection
            .map(Placement::ofConnection)
            .or(() -> keyword)
            .orElseGet(() -> ofConnection(transport));
  }

  /// A host or group that no inventory here has; files of variables may know it all the same.
  private Side ofName(Context context, String name, Optional<Side> keyword) {
    if (Localhost.isLocal(name)) {
      return Side.CONTROL;
    }
    return fileVariable(context, "group_vars", name, CONNECTION)
        .or(() -> fileVariable(context, "host_vars", name, CONNECTION))
        .or(() -> fileVariable(context, "group_vars", "all", CONNECTION))
        .map(Placement::ofConnection)
        .or(() -> keyword)
        .orElseGet(() -> ofConnection(transport));
  }

  private Optional<String> variable(Context context, InventoryHost host, String variable) {
    var found = fileVariable(context, "host_vars", host.name(), variable);
    for (var group : host.groups().reversed()) {
      found = found.or(() -> fileVariable(context, "group_vars", group, variable));
    }
    return found
        .or(() -> Optional.ofNullable(host.text(variable)))
        .or(() -> fileVariable(context, "group_vars", "all", variable));
  }

  private Optional<String> fileVariable(
      Context context, String kind, String name, String variable) {
    var bases = new ArrayList<Path>(List.of(context.basedir()));
    bases.addAll(inventories.directories());
    for (var base : bases) {
      for (var file : reader.variables().ofName(base.resolve(kind), name)) {
        var root = reader.variables().read(context.onlyIf(false), file).orElse(null);
        var mapping = YamlMapping.of(root);
        var value = mapping == null ? null : mapping.text(variable);
        if (value != null) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  /// The side of a task, block or role; where it says nothing, that of what it stands in.
  Side ofTask(Context context, YamlMapping task) {
    if (task.has("local_action")) {
      return Side.CONTROL;
    }
    var delegate = task.text("delegate_to");
    if (delegate != null) {
      return delegated(context, delegate);
    }
    return named(context, task).orElse(context.side());
  }

  private Side delegated(Context context, String delegate) {
    var evaluator = new Evaluator(context.scope());
    return evaluator.texts(evaluator.values(delegate)).stream()
        .map(name -> {
          if (FileSearch.isKnown(name)) {
            return ofPattern(context, name, Optional.empty());
          }
          var unknown = ofUnknown();
          return delegate.contains("groups") || delegate.contains("inventory_hostname")
              ? context.side()
              : unknown;
        })
        .reduce(Side::and)
        .orElse(context.side());
  }

  /// What the keyword `connection` or the variable among `vars` says.
  private static Optional<Side> named(Context context, YamlMapping entry) {
    var text = connectionVariable(entry).orElse(entry.text("connection"));
    if (text == null) {
      return Optional.empty();
    }
    var evaluator = new Evaluator(context.scope());
    return evaluator.texts(evaluator.values(text)).stream()
        .map(name -> FileSearch.isKnown(name) ? ofConnection(name) : Side.BOTH)
        .reduce(Side::and);
  }

  private static Optional<String> connectionVariable(YamlMapping entry) {
    var vars = YamlMapping.of(entry.get("vars"));
    return Optional.ofNullable(vars == null ? null : vars.text(CONNECTION));
  }

  private static Side ofConnection(String name) {
    return name.substring(name.lastIndexOf('.') + 1).equals("local") || isForNetworkDevices(name)
        ? Side.CONTROL
        : Side.MANAGED_NODE;
  }

  static boolean isForNetworkDevices(String connection) {
    return FOR_NETWORK_DEVICES.contains(connection.substring(connection.lastIndexOf('.') + 1));
  }
}
