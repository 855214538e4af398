package dev.ansiblevenv.orchestration.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.inventory.HostPattern;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.core.inventory.InventoryListing;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import dev.ansiblevenv.orchestration.inventory.UserInventory.SourceFile;
import dev.ansiblevenv.orchestration.store.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Merges the sources of an inventory, file by file, in Ansible's order. What people write in INI
/// and YAML is read here; all else Ansible is asked about.
final class InventoryReading {

  private static final SettingName ENABLED =
      SettingName.of("ANSIBLE_INVENTORY_ENABLED", "inventory", "enable_plugins");

  private static final SettingName VARS_PLUGINS =
      SettingName.of("ANSIBLE_VARS_ENABLED", "defaults", "vars_plugins_enabled");

  private final Path project;
  private final AnsibleSettings settings;
  private final DynamicSources dynamic;

  /// What one pass over the files has found.
  private static final class Pass {
    final InventoryData data = new InventoryData();
    final List<SourceFile> files = new ArrayList<>();
    final Map<Path, Path> listings = new LinkedHashMap<>();
    final Map<Path, String> passedOver = new LinkedHashMap<>();
    final TreeSet<String> plugins = new TreeSet<>();

    /// Whether only Ansible can say what all sources are together.
    boolean isAnsibles;

    /// Why a file is not read here; null where all are.
    @Nullable InvalidInput notRead;
  }

  InventoryReading(Path project, AnsibleSettings settings, DynamicSources dynamic) {
    this.project = project;
    this.settings = settings;
    this.dynamic = dynamic;
  }

  /// The texts of the files of the sources. A list of hosts has none, nor has what is not UTF-8.
  ///
  /// @throws InvalidInput when a source is not there
  Map<Path, String> texts(InventorySources sources) {
    var texts = new LinkedHashMap<Path, String>();
    for (var source : sources.sources()) {
      for (var file : files(source)) {
        try {
          texts.put(file, TextFile.read(file, name(file)));
        } catch (InvalidInput e) {
          if (!sources.isNamed() && isUsual(file)) {
            throw e;
          }
        }
      }
    }
    return texts;
  }

  private List<Path> files(String source) {
    if (InventorySources.isHostList(source)) {
      return List.of();
    }
    var path = Path.of(source);
    if (Files.isDirectory(path)) {
      return SourceFiles.of(settings).in(path);
    }
    if (!Files.exists(path)) {
      throw new InvalidInput(
          "cannot read the inventory",
          name(path),
          "there is no such file",
          "a list of hosts has a comma: `" + path.getFileName() + ",`");
    }
    return List.of(path);
  }

  /// @param texts of all files, as [#texts] gives them; some may be changed
  /// @throws InvalidInput when a file is not an inventory; names file:line
  UserInventory read(InventorySources sources, Map<Path, String> texts) {
    var pass = new Pass();
    // Plugins of the user's may give a host any variable.
    pass.isAnsibles = settings.isSet(VARS_PLUGINS) && sources.isNamed();
    for (var source : sources.sources()) {
      if (InventorySources.isHostList(source)) {
        addHosts(pass.data, source);
        pass.isAnsibles |= !isEnabled("host_list") || isNamed("advanced_host_list");
      }
      for (var file : files(source)) {
        read(pass, file, Optional.ofNullable(texts.get(file)), sources);
      }
    }
    pass.data.reconcile();
    var data = pass.data;
    if (pass.isAnsibles) {
      data = new InventoryData();
      var name = String.join(", ", sources.sources().stream().map(this::name).toList());
      ListedHosts.add(all(sources, pass, name), data);
      data.reconcile();
    }
    return new UserInventory(project, sources, data, pass.files, pass.listings, pass.passedOver);
  }

  /// What neither Ansible nor this program reads is told with its line.
  private InventoryListing all(InventorySources sources, Pass pass, String name) {
    try {
      return dynamic.all(sources, pass.plugins, pass.listings, name, settings);
    } catch (InvalidInput e) {
      if (pass.notRead == null) {
        throw e;
      }
      pass.notRead.addSuppressed(e);
      throw pass.notRead;
    }
  }

  private void read(Pass pass, Path file, Optional<String> text, InventorySources sources) {
    var plugin = text.flatMap(content -> plugin(file, content));
    if (isProgram(file, text) || plugin.isPresent()) {
      if (sources.isNamed()) {
        ask(pass, file, plugin);
      } else {
        pass.passedOver.put(
            file,
            plugin
                .map(name -> "it is the configuration of the plugin `" + name + "`")
                .orElse("it is a program"));
      }
      return;
    }
    try {
      var read = InventoryReader.read(pass.data, name(file), text.orElse(""));
      if (text.isPresent() && isEnabled(read.plugin())) {
        pass.files.add(new SourceFile(file, read));
      } else {
        pass.isAnsibles = true;
      }
    } catch (InvalidInput e) {
      notRead(pass, file, e, sources);
    }
  }

  private void notRead(Pass pass, Path file, InvalidInput e, InventorySources sources) {
    if (sources.isNamed()) {
      pass.isAnsibles = true;
      pass.notRead = pass.notRead == null ? e : pass.notRead;
    } else if (isUsual(file)) {
      throw e;
    } else {
      pass.passedOver.put(file, e.why().isEmpty() ? e.what() : e.why());
    }
  }

  private void ask(Pass pass, Path file, Optional<String> plugin) {
    if (plugin.filter(dynamic::needsTheOthers).isPresent()) {
      plugin.ifPresent(pass.plugins::add);
      pass.isAnsibles = true;
      return;
    }
    var listing =
        plugin.isPresent()
            ? dynamic.ofPlugin(file, plugin.get(), name(file), settings)
            : dynamic.ofProgram(file, !isEnabled("script"), name(file), settings);
    try {
      ListedHosts.add(listing, pass.data);
    } catch (IllegalArgumentException e) {
      throw new InvalidInput(
          "the inventory cannot be merged", name(file), String.valueOf(e.getMessage()), "", e);
    }
    pass.listings.put(file, dynamic.file(file, listing));
  }

  /// A file that can only be meant as an inventory.
  private boolean isUsual(Path file) {
    return name(file).startsWith(SourceLookup.NEW);
  }

  private boolean isEnabled(String plugin) {
    return settings.list(ENABLED).isEmpty() || isNamed(plugin);
  }

  private boolean isNamed(String plugin) {
    return settings.list(ENABLED).stream()
        .anyMatch(name -> name.endsWith("." + plugin) || name.equals(plugin));
  }

  /// As the plugin `script` decides, but for a static file that is executable by mistake.
  private boolean isProgram(Path file, Optional<String> text) {
    return Files.isExecutable(file) && text.map(each -> each.startsWith("#!")).orElse(true);
  }

  /// The plugin that a YAML file configures.
  private Optional<String> plugin(Path file, String text) {
    var name = String.valueOf(file.getFileName());
    if (!text.contains("plugin") || !(name.endsWith(".yml") || name.endsWith(".yaml"))) {
      return Optional.empty();
    }
    try {
      if (YamlEdit.of(name(file), text.getBytes(UTF_8)).root() instanceof MappingNode root) {
        return root.getValue().stream()
            .filter(entry -> "plugin".equals(YamlValue.of(entry.getKeyNode())))
            .map(entry -> String.valueOf(YamlValue.of(entry.getValueNode())))
            .findFirst();
      }
      return Optional.empty();
    } catch (InvalidInput e) {
      return Optional.empty();
    }
  }

  /// As Ansible's plugin `host_list`, which knows no ranges.
  private static void addHosts(InventoryData data, String list) {
    for (var each : list.split(",", -1)) {
      var text = each.strip();
      if (!text.isEmpty()) {
        addHost(data, text);
      }
    }
  }

  private static void addHost(InventoryData data, String text) {
    try {
      var pattern = HostPattern.parse(text);
      if (pattern.hosts().size() == 1 && text.contains(pattern.hosts().getFirst())) {
        data.addHost(pattern.hosts().getFirst(), "ungrouped", pattern.port());
        return;
      }
    } catch (IllegalArgumentException e) {
      // Ansible takes what is no address as it is, too.
    }
    data.addHost(text, "ungrouped", 0);
  }

  private String name(String source) {
    return InventorySources.isHostList(source) ? source : name(Path.of(source));
  }

  private String name(Path file) {
    return UserInventory.name(project, file);
  }
}
