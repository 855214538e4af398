package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of `ansible.cfg` that decide which files and plugins a playbook reaches. The nearest
/// one counts, from the playbook's directory up to the project directory: it is from there that
/// people call Ansible. One outside the project (in a home directory, in `/etc`) is not looked at,
/// so that the answer is the same on every machine. See [the configuration
/// file](https://docs.ansible.com/ansible/latest/reference_appendices/config.html#the-configuration-file).
///
/// @param file null where the project has none
/// @param settings `section.key` to value, with its line
record AnsibleConfig(@Nullable Path file, Map<String, Setting> settings) {

  record Setting(String value, int line) {}

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
  private static final List<String> PATHS =
      List.of("defaults.roles_path", "defaults.library", "defaults.module_utils");
  private static final String NAME = "ansible.cfg";
  private static final String INVENTORY = "defaults.inventory";
  private static final String DUPLICATE_KEYS = "defaults.duplicate_dict_key";

  /// @param directory of the playbook
  static AnsibleConfig find(ProjectFiles files, Path directory, Map<String, String> environment) {
    var file = place(files, directory, environment.getOrDefault("ANSIBLE_CONFIG", ""));
    if (!files.isFile(file)) {
      return new AnsibleConfig(null, Map.of());
    }
    return new AnsibleConfig(file, parse(new String(files.read(file), StandardCharsets.UTF_8)));
  }

  private static Path place(ProjectFiles files, Path directory, String named) {
    if (!named.isEmpty()) {
      var file = files.project().resolve(named).normalize();
      return files.isDirectory(file) ? file.resolve(NAME) : file;
    }
    for (var above = directory;
        above != null && above.startsWith(files.project());
        above = above.getParent()) {
      if (files.isFile(above.resolve(NAME))) {
        return above.resolve(NAME);
      }
    }
    return files.project().resolve(NAME);
  }

  /// Whether the user has decided that the last of several equal keys is to win: Ansible's own
  /// default only warns, which loses what a person wrote.
  boolean toleratesDuplicateKeys() {
    var setting = settings.get(DUPLICATE_KEYS);
    return setting != null && !setting.value().strip().equalsIgnoreCase("error");
  }

  static Map<String, Setting> parse(String text) {
    var settings = new TreeMap<String, Setting>();
    var section = "";
    var key = "";
    var number = 0;
    for (var line : text.split("\r\n|\n|\r", -1)) {
      number++;
      var content = withoutComment(line);
      if (content.isBlank()) {
        continue;
      }
      var equals = firstOf(content, '=', ':');
      if (content.startsWith("[") && content.indexOf(']') > 0) {
        section = content.substring(1, content.indexOf(']')).strip();
      } else if (Character.isWhitespace(content.charAt(0)) && settings.containsKey(key)) {
        var before = settings.getOrDefault(key, new Setting("", number));
        settings.put(key, new Setting(before.value() + "\n" + content.strip(), before.line()));
      } else if (equals > 0) {
        key = section + "." + content.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        settings.put(key, new Setting(content.substring(equals + 1).strip(), number));
      }
    }
    settings.keySet().removeIf(name -> !isRelevant(name));
    return settings;
  }

  private static boolean isRelevant(String name) {
    return PLUGINS.containsKey(name)
        || PATHS.contains(name)
        || name.equals(INVENTORY)
        || name.equals(DUPLICATE_KEYS)
        || Arrays.stream(PluginKind.values())
            .anyMatch(kind -> name.equals("defaults." + kind.directory()));
  }

  private static String withoutComment(String line) {
    if (line.startsWith("#") || line.startsWith(";")) {
      return "";
    }
    var comment = line.indexOf(" ;");
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static int firstOf(String text, char a, char b) {
    var i = text.indexOf(a);
    var j = text.indexOf(b);
    return i < 0 ? j : j < 0 ? i : Math.min(i, j);
  }

  /// The relevant keys as the content hash covers them.
  byte[] relevant() {
    var text = new StringBuilder();
    settings.forEach(
        (key, setting) -> text.append(key).append('=').append(setting.value()).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// The roles directories, those of the environment instead of those of the file as in Ansible.
  List<Path> rolesPath(Path project, Map<String, String> environment) {
    var named = environment.get("ANSIBLE_ROLES_PATH");
    return named == null
        ? directories("defaults.roles_path").stream()
            .map(directory -> inThisCheckout(project, directory))
            .toList()
        : paths(named, project);
  }

  /// A configuration may say where its project is to lie (`/etc/project/roles`). Where there is no
  /// such directory, the one of this checkout that its path ends in is meant.
  private static Path inThisCheckout(Path project, Path directory) {
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

  /// Files and directories of inventories, those of the environment instead of those of the file.
  List<Path> inventories(Path project, Map<String, String> environment) {
    var named = environment.get("ANSIBLE_INVENTORY");
    var setting = settings.get(INVENTORY);
    var value = named != null ? named : setting == null ? "" : setting.value();
    var base = named != null || file == null ? project : parent(file);
    return paths(value.replace(',', ':').replace('\n', ':'), base);
  }

  /// The connection plugin for hosts that no variable names one for; empty for Ansible's choice.
  String transport() {
    var setting = settings.get("defaults.transport");
    return setting == null ? "" : setting.value();
  }

  /// Where plugins of one kind are searched, besides the usual places.
  List<Path> pluginDirectories(PluginKind kind) {
    return kind == PluginKind.MODULE
        ? directories("defaults.library")
        : directories("defaults." + kind.directory());
  }

  List<Path> moduleUtils() {
    return directories("defaults.module_utils");
  }

  private List<Path> directories(String key) {
    var setting = settings.get(key);
    return setting == null || file == null ? List.of() : paths(setting.value(), parent(file));
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static List<Path> paths(String value, Path base) {
    var paths = new ArrayList<Path>();
    for (var path : value.split(":", -1)) {
      var text = path.strip().replace("{{CWD}}", ".");
      if (!text.isEmpty() && !text.startsWith("~") && !text.startsWith("$")) {
        var resolved = FileSearch.resolved(base, text);
        if (resolved != null) {
          paths.add(resolved);
        }
      }
    }
    return paths;
  }

  /// A plugin that the file names.
  record NamedPlugin(PluginKind kind, String name, int line) {}

  List<NamedPlugin> plugins() {
    var named = new ArrayList<NamedPlugin>();
    new LinkedHashMap<>(settings)
        .forEach((key, setting) -> {
          var kind = PLUGINS.get(key);
          if (kind == null) {
            return;
          }
          Arrays.stream(setting.value().split("[,\n]", -1))
              .map(String::strip)
              .filter(name -> !name.isEmpty() && !(name.equals("smart") || name.equals("auto")))
              .forEach(name -> named.add(new NamedPlugin(kind, name, setting.line())));
        });
    return named;
  }
}
