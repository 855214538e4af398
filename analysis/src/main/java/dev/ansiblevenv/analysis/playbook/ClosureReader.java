package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.catalogue.Resolution;
import dev.ansiblevenv.analysis.override.Overrides;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the closure of a playbook. Files that lead to further files queue what they lead to
/// instead of calling it, so that a long chain of includes needs no deep stack; each file is read
/// once.
///
/// One reader reads one closure and is not safe to share between threads.
public final class ClosureReader {

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
  private final SourceFiles sources = new SourceFiles(this);
  private final VariableFiles variables = new VariableFiles(this);
  private final TaskReader tasks = new TaskReader(this);
  private final AdjacentPlugins adjacent = new AdjacentPlugins(this);
  private final PlayReader plays = new PlayReader(this);
  private final RequirementFiles requirements = new RequirementFiles(this);
  private final RoleReader roles;
  private final Inventories inventories;
  private final Placement placement;
  private final Keywords keywords = new Keywords(this);
  private final CallScope call;
  private final Surroundings surroundings;
  private final Map<HostsOfPlay, HostVariables> hosts = new HashMap<>();
  private final Map<List<@Nullable Object>, ManyScopes> ways = new HashMap<>();
  private final Decisions decisions;

  /// @param hosts null where any may be meant
  private record HostsOfPlay(Path basedir, @Nullable Set<String> hosts) {

    // Written out where every start comes by: those of records are linked anew by each process.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof HostsOfPlay play
          && basedir.equals(play.basedir)
          && Objects.equals(hosts, play.hosts);
    }

    @Override
    public int hashCode() {
      return basedir.hashCode();
    }
  }

  /// @param project absolute
  /// @param playbook the entry file, absolute, below the project directory
  /// @param rolesPath absolute directories that are searched for roles before the configured ones
  /// @param settings Ansible's configuration as it counts for the playbook
  /// @param fetchedRoles directories by name, of roles that are looked at last and do not count as
  ///   files of the closure
  /// @param variables that the call sets
  public ClosureReader(
      Catalogue catalogue,
      Path project,
      Path playbook,
      List<Path> rolesPath,
      AnsibleSettings settings,
      Map<String, Path> fetchedRoles,
      CallVariables variables) {
    this.catalogue = catalogue;
    this.call = new CallScope(variables);
    this.playbook = playbook;
    this.config = new AnsibleConfig(settings, project);
    var allRoles = new ArrayList<>(rolesPath);
    allRoles.addAll(config.rolesPath());
    this.files =
        new ProjectFiles(project, outside(allRoles, config), fetchedRoles, settings.boundary());
    this.search = new FileSearch(files);
    this.named = new NamedFiles(search);
    this.yaml = new YamlFile(files, collected, config.toleratesDuplicateKeys());
    this.inventories = new Inventories(files, collected, config.inventories());
    var everyHost = hosts(Place.directory(playbook), null);
    this.surroundings = new Surroundings(call, config.mergesMappings(), everyHost);
    this.decisions = new Decisions(collected, surroundings);
    this.placement = new Placement(this, inventories, config.transport());
    this.ownCollections =
        new OwnCollections(files, Place.directory(playbook), config.collectionsPath());
    this.roles =
        new RoleReader(this, new RoleFinder(files, search, ownCollections, allRoles, fetchedRoles));
  }

  private static List<ProjectFiles.Searched> outside(List<Path> roles, AnsibleConfig config) {
    var outside = new ArrayList<ProjectFiles.Searched>();
    roles.forEach(path -> outside.add(new ProjectFiles.Searched(ProjectFiles.ROLES_PATH, path)));
    config
        .collectionsPath()
        .forEach(
            path -> outside.add(new ProjectFiles.Searched(ProjectFiles.COLLECTIONS_PATH, path)));
    config
        .pluginsPath()
        .forEach((path, kind) ->
            outside.add(new ProjectFiles.Searched("plugins-path:" + kind + "/", path)));
    return outside;
  }

  /// Reads a role of the collection that the project is, instead of a playbook.
  ///
  /// @throws InvalidInput as [#read]
  public Closure readRole(String role) {
    var context = Context.ofPlaybook(playbook, outermost(), true, new Chain(role, null));
    roles.named(context, role, RoleReader.Usage.PLAIN, new Site(role, 0));
    readQueued();
    return closure(Overrides.NONE);
  }

  /// @throws InvalidInput when a file that every run reads is missing, broken or imports itself
  public Closure read() {
    var overrides = new OverrideFiles(this).read(playbook);
    plays.playbook(playbook, outermost(), true, null);
    added(overrides);
    readQueued();
    configuration();
    placement.addTo(collected);
    return closure(overrides);
  }

  private void readQueued() {
    do {
      for (var next = queue.poll(); next != null; next = queue.poll()) {
        next.run();
      }
    } while (decisions.next() || placement.next());
    decisions.finish();
  }

  private Closure closure(Overrides overrides) {
    var home = Optional.ofNullable(ownCollections.ofPlaybook(Place.directory(playbook)));
    var asked = requirements.read(Place.directory(playbook));
    return collected.closure(
        String.valueOf(files.name(playbook)),
        ownCollections.namesWithout(asked.collections()),
        ownCollections.used(collected, home),
        home,
        asked,
        overrides,
        files.rolesPath(),
        files.outsideOf(collected.names(), config.pluginsByVariable()),
        files.fetchedRoles().keySet(),
        call);
  }

  /// Roles and plugins that the user says are used count as if a file of the closure named them.
  private void added(Overrides overrides) {
    for (var plugin : overrides.plugins()) {
      var site = new Site(plugin.file(), plugin.line());
      add(new Reference.Plugin(site, plugin.kind(), plugin.name(), List.of(), Side.BOTH, true));
    }
    var name = String.valueOf(files.name(playbook));
    var context = Context.ofPlaybook(playbook, outermost(), true, new Chain(name, null));
    for (var role : overrides.roles()) {
      var site = new Site(role.file(), role.line());
      roles.named(context, role.name(), RoleReader.Usage.PLAIN, site);
    }
  }

  private void configuration() {
    adjacent.configured(config);
    var name = config.name();
    if (name == null || config.deciding().isEmpty()) {
      return;
    }
    collected.add(name, FileKind.RAW, config.relevant());
    for (var plugin : config.plugins()) {
      add(
          Reference.Plugin.ofControl(
              new Site(name, plugin.line()), plugin.kind(), plugin.name(), true));
    }
  }

  /// Whether a task's key can be a module at all.
  boolean knows(String module) {
    return Catalogue.isFullyQualified(module)
        || !(catalogue.resolve(PluginKind.MODULE, module) instanceof Resolution.Unknown);
  }

  boolean isOfCore(PluginKind kind, String plugin) {
    return catalogue.resolve(kind, plugin) instanceof Resolution.Found found && found.builtin();
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

  /// @param what is read, in which ways it may be read more than once
  /// @return whether it has not been read yet
  boolean visit(@Nullable Object... what) {
    return collected.visit(what);
  }

  void later(Runnable reading) {
    queue.add(reading);
  }

  void add(Reference reference) {
    if (reference instanceof Reference.Unknown unknown) {
      decisions.add(unknown);
    } else {
      collected.add(reference);
    }
  }

  /// What is read with other variables for each way that leads to it.
  ///
  /// @param what is read, in which ways it may be read more than once
  /// @return the context to read it in; null where it has been read or will be: what it leads to is
  ///   then looked at again with the variables of this way
  @Nullable Context enter(Context context, @Nullable Object... what) {
    var isNew = visit(what);
    var scopes = ways.computeIfAbsent(Arrays.asList(what), _ -> new ManyScopes(surroundings));
    scopes.add(context.scope());
    return isNew ? context.with(Scope.ofWays(surroundings, scopes)) : null;
  }

  /// Does what depends on variables: now and whenever more is known of them. Doing it twice must be
  /// the same as doing it once.
  void decide(boolean dependsOnVariables, Runnable reading) {
    if (dependsOnVariables) {
      decisions.add(reading);
    } else {
      reading.run();
    }
  }

  /// Runs what is done only once, though a decision leads to it.
  void once(Runnable reading) {
    decisions.once(reading);
  }

  /// Something was found that decisions may depend on.
  void changed() {
    surroundings.changed();
  }

  Scope outermost() {
    return Scope.outermost(surroundings);
  }

  Assignments assignments() {
    return surroundings.assignments();
  }

  /// @param names null where any may be meant
  HostVariables hosts(Path basedir, @Nullable Set<String> names) {
    return hosts.computeIfAbsent(
        new HostsOfPlay(basedir, names), _ -> new HostVariables(this, inventories, basedir, names));
  }

  Inventories inventories() {
    return inventories;
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

  SourceFiles sources() {
    return sources;
  }

  Keywords keywords() {
    return keywords;
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
