package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.override.Overrides;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Reads the closure of a playbook. Files that lead to further files queue what they lead to
/// instead of calling it, so that a long chain of includes needs no deep stack; each file is read
/// once.
///
/// One reader reads one closure and is not safe to share between threads.
public final class ClosureReader {

  private static final Map<String, PluginKind> PLUGIN_KEYWORDS =
      Map.of(
          "connection", PluginKind.CONNECTION,
          "become_method", PluginKind.BECOME,
          "strategy", PluginKind.STRATEGY);

  private final Catalogue catalogue;
  private final ProjectFiles files;
  private final AnsibleConfig config;
  private final FileSearch search;
  private final NamedFiles named;
  private final OwnCollections ownCollections;
  private final Path playbook;
  private final Collected collected = new Collected();
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final YamlFile yaml;
  private final Strings strings = new Strings(this);
  private final TemplateFiles templates = new TemplateFiles(this);
  private final VariableFiles variables = new VariableFiles(this);
  private final TaskReader tasks = new TaskReader(this);
  private final AdjacentPlugins adjacent = new AdjacentPlugins(this);
  private final PlayReader plays = new PlayReader(this);
  private final RequirementFiles requirements = new RequirementFiles(this);
  private final RoleReader roles;
  private final Inventories inventories;
  private final Placement placement;
  private final Map<String, Value> exported = new HashMap<>();

  /// @param project absolute
  /// @param playbook the entry file, absolute, below the project directory
  /// @param rolesPath absolute directories that are searched for roles before the configured ones
  /// @param environment of which only what Ansible reads for paths is looked at
  public ClosureReader(
      Catalogue catalogue,
      Path project,
      Path playbook,
      List<Path> rolesPath,
      Map<String, String> environment) {
    this.catalogue = catalogue;
    this.playbook = playbook;
    this.config =
        AnsibleConfig.find(
            new ProjectFiles(project, List.of()), Context.directory(playbook), environment);
    var allRoles = new ArrayList<>(rolesPath);
    config.rolesPath(project, environment).stream()
        .map(directory -> inThisCheckout(project, directory))
        .forEach(allRoles::add);
    this.files = new ProjectFiles(project, allRoles);
    this.search = new FileSearch(files);
    this.named = new NamedFiles(search);
    this.yaml = new YamlFile(files, collected, config.toleratesDuplicateKeys());
    this.inventories = new Inventories(files, collected, config.inventories(project, environment));
    this.placement = new Placement(this, inventories, config.transport());
    this.ownCollections = new OwnCollections(files, Context.directory(playbook));
    this.roles = new RoleReader(this, new RoleFinder(files, search, ownCollections, allRoles));
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

  /// Reads a role of the collection that the project is, instead of a playbook.
  ///
  /// @throws InvalidInput as [#read]
  public Closure readRole(String role) {
    var context = Context.ofPlaybook(playbook, exported(), true, new Chain(role, null));
    roles.named(context, role, List.of(), new Site(role, 0), true);
    readQueued();
    return closure(Overrides.NONE);
  }

  /// @throws InvalidInput when a file that every run reads is missing, broken or imports itself
  public Closure read() {
    var overrides = new OverrideFiles(this).read(playbook);
    plays.playbook(playbook, true, null);
    added(overrides);
    readQueued();
    configuration();
    inventories();
    return closure(overrides);
  }

  private void readQueued() {
    for (var next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  private Closure closure(Overrides overrides) {
    var home = Optional.ofNullable(ownCollections.ofPlaybook(Context.directory(playbook)));
    var ownRoots = ownRoots(home);
    return collected.closure(
        String.valueOf(files.name(playbook)),
        ownCollections.names(),
        ownRoots,
        home,
        requirements.read(Context.directory(playbook)),
        overrides,
        files.rolesPath());
  }

  /// Roles and plugins that the user says are used count as if a file of the closure named them.
  private void added(Overrides overrides) {
    for (var plugin : overrides.plugins()) {
      var site = new Site(plugin.file(), plugin.line());
      add(new Reference.Plugin(site, plugin.kind(), plugin.name(), List.of(), Side.BOTH, true));
    }
    var name = String.valueOf(files.name(playbook));
    var context = Context.ofPlaybook(playbook, exported(), true, new Chain(name, null));
    for (var role : overrides.roles()) {
      var site = new Site(role.file(), role.line());
      roles.named(context, role.name(), List.of(), site, true);
    }
  }

  private void configuration() {
    var file = config.file();
    if (file == null || config.settings().isEmpty()) {
      return;
    }
    var name = String.valueOf(files.name(file));
    collected.add(name, FileKind.RAW, config.relevant());
    adjacent.configured(config);
    for (var plugin : config.plugins()) {
      add(
          Reference.Plugin.ofControl(
              new Site(name, plugin.line()), plugin.kind(), plugin.name(), true));
    }
  }

  /// The collections of the project that are used: what their plugins need depends on files of
  /// theirs, which belong to the closure.
  private Map<String, Path> ownRoots(Optional<String> home) {
    var used = new TreeSet<>(ownCollections.touched());
    home.ifPresent(used::add);
    for (var reference : collected.references()) {
      if (reference instanceof Reference.Plugin plugin) {
        used.addAll(plugin.collections());
        if (Catalogue.isFullyQualified(plugin.name())) {
          used.add(Catalogue.collectionOf(plugin.name()));
        }
      }
    }
    var roots = new TreeMap<String, Path>();
    for (var name : used) {
      ownCollections
          .reachable(name)
          .ifPresent(root -> {
            roots.put(name, root);
            for (var file : ownCollections.pluginFiles(root)) {
              collected.add(String.valueOf(files.name(file)), FileKind.RAW, files.read(file));
            }
          });
    }
    return roots;
  }

  /// Any host of the inventories may be delegated to, so what connects to them counts. Their
  /// variables belong to the closure; of the inventories themselves only what was decided by them,
  /// for other hosts come and go.
  private void inventories() {
    for (var placed : inventories.select("all")) {
      Strings.PLUGIN_VARIABLES.forEach((variable, kind) -> {
        var plugin = placed.host().text(variable);
        if (plugin != null && kind != PluginKind.CLICONF && !JinjaLexer.isTemplate(plugin)) {
          add(Reference.Plugin.ofControl(placed.site(), kind, plugin, false));
        }
      });
    }
    var decisions = placement.decisions();
    if (!decisions.isEmpty()) {
      collected.add("inventory:sides", FileKind.TEXT, decisions.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// The names in a `collections:` keyword.
  List<String> collectionsKeyword(Context context, @Nullable Node node) {
    var names = new ArrayList<String>();
    var items = YamlMapping.items(node);
    for (var item : items.isEmpty() && node != null ? List.of(node) : items) {
      var name = YamlMapping.text(item);
      if (name != null) {
        names.add(name);
        add(new Reference.Keyword(site(context, YamlMapping.lineOf(item)), name));
      }
    }
    return names;
  }

  /// A keyword whose value is a plugin's name, or that holds such names.
  void pluginKeyword(Context context, YamlMapping.Entry entry) {
    var kind = PLUGIN_KEYWORDS.get(entry.key());
    if (kind != null) {
      strings.plugin(context, kind, entry.value(), context.collections());
    } else if (entry.key().equals("module_defaults")) {
      var list = YamlMapping.items(entry.value());
      for (var node : list.isEmpty() ? List.of(entry.value()) : list) {
        moduleDefaults(context, YamlMapping.of(node));
      }
    }
  }

  /// Keys are modules, or groups of modules, whose collection must be there.
  private void moduleDefaults(Context context, @Nullable YamlMapping defaults) {
    if (defaults == null) {
      return;
    }
    for (var entry : defaults.entries()) {
      var site = site(context, entry.line());
      var name = entry.key();
      if (!name.startsWith("group/")) {
        add(
            new Reference.Plugin(
                site, PluginKind.MODULE, name, List.of(), context.side(), context.certain()));
      } else if (Catalogue.isFullyQualified(name.substring("group/".length()))) {
        var group = name.substring("group/".length());
        add(new Reference.Collection(site, Catalogue.collectionOf(group), "module_defaults"));
      }
    }
  }

  /// The operating system of a network device that a play connects to.
  void networkOs(Site site, String name) {
    if (!JinjaLexer.isTemplate(name)) {
      add(Reference.Plugin.ofControl(site, PluginKind.CLICONF, name, false));
    }
  }

  /// Whether a task's key can be a module at all.
  boolean knows(String module) {
    return Catalogue.isFullyQualified(module)
        || !(catalogue.resolve(PluginKind.MODULE, module) instanceof Resolution.Unknown);
  }

  /// @throws InvalidInput when static imports led from the name back to it
  void refuseCircle(@Nullable Chain imports, String name) {
    if (Chain.holds(imports, name)) {
      throw new InvalidInput(
          "imports itself",
          name,
          String.join(" -> ", Chain.circle(imports, name)),
          "break the circle, or make one of the imports a conditional include");
    }
  }

  void refuseCircle(Context context, String name) {
    refuseCircle(context.imports(), name);
  }

  Site site(Context context, int line) {
    return new Site(String.valueOf(files.name(context.file())), line);
  }

  boolean visit(Object key) {
    return collected.visit(key);
  }

  void later(Runnable reading) {
    queue.add(reading);
  }

  void add(Reference reference) {
    collected.add(reference);
  }

  /// The variables of all roles read so far. Roles of a play see each other's, see [using
  /// roles](https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html).
  Scope exported() {
    return new Scope(null, exported);
  }

  void export(Map<String, Value> variables) {
    variables.forEach(exported::putIfAbsent);
  }

  ProjectFiles files() {
    return files;
  }

  FileSearch search() {
    return search;
  }

  NamedFiles named() {
    return named;
  }

  Collected collected() {
    return collected;
  }

  YamlFile yaml() {
    return yaml;
  }

  Strings strings() {
    return strings;
  }

  TemplateFiles templates() {
    return templates;
  }

  Placement placement() {
    return placement;
  }

  List<Path> inventoryDirectories() {
    return inventories.directories();
  }

  VariableFiles variables() {
    return variables;
  }

  TaskReader tasks() {
    return tasks;
  }

  RequirementFiles requirements() {
    return requirements;
  }

  RoleReader roles() {
    return roles;
  }

  AdjacentPlugins adjacent() {
    return adjacent;
  }

  OwnCollections ownCollections() {
    return ownCollections;
  }
}
