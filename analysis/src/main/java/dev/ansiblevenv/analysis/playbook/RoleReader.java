package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.requirement.GalaxyRole;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Reads roles: `meta/` with its dependencies, variables, handlers, tasks and plugins, as
/// ansible-core's `playbook/role/__init__.py` loads them.
final class RoleReader {

  /// A file that `tasks_from` and the like choose instead of `main`.
  record Part(String kind, String from) {}

  /// How a role is used.
  ///
  /// @param parameters variables of the entry that are no keywords
  /// @param variables the entry's own `vars`
  /// @param isStatic whether Ansible loads the role before the run
  /// @param isPublic whether the rest of the play sees the role's variables
  record Usage(
      List<Part> parts,
      Map<String, Value> parameters,
      @Nullable Node variables,
      boolean isStatic,
      boolean isPublic) {

    static final Usage PLAIN = of(List.of(), true, true);

    static Usage of(List<Part> parts, boolean isStatic, boolean isPublic) {
      return new Usage(parts, Map.of(), null, isStatic, isPublic);
    }
  }

  /// Each takes some of the stack, here as in Ansible.
  private static final int DEEPEST = 200;

  private final ClosureReader reader;
  private final RoleFinder finder;
  private final IdentityHashMap<Node, Map<String, Value>> contents = new IdentityHashMap<>();
  private final Set<Node> exported = Collections.newSetFromMap(new IdentityHashMap<>());
  private int nested;

  RoleReader(ClosureReader reader, RoleFinder finder) {
    this.reader = reader;
    this.finder = finder;
  }

  /// @param nameTemplate as written; may be a template
  void named(Context context, String nameTemplate, Usage usage, Site site) {
    reader.decide(
        JinjaLexer.isTemplate(nameTemplate), () -> use(context, nameTemplate, usage, site));
  }

  private void use(Context context, String nameTemplate, Usage usage, Site site) {
    var isStatic = usage.isStatic();
    var stage = isStatic ? Level.Stage.LOAD : Level.Stage.RUN;
    var names = new Evaluator(context.scope(), stage).names(nameTemplate);
    var isTemplate = JinjaLexer.isTemplate(nameTemplate);
    if (isTemplate && names.stream().allMatch(name -> isNowhere(context, name))) {
      names = new Evaluator(context.scope().ofCall()).names(nameTemplate);
    }
    var isOne = names.size() == 1;
    for (var name : names) {
      var found = finder.find(context, name);
      var known = FileSearch.isKnown(name);
      var target = context.onlyIf(known && isOne);
      found.forEach(role -> load(target, role, usage, site));
      if (!known) {
        reader.add(new Reference.Unknown(site, "role", nameTemplate));
      }
      if (found.isEmpty() && known) {
        var isNamed = !isTemplate || context.scope().call().decides(name);
        var certain = isStatic && context.certain() && isNamed;
        hint(name, site);
        reader.add(new Reference.Role(site, name, context.collections(), context.side(), certain));
      } else if (found.isEmpty()) {
        ofKnownCollection(name, site);
      }
    }
  }

  /// People who call Ansible with a roles path of their own need to say so to us.
  private void hint(String name, Site site) {
    var project = reader.files().project();
    var directory = FileSearch.resolved(project.resolve("roles"), name);
    if (directory != null && reader.files().isDirectory(directory)) {
      var message =
          "the project has `"
              + project.relativize(directory)
              + "`, but Ansible does not look there from this playbook: set `roles_path = roles` in"
              + " ansible.cfg, or give `--roles-path roles`";
      reader.collected().finding(site, "closure[roles-path]", message, false);
    }
  }

  /// Whatever role of a collection is meant, the collection is needed.
  private void ofKnownCollection(String pattern, Site site) {
    var known = pattern.substring(0, pattern.indexOf(Value.ANY)) + "role";
    if (Catalogue.isFullyQualified(known)) {
      reader.add(new Reference.Collection(site, Catalogue.collectionOf(known), "role"));
    }
  }

  private void load(Context outer, RoleFinder.Found role, Usage usage, Site site) {
    var parts = usage.parts();
    var directory = role.directory();
    reader.collected().add(new Closure.FoundRole(role.name(), site, role.collection() != null));
    var metaFile = main(directory.resolve("meta"), "main");
    var meta = meta(outer, metaFile);
    var collections = collections(metaFile == null ? outer : outer.in(metaFile), role, meta);
    var scope = scope(outer, directory, role.name(), usage);
    var context = outer.inRole(directory, directory, collections, scope);
    var circle = String.valueOf(reader.files().name(directory)) + " (role dependencies)";
    var first = reader.enter(context, "role", directory, context.side(), context.elsewhere());
    if (first == null) {
      reader.refuseCircle(outer, circle);
    } else {
      reader.once(() -> {
        reader.adjacent().inDirectory(directory);
        reader.requirements().ofRole(directory);
        specifications(context, directory);
        if (meta != null && metaFile != null) {
          dependencies(first.in(metaFile).importing(circle), meta);
        }
      });
    }
    var isStatic = usage.isStatic();
    tasks(
        context.ofHandlers(true),
        directory.resolve("handlers"),
        from(parts, "handlers"),
        site,
        isStatic);
    tasks(context, directory.resolve("tasks"), from(parts, "tasks"), site, isStatic);
  }

  private @Nullable YamlMapping meta(Context context, @Nullable Path file) {
    return file == null
        ? null
        : YamlMapping.of(reader.yaml().read(file, FileKind.META, context.certain()).orElse(null));
  }

  private List<String> collections(
      Context context, RoleFinder.Found role, @Nullable YamlMapping meta) {
    var own = role.collection() == null ? Stream.<String>of() : Stream.of(role.collection());
    var named =
        meta == null
            ? List.<String>of()
            : reader.keywords().collections(context, meta.get("collections"));
    return Stream.concat(own, named.stream()).distinct().toList();
  }

  private void specifications(Context context, Path directory) {
    var file = main(directory.resolve("meta"), "argument_specs");
    if (file != null) {
      reader.yaml().read(file, FileKind.DATA, context.certain());
    }
  }

  private void dependencies(Context context, YamlMapping meta) {
    if (nested >= DEEPEST) {
      throw new InvalidInput(
          "is nested too deeply",
          String.valueOf(reader.files().name(context.file())),
          "at most " + DEEPEST + " role dependencies are followed one from another",
          "");
    }
    nested++;
    for (var node : YamlMapping.items(meta.get("dependencies"))) {
      reader.requirements().dependency(context, node);
      role(context, node);
    }
    nested--;
  }

  /// An entry of a play's `roles:` or of a role's dependencies.
  void role(Context context, Node node) {
    var entry = YamlMapping.of(node);
    var site = reader.site(context, YamlMapping.lineOf(node));
    var name = entry == null ? YamlMapping.text(node) : nameOf(entry);
    if (name == null) {
      reader
          .collected()
          .finding(site, "closure[role]", "a role must have a name", context.certain());
      return;
    }
    if (entry == null) {
      named(context, name, Usage.PLAIN, site);
      return;
    }
    var parameters = parameters(context, entry);
    var tagged = entry.has("tags") ? context.with(context.scope().behindTags()) : context;
    var inside =
        tagged.with(
            tagged
                .scope()
                .with(Level.ROLE_PARAMETERS, parameters)
                .with(Level.ROLE, entry.get("vars")));
    var target = tagged.on(reader.placement().ofTask(inside, entry));
    named(target, name, new Usage(List.of(), parameters, entry.get("vars"), true, true), site);
  }

  private static @Nullable String nameOf(YamlMapping entry) {
    for (var key : List.of("role", "name")) {
      var name = entry.text(key);
      if (name != null) {
        return name;
      }
    }
    var required = GalaxyRole.of(entry, 0);
    return required == null ? null : required.name();
  }

  private Map<String, Value> parameters(Context context, YamlMapping entry) {
    var parameters = new HashMap<String, Value>();
    for (var each : entry.entries()) {
      if (each.key().equals("when")) {
        reader.strings().conditions(context, each.value());
      } else {
        reader.strings().templates(context, each.value());
        reader.keywords().plugin(context, each);
      }
      if (!Action.KEYWORDS.contains(each.key()) && !each.key().equals("role")) {
        parameters.put(each.key(), new Value.Data(each.value()));
      }
    }
    return parameters;
  }

  /// A name that the call decides may be that of a role to be fetched.
  private boolean isNowhere(Context context, String name) {
    return !context.scope().call().decides(name) && finder.find(context, name).isEmpty();
  }

  private Scope scope(Context outer, Path directory, String name, Usage usage) {
    var magic =
        outer
            .scope()
            .with(
                Level.MAGIC,
                Map.of(
                    "role_path", new Value.Text(directory.toString()),
                    "role_name", new Value.Text(name)));
    var context = outer.inRole(directory, directory, List.of(), magic);
    var scope = magic;
    for (var node : variables(context, "defaults", from(usage.parts(), "defaults"))) {
      scope = scope.with(Level.ROLE_DEFAULTS, values(node));
      export(usage, Level.PLAY_DEFAULTS, node);
    }
    for (var node : variables(context, "vars", from(usage.parts(), "vars"))) {
      scope = scope.with(Level.ROLE, values(node));
      export(usage, Level.PLAY_ROLES, node);
    }
    return scope
        .with(Level.ROLE, usage.variables())
        .with(Level.ROLE_PARAMETERS, usage.parameters());
  }

  /// The same object for the same file, so that scopes can be compared quickly.
  private Map<String, Value> values(Node node) {
    return contents.computeIfAbsent(node, Scope::values);
  }

  private void export(Usage usage, Level level, Node node) {
    if (usage.isPublic() && exported.add(node)) {
      values(node).forEach((name, value) -> reader.assignments().add(level, name, value));
    }
  }

  private List<Node> variables(Context context, String kind, String from) {
    var directory = context.file().resolve(kind);
    var found = new ArrayList<Node>();
    var evaluator = new Evaluator(context.scope());
    for (var name : evaluator.texts(evaluator.values(from))) {
      for (var file : files(directory, name, true)) {
        var certain = FileSearch.isKnown(name);
        reader.variables().read(context.onlyIf(certain), file).ifPresent(found::add);
      }
    }
    return found;
  }

  private static String from(List<Part> parts, String kind) {
    return parts.stream()
        .filter(part -> part.kind().equals(kind))
        .map(Part::from)
        .findFirst()
        .orElse("");
  }

  private void tasks(Context context, Path directory, String from, Site site, boolean isStatic) {
    var evaluator = new Evaluator(context.scope());
    for (var name : evaluator.texts(evaluator.values(from))) {
      var found = files(directory, name, false);
      var target = context.onlyIf(FileSearch.isKnown(name));
      found.forEach(file -> reader.tasks().file(target, file));
      if (found.isEmpty() && !name.isEmpty()) {
        if (isStatic && target.certain()) {
          reader
              .collected()
              .finding(site, "closure[missing-file]", "`" + name + "` is not in the role", true);
        } else {
          reader.add(new Reference.Unknown(site, "include", from));
        }
      } else if (!FileSearch.isKnown(name)) {
        reader.add(new Reference.Unknown(site, "include", from));
      }
    }
  }

  /// @param name empty for `main`
  private List<Path> files(Path directory, String name, boolean orDirectory) {
    if (!FileSearch.isKnown(name)) {
      return Stream.of("", ".yml", ".yaml")
          .map(extension -> reader.search().search(List.of(directory), name + extension).files())
          .filter(found -> !found.isEmpty())
          .findFirst()
          .orElse(List.of());
    }
    var file = main(directory, name);
    if (file != null) {
      return List.of(file);
    }
    var subdirectory = directory.resolve(name.isEmpty() ? "main" : name);
    return orDirectory && reader.files().isDirectory(subdirectory)
        ? reader.variables().inDirectory(subdirectory)
        : List.of();
  }

  private @Nullable Path main(Path directory, String name) {
    var extensions =
        name.isEmpty()
            ? List.of(".yml", ".yaml", ".json", "")
            : List.of("", ".yml", ".yaml", ".json");
    for (var extension : extensions) {
      var path = FileSearch.resolved(directory, (name.isEmpty() ? "main" : name) + extension);
      if (path != null && reader.files().isFile(path)) {
        return path;
      }
    }
    return null;
  }
}
