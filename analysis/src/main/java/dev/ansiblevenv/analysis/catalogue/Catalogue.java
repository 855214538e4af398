package dev.ansiblevenv.analysis.catalogue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What is known about the plugins of ansible-core and of the collections of the `ansible` package
/// on the Python index: where each lives, where names moved, and what each needs. Read from the
/// indexes beside this class, which `src/catalogue/build` makes. Immutable, so safe to share.
///
/// The rules are those of Ansible's plugin loader: `ansible.legacy` and a short name mean
/// ansible-core, whose `ansible_builtin_runtime.yml` forwards names that moved, also when they are
/// written as `ansible.builtin.NAME`; a collection's `meta/runtime.yml` forwards its own. A name in
/// a collection that is not in the catalogue is taken at its word.
public final class Catalogue {

  static final String BUILTIN = "ansible.builtin.";
  private static final String CORE = "ansible.builtin";
  private static final String LEGACY = "ansible.legacy.";
  private static final String MODULE = PluginKind.MODULE.word();
  private static final String ACTION = CollectionContent.ACTION;
  private static final int LONGEST_REDIRECT_CHAIN = 10;

  /// A Python package that a plugin needs.
  ///
  /// @param requirement as PEP 508 writes it
  /// @param control whether the controller needs it: it is of an action plugin or of a plugin that
  ///   is no module; otherwise it is needed where the module runs
  /// @param why `documented`; `import` when the plugin does not load without it; `checked` when it
  ///   gives up without it
  public record PythonRequirement(String requirement, boolean control, String why) {}

  /// What a plugin needs.
  ///
  /// @param control whether the controller needs it: it is of an action plugin or of a plugin that
  ///   is no module; otherwise it is needed where the module runs
  public record Need(PluginNeed need, boolean control) {}

  private final Indexes indexes;
  private final Map<PluginKind, Map<String, Resolution>> resolved = new EnumMap<>(PluginKind.class);

  private Catalogue(Indexes indexes) {
    this.indexes = indexes;
    for (var kind : PluginKind.values()) {
      resolved.put(kind, new ConcurrentHashMap<>());
    }
  }

  /// The catalogue that comes with this program. Reads nothing yet.
  public static Catalogue load() {
    return new Catalogue(new Indexes(Map.of()));
  }

  /// This catalogue, in which the index takes the place of what was known of its collection.
  public Catalogue with(CollectionIndex index) {
    return new Catalogue(indexes.with(index));
  }

  private CollectionIndex core() {
    return indexes.of(CORE).orElseThrow();
  }

  /// The ansible-core version that the catalogue was built from.
  public String coreVersion() {
    return core().version();
  }

  /// Whether the collection is in the catalogue.
  public boolean knows(String collection) {
    return indexes.of(collection).isPresent();
  }

  /// Whether a collection of the catalogue itself provides a plugin of this short name.
  public boolean provides(String collection, PluginKind kind, String name) {
    return indexes.of(collection).filter(index -> provides(index, kind, name)).isPresent();
  }

  /// Whether a collection of the catalogue provides a plugin of this short name, or its
  /// `meta/runtime.yml` says where the plugin is or that it is gone.
  public boolean routes(String collection, PluginKind kind, String name) {
    return indexes
        .of(collection)
        .filter(index ->
            provides(index, kind, name)
                || redirect(index, kind, name) != null
                || tombstone(index, kind, name).isPresent())
        .isPresent();
  }

  public Optional<CollectionFacts> collection(String name) {
    return indexes.of(name).map(CollectionFacts::of);
  }

  /// What a role uses, through the roles of its collection that it depends on, too.
  ///
  /// @param role fully qualified
  /// @return empty for a role that is not known
  public Optional<List<RoleUse>> role(String role) {
    var collection = collectionOf(role);
    var name = role.substring(collection.length() + 1);
    return indexes
        .of(collection)
        .filter(index -> index.roles().contains(name))
        .map(index -> index.uses(name));
  }

  /// @param name as written: short, or fully qualified
  public Resolution resolve(PluginKind kind, String name) {
    var names = Objects.requireNonNull(resolved.get(kind));
    var known = names.get(name);
    if (known == null) {
      known = follow(kind, name);
      names.put(name, known);
    }
    return known;
  }

  private Resolution follow(PluginKind kind, String name) {
    var current = qualified(name);
    var passed = new LinkedHashSet<String>();
    var deprecation = "";
    for (var hop = 0; hop < LONGEST_REDIRECT_CHAIN; hop++) {
      var collection = collectionOf(current);
      var shortName = current.substring(collection.length() + 1);
      var index = indexes.of(collection).orElse(null);
      if (index == null) {
        return new Resolution.Found(current, through(passed, collection), deprecation);
      }
      if (deprecation.isEmpty()) {
        deprecation = index.deprecated(kind.word(), shortName).orElse("");
      }
      var target = redirect(index, kind, shortName);
      if (target == null) {
        return end(index, kind, current, through(passed, collection), deprecation);
      }
      passed.add(current);
      current = qualified(target);
    }
    return new Resolution.Unknown();
  }

  /// Where the name leads; null when it is provided, gone or unknown here.
  private static @Nullable String redirect(CollectionIndex index, PluginKind kind, String name) {
    if (provides(index, kind, name)) {
      return null;
    }
    var target = index.redirect(kind.word(), name);
    if (target.isEmpty() && kind == PluginKind.MODULE) {
      target = index.redirect(ACTION, name);
    }
    return target.orElse(null);
  }

  private static boolean provides(CollectionIndex index, PluginKind kind, String name) {
    return index.has(kind.word(), name)
        || kind == PluginKind.MODULE
            && index.has(ACTION, name)
            && index.redirect(MODULE, name).isEmpty();
  }

  private static Resolution end(
      CollectionIndex index,
      PluginKind kind,
      String fqcn,
      List<String> through,
      String deprecation) {
    var collection = index.collection();
    var name = fqcn.substring(collection.length() + 1);
    if (provides(index, kind, name)) {
      return new Resolution.Found(fqcn, through, deprecation);
    }
    var removed = tombstone(index, kind, name);
    if (removed.isPresent()) {
      return new Resolution.Removed(fqcn, through, removed.get());
    }
    if (!collection.equals(CORE)) {
      var message = collection + " " + index.version() + " has no " + kind.word() + " of this name";
      return new Resolution.Absent(fqcn, through, message);
    }
    return index.has(CollectionContent.JINJA + kind.word(), name)
        ? new Resolution.Native()
        : new Resolution.Unknown();
  }

  private static Optional<String> tombstone(CollectionIndex index, PluginKind kind, String name) {
    var removed = index.removed(kind.word(), name);
    return removed.isEmpty() && kind == PluginKind.MODULE ? index.removed(ACTION, name) : removed;
  }

  private static List<String> through(Set<String> passed, String last) {
    var through = new ArrayList<String>(passed.size());
    for (var name : passed) {
      var collection = collectionOf(name);
      if (!collection.equals(CORE) && !collection.equals(last)) {
        through.add(name);
      }
    }
    return through;
  }

  private static String qualified(String name) {
    if (name.startsWith(LEGACY)) {
      return BUILTIN + name.substring(LEGACY.length());
    }
    return isFullyQualified(name) ? name : BUILTIN + name;
  }

  /// Whether the name has the form `namespace.collection.name`.
  public static boolean isFullyQualified(String name) {
    var first = name.indexOf('.');
    return first > 0
        && name.indexOf('.', first + 1) > first + 1
        && !name.endsWith(".")
        && isDotted(name);
  }

  /// Whether there are only letters, digits, underscores and dots in the name.
  static boolean isDotted(String name) {
    for (var i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      if (c != '.' && c != '_' && !Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return true;
  }

  /// The `namespace.collection` of a fully qualified name; what follows may have dots of its own.
  public static String collectionOf(String fqcn) {
    return fqcn.substring(0, fqcn.indexOf('.', fqcn.indexOf('.') + 1));
  }

  /// The Python packages that a plugin needs and ansible-core does not bring; for a module also
  /// those of the action plugin that runs it.
  ///
  /// @param fqcn as [#resolve] found it
  public List<PythonRequirement> python(PluginKind kind, String fqcn) {
    var requirements = new ArrayList<PythonRequirement>();
    needs(
        kind,
        fqcn,
        (need, control) -> {
          if (!need.isOfSystem() && need.why() != PluginNeed.Why.UNKNOWN) {
            requirements.add(new PythonRequirement(need.requirement(), control, need.why().word()));
          }
        });
    return List.copyOf(requirements);
  }

  /// Everything that a plugin needs beside Ansible; for a module also what the action plugin needs
  /// that runs it.
  ///
  /// @param fqcn as [#resolve] found it
  public List<Need> needs(PluginKind kind, String fqcn) {
    var all = new ArrayList<Need>();
    needs(kind, fqcn, (need, control) -> all.add(new Need(need, control)));
    return List.copyOf(all);
  }

  private void needs(PluginKind kind, String fqcn, BiConsumer<PluginNeed, Boolean> each) {
    var collection = collectionOf(fqcn);
    var name = fqcn.substring(collection.length() + 1);
    var control = kind != PluginKind.MODULE;
    indexes
        .of(collection)
        .ifPresent(index -> index.needs(kind.word(), name).forEach(n -> each.accept(n, control)));
    var action = control ? null : action(fqcn);
    if (action != null) {
      var owner = collectionOf(action);
      var actionName = action.substring(owner.length() + 1);
      indexes
          .of(owner)
          .ifPresent(index -> index.needs(ACTION, actionName).forEach(n -> each.accept(n, true)));
    }
  }

  /// The action plugin that runs a module, or null where it is Ansible's ordinary one.
  private @Nullable String action(String module) {
    var current = module;
    for (var hop = 0; hop < LONGEST_REDIRECT_CHAIN; hop++) {
      var collection = collectionOf(current);
      var name = current.substring(collection.length() + 1);
      var index = indexes.of(collection);
      if (index.isEmpty() || index.get().has(ACTION, name)) {
        return index.isEmpty() ? null : current;
      }
      var target = index.get().redirect(ACTION, name);
      if (target.isEmpty()) {
        return null;
      }
      current = qualified(target.get());
    }
    return null;
  }

  /// The modules that `module_defaults` means by `group/NAME`.
  ///
  /// @param name `ns.collection.group`, or a short name of ansible-core's
  /// @return empty for a group that is not known
  public List<String> actionGroup(String name) {
    return new ActionGroups(indexes).modules(qualified(name));
  }

  /// Up to three known names that a misspelt one may have meant, nearest first.
  ///
  /// @param name short, or of a collection in the catalogue
  public List<String> nearest(PluginKind kind, String name) {
    var collection = isFullyQualified(name) ? collectionOf(name) : CORE;
    var index = indexes.of(collection);
    if (index.isEmpty()) {
      return List.of();
    }
    var prefix = collection.equals(CORE) ? "" : collection + ".";
    var shortName = isFullyQualified(name) ? name.substring(collection.length() + 1) : name;
    return NearestNames.of(index.get(), kind, shortName).stream().map(prefix::concat).toList();
  }
}
