package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.Setting;
import dev.ansiblevenv.formats.configuration.SettingName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The settings of Ansible that decide which files and plugins a playbook reaches.
///
/// @param project absolute
record AnsibleConfig(AnsibleSettings settings, Path project) {

  private static final String DEFAULTS = "defaults";

  /// Keys whose value names plugins.
  private static final Map<String, PluginKind> PLUGINS =
      Map.of(
          "defaults.stdout_callback", PluginKind.CALLBACK,
          "defaults.callbacks_enabled", PluginKind.CALLBACK,
          // the name of the same key up to ansible-core 2.14
          "defaults.callback_whitelist", PluginKind.CALLBACK,
          "defaults.transport", PluginKind.CONNECTION,
          "defaults.strategy", PluginKind.STRATEGY,
          "defaults.fact_caching", PluginKind.CACHE,
          "defaults.vars_plugins_enabled", PluginKind.VARS,
          "privilege_escalation.become_method", PluginKind.BECOME,
          "inventory.enable_plugins", PluginKind.INVENTORY,
          "inventory.cache_plugin", PluginKind.CACHE);

  /// Other keys that decide what the analysis finds.
  private static final List<String> DECIDING =
      List.of(
          "defaults.roles_path",
          "defaults.collections_path",
          "defaults.collections_paths",
          "defaults.library",
          "defaults.action_plugins",
          "defaults.module_utils",
          "defaults.inventory",
          "defaults.hash_behaviour",
          "defaults.duplicate_dict_key");

  private static final SettingName DUPLICATE_KEYS =
      SettingName.of("ANSIBLE_DUPLICATE_YAML_DICT_KEY", DEFAULTS, "duplicate_dict_key");
  private static final SettingName TRANSPORT =
      SettingName.of("ANSIBLE_TRANSPORT", DEFAULTS, "transport");
  private static final SettingName HASH_BEHAVIOUR =
      SettingName.of("ANSIBLE_HASH_BEHAVIOUR", DEFAULTS, "hash_behaviour");
  private static final Path SHARED = Path.of("/usr/share/ansible");
  private static final Path SYSTEM = Path.of("/etc/ansible");

  /// Whether the user has decided that the last of several equal keys is to win: Ansible's own
  /// default only warns, which loses what a person wrote.
  boolean toleratesDuplicateKeys() {
    return settings
        .string(DUPLICATE_KEYS)
        .filter(value -> !value.equalsIgnoreCase("error"))
        .isPresent();
  }

  /// Whether mappings of a variable's levels are merged instead of replaced.
  boolean mergesMappings() {
    return settings.string(HASH_BEHAVIOUR).filter(value -> value.equals("merge")).isPresent();
  }

  /// The values in the file that decide something, by `section.key`, sorted.
  Map<String, Setting> deciding() {
    var found = new TreeMap<String, Setting>();
    Stream.of(
            PLUGINS.keySet().stream(),
            DECIDING.stream(),
            Stream.of(PluginKind.values()).map(kind -> DEFAULTS + "." + kind.directory()))
        .flatMap(keys -> keys)
        .forEach(name -> {
          var dot = name.indexOf('.');
          settings
              .inFile(name.substring(0, dot), name.substring(dot + 1))
              .ifPresent(setting -> found.put(name, setting));
        });
    return found;
  }

  /// Those values as the content hash covers them.
  byte[] relevant() {
    var text = new StringBuilder();
    deciding()
        .forEach(
            (key, setting) -> text.append(key).append('=').append(setting.value()).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// What the file is called in the closure: the same on each machine.
  ///
  /// @return null where no file counts
  @Nullable String name() {
    var file = settings.file().orElse(null);
    if (file == null) {
      return null;
    }
    return file.startsWith(project)
        ? project.relativize(file).toString()
        : "configuration:" + file.getFileName();
  }

  /// The directories with roles in them, those of Ansible's default where none is set.
  List<Path> rolesPath() {
    if (!settings.isSet(SettingName.ROLES_PATH)) {
      return settings.boundary().isClosed()
          ? List.of()
          : existing(
              settings.home().resolve("roles"), SHARED.resolve("roles"), SYSTEM.resolve("roles"));
    }
    return settings.paths(SettingName.ROLES_PATH).stream().map(this::inThisCheckout).toList();
  }

  /// A configuration may say where its project is to lie (`/etc/project/roles`). Where there is no
  /// such directory, the one of this checkout that its path ends in is meant.
  private Path inThisCheckout(Path directory) {
    if (Files.exists(directory)) {
      return directory;
    }
    for (var from = 1; from < directory.getNameCount(); from++) {
      var here = project.resolve(directory.subpath(from, directory.getNameCount()));
      if (Files.isDirectory(here)) {
        return here;
      }
    }
    return directory;
  }

  /// The directories that hold `ansible_collections/`, as far as the user has set them. What
  /// `ansible-galaxy` installs for an account by default is no part of a project.
  List<Path> collectionsPath() {
    return settings.paths(SettingName.COLLECTIONS_PATH).stream()
        .map(path -> path.endsWith("ansible_collections") ? path.resolveSibling("") : path)
        .filter(Files::isDirectory)
        .toList();
  }

  /// Files and directories of inventories.
  List<Path> inventories() {
    return settings.pathList(SettingName.INVENTORY);
  }

  /// The connection plugin for hosts that no variable names one for; empty for Ansible's choice.
  String transport() {
    return settings.string(TRANSPORT).orElse("");
  }

  /// Where plugins of one kind are searched, besides the usual places.
  List<Path> pluginDirectories(PluginKind kind) {
    var variable = kind == PluginKind.MODULE ? "LIBRARY" : upper(kind.directory());
    var standard = kind == PluginKind.MODULE ? "modules" : kind.word();
    return directories(variable, kind.directory(), standard);
  }

  /// Where action plugins are searched, besides the usual places.
  List<Path> actionPlugins() {
    return directories("ACTION_PLUGINS", "action_plugins", "action");
  }

  List<Path> moduleUtils() {
    return directories("MODULE_UTILS", "module_utils", "module_utils");
  }

  /// All these directories, by the name of the kind as its directory beside a playbook has it.
  private Map<String, List<Path>> pluginsByKind() {
    var all = new LinkedHashMap<String, List<Path>>();
    for (var kind : PluginKind.values()) {
      all.put(kind.directory(), pluginDirectories(kind));
    }
    all.put("action_plugins", actionPlugins());
    all.put("module_utils", moduleUtils());
    return all;
  }

  Map<Path, String> pluginsPath() {
    var all = new LinkedHashMap<Path, String>();
    pluginsByKind().forEach((kind, paths) -> paths.forEach(path -> all.putIfAbsent(path, kind)));
    return all;
  }

  /// The same by the environment variable that sets them.
  Map<String, List<Path>> pluginsByVariable() {
    var all = new LinkedHashMap<String, List<Path>>();
    pluginsByKind().forEach((kind, paths) -> all.put("ANSIBLE_" + upper(kind), paths));
    return all;
  }

  private List<Path> directories(String variable, String key, String standard) {
    var name = SettingName.of("ANSIBLE_" + variable, DEFAULTS, key);
    return settings.isSet(name)
        ? existing(settings.paths(name).toArray(Path[]::new))
        : settings.boundary().isClosed()
            ? List.of()
            : existing(
                settings.home().resolve("plugins").resolve(standard),
                SHARED.resolve("plugins").resolve(standard));
  }

  private static List<Path> existing(Path... directories) {
    return Stream.of(directories).filter(Files::isDirectory).toList();
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /// A plugin that the file names.
  record NamedPlugin(PluginKind kind, String name, int line) {}

  List<NamedPlugin> plugins() {
    var named = new ArrayList<NamedPlugin>();
    deciding()
        .forEach((key, setting) -> {
          var kind = PLUGINS.get(key);
          if (kind == null) {
            return;
          }
          Stream.of(setting.value().split("[,\n]", -1))
              .map(String::strip)
              .filter(name -> !name.isEmpty() && !(name.equals("smart") || name.equals("auto")))
              .forEach(name -> named.add(new NamedPlugin(kind, name, setting.line())));
        });
    return named;
  }
}
