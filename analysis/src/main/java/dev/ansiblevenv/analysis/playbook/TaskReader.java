package dev.ansiblevenv.analysis.playbook;

import static java.util.Locale.ROOT;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads lists of tasks and handlers: blocks, actions, and the files and roles they lead to.
final class TaskReader {

  private static final Set<String> CONDITIONS =
      Set.of("when", "failed_when", "changed_when", "until");

  private final ClosureReader reader;
  private final AssigningTasks assigned;

  TaskReader(ClosureReader reader) {
    this.reader = reader;
    this.assigned = new AssigningTasks(reader);
  }

  /// A file of tasks. Each is read once, however many includes lead to it.
  ///
  /// @throws InvalidInput when static imports lead back to the file
  void file(Context context, Path file) {
    var name = String.valueOf(reader.files().name(file));
    var first =
        reader.enter(
            context,
            "tasks",
            file,
            context.role(),
            context.handlers(),
            context.collections(),
            context.side(),
            context.elsewhere());
    if (first == null) {
      reader.refuseCircle(context, name);
      return;
    }
    reader.collected().reached(name, context.elsewhere());
    var inside = first.in(file).importing(name);
    reader.later(() -> {
      var root = reader.yaml().read(file, FileKind.TASKS, context.certain());
      root.ifPresent(node -> list(inside, node, "a file of tasks"));
    });
  }

  /// @param what how the list is called in errors
  /// @return the scope behind the last task, with what the tasks have surely set
  Scope list(Context context, @Nullable Node node, String what) {
    if (node instanceof SequenceNode tasks) {
      var inside = context;
      for (var task : tasks.getValue()) {
        inside = inside.with(task(inside, task));
      }
      return inside.scope();
    }
    if (node != null && !isNull(node)) {
      refuse(context, node, what + " must be a list");
    }
    return context.scope();
  }

  private static boolean isNull(Node node) {
    return !(node instanceof SequenceNode)
        && YamlMapping.of(node) == null
        && YamlMapping.text(node) == null;
  }

  private void refuse(Context context, Node node, String message) {
    var site = reader.site(context, YamlMapping.lineOf(node));
    if (context.certain()) {
      var mark = node.getStartMark();
      var at = new Location(site.file(), site.line(), mark == null ? 0 : mark.getColumn() + 1);
      throw new InvalidInput("is not valid", at.toString(), message, "");
    }
    reader.collected().finding(site, "closure[tasks]", message, false);
  }

  private Scope task(Context outer, Node node) {
    if (isNull(node)) {
      // Ansible passes over an empty item of a list of tasks.
      return outer.scope();
    }
    var task = YamlMapping.of(node);
    if (task == null) {
      refuse(outer, node, "a task must be a mapping");
      return outer.scope();
    }
    var named = task.get("collections");
    var defaults = reader.templates().scope(outer.scope(), task.get("module_defaults"));
    var tagged = task.has("tags") ? defaults.behindTags() : defaults;
    var context = outer.with(withVars(outer, tagged, task));
    context = context.on(reader.placement().ofTask(context, task));
    if (named != null) {
      context = context.withCollections(reader.keywords().collections(context, named));
    }
    if (task.has("block")) {
      block(context, task);
      return outer.scope();
    }
    return assigned.behind(outer.scope(), task, action(context, task));
  }

  /// Dynamic includes hand their `vars` on as parameters.
  private static Scope withVars(Context outer, Scope scope, YamlMapping task) {
    var names =
        Action.candidates(task).stream()
            .map(candidate -> Action.of(task, candidate).coreName())
            .toList();
    if (names.contains("include_role")) {
      return scope.withIncludeRole(task.get("vars"), outer.role() != null);
    }
    var level = names.contains("include_tasks") ? Level.INCLUDE_PARAMETERS : Level.TASK;
    return scope.with(level, task.get("vars"));
  }

  private void block(Context context, YamlMapping block) {
    for (var entry : block.entries()) {
      switch (entry.key()) {
        case "block", "rescue", "always" -> list(context, entry.value(), "`" + entry.key() + "`");
        default -> keyword(context, entry);
      }
    }
  }

  private void keyword(Context context, YamlMapping.Entry entry) {
    var key = entry.key();
    if (CONDITIONS.contains(key)) {
      reader.strings().conditions(context, entry.value());
      return;
    }
    reader.strings().templates(context, entry.value());
    if (key.startsWith("with_")) {
      var site = reader.site(context, entry.line());
      var name = key.substring("with_".length());
      reader.add(Reference.Plugin.ofControl(site, PluginKind.LOOKUP, name, context.certain()));
      reader.sources().loop(context, name, entry.value());
    }
    reader.keywords().plugin(context, entry);
  }

  /// @return the variables that the task surely sets for those behind it
  private AssigningTasks.Assigned action(Context context, YamlMapping task) {
    var candidates = Action.candidates(task);
    var inside = context.with(Loops.anyItem(task, context.scope()));
    for (var entry : task.entries()) {
      if (Action.KEYWORDS.contains(entry.key()) || entry.key().startsWith("with_")) {
        keyword(inside, entry);
      }
    }
    if (candidates.size() > 1) {
      var names = candidates.stream().map(YamlMapping.Entry::key).collect(Collectors.joining(", "));
      problem(context, task, "conflicting action statements: " + names);
    } else if (candidates.isEmpty()) {
      problem(context, task, "no module/action detected in task");
    }
    var set = AssigningTasks.Assigned.NOTHING;
    for (var candidate : candidates) {
      set = act(context, task, Action.of(task, candidate), candidate, candidates.size() > 1);
    }
    return set;
  }

  private void problem(Context context, YamlMapping task, String message) {
    reader
        .collected()
        .finding(reader.site(context, task.line()), "closure[task]", message, context.certain());
  }

  private AssigningTasks.Assigned act(
      Context context, YamlMapping task, Action action, YamlMapping.Entry entry, boolean unsure) {
    var site = reader.site(context, action.line());
    if (unsure && !reader.knows(action.name())) {
      return AssigningTasks.Assigned.NOTHING;
    }
    if (action.coreName().equals("assert")) {
      assertion(context, action);
    } else if (!entry.key().equals("action") && !entry.key().equals("local_action")) {
      var inside = context.with(Loops.anyItem(task, context.scope()));
      reader.strings().templates(inside, entry.value());
    }
    var isComputed = action.isComputed() || Loops.loops(task);
    switch (action.coreName()) {
      case "import_tasks" ->
          reader.decide(isComputed, () -> tasks(context, task, action, site, true));
      case "include_tasks", "include" ->
          reader.decide(isComputed, () -> tasks(context, task, action, site, false));
      case "import_role" ->
          reader.decide(isComputed, () -> role(context, task, action, site, true));
      case "include_role" ->
          reader.decide(isComputed, () -> role(context, task, action, site, false));
      case "meta" -> {}
      default -> {
        module(context, action, site);
        reader.decide(isComputed, () -> files(context, task, action, site));
      }
    }
    if (action.coreName().equals("include")) {
      reader.add(Reference.Plugin.ofControl(site, PluginKind.MODULE, "include", context.certain()));
    }
    return assigned.by(context, task, action, site);
  }

  private void assertion(Context context, Action action) {
    var mapping = action.arguments();
    if (mapping == null) {
      reader.strings().conditions(context, action.node("that"));
      return;
    }
    for (var entry : mapping.entries()) {
      if (entry.key().equals("that")) {
        reader.strings().conditions(context, entry.value());
      } else {
        reader.strings().templates(context, entry.value());
      }
    }
  }

  private void module(Context context, Action action, Site site) {
    reader.decide(
        JinjaLexer.isTemplate(action.name()),
        () -> {
          for (var name : new Evaluator(context.scope()).names(action.name())) {
            module(context, action, name, site);
          }
        });
  }

  private void module(Context context, Action action, String name, Site site) {
    if (FileSearch.isKnown(name) && !name.isBlank()) {
      reader.add(
          new Reference.Plugin(
              site,
              PluginKind.MODULE,
              name.strip(),
              context.collections(),
              context.side(),
              context.certain()));
    } else {
      reader.add(new Reference.Unknown(site, "module", action.name()));
    }
  }

  /// What of the project's files a module reads.
  private void files(Context context, YamlMapping task, Action action, Site site) {
    switch (action.coreName()) {
      case "template", "win_template", "ansible.windows.win_template" ->
          forEachItem(
              context,
              task,
              inside -> {
                var source = action.argument("src");
                if (source != null) {
                  reader.templates().read(inside, action, source, site);
                }
              });
      case "include_vars" ->
          forEachItem(context, task, inside -> reader.variables().include(inside, action, site));
      case "add_host" -> addHost(context, action);
      default -> {
        otherTemplate(context, task, action);
        var source = SourceFiles.named(action);
        if (source != null) {
          forEachItem(context, task, inside -> reader.sources().read(inside, source));
        }
      }
    }
  }

  /// Modules of collections that render templates name them like `template` does.
  private void otherTemplate(Context context, YamlMapping task, Action action) {
    for (var argument : List.of("src", "template")) {
      var source = action.argument(argument);
      if (source != null && source.endsWith(".j2")) {
        forEachItem(
            context, task, inside -> reader.templates().readIfThere(inside, action, source));
      }
    }
  }

  /// The arguments of `add_host` are variables of the new host.
  private void addHost(Context context, Action action) {
    var written = action.text().values().get("ansible_connection");
    if (written != null && FileSearch.isKnown(written) && !written.contains("{{")) {
      var site = reader.site(context, action.line());
      reader.add(
          Reference.Plugin.ofControl(site, PluginKind.CONNECTION, written, context.certain()));
    }
  }

  private interface InItem {
    void read(Context context);
  }

  private static void forEachItem(Context context, YamlMapping task, InItem reading) {
    Loops.scopes(task, context.scope()).forEach(scope -> reading.read(context.with(scope)));
  }

  private void tasks(Context outer, YamlMapping task, Action action, Site site, boolean isStatic) {
    var name = action.freeOr("file");
    if (name == null) {
      reader
          .collected()
          .finding(
              site, "closure[task]", "no file specified for " + action.name(), outer.certain());
      return;
    }
    var context = applied(outer, action);
    forEachItem(
        context,
        task,
        inside -> {
          var stage = isStatic ? Level.Stage.LOAD : Level.Stage.RUN;
          var found = reader.named().named(inside, "tasks", name, stage);
          if (found.open() && !found.files().isEmpty()) {
            reader.add(new Reference.Unknown(site, "include", name));
          }
          var target =
              isStatic ? inside : inside.including().elsewhereIf(OtherSystems.condition(task));
          for (var file : found.files()) {
            var isGuess = !found.certain() && OtherSystems.fileName(file);
            file(target.onlyIf(found.certain()).elsewhereIf(isGuess && !isStatic), file);
          }
          if (found.files().isEmpty()) {
            missing(inside, site, name, isStatic && !JinjaLexer.isTemplate(name));
          }
        });
  }

  /// `apply` holds keywords for what is included.
  private Context applied(Context context, Action action) {
    var apply = YamlMapping.of(action.node("apply"));
    if (apply == null) {
      return context;
    }
    var inside = context.with(context.scope().with(Level.TASK, apply.get("vars")));
    return inside.on(reader.placement().ofTask(inside, apply));
  }

  private void missing(Context context, Site site, String name, boolean fatal) {
    if (fatal && context.certain()) {
      reader
          .collected()
          .finding(site, "closure[missing-file]", "`" + name + "` does not exist", true);
    } else {
      reader.add(new Reference.Unknown(site, "include", name));
    }
  }

  private void role(Context outer, YamlMapping task, Action action, Site site, boolean isStatic) {
    var role = action.argument("role");
    var name = action.argument("name") == null ? role : action.argument("name");
    if (name == null) {
      problem(outer, task, "'name' is a required field for " + action.name());
      return;
    }
    var context = applied(outer, action);
    forEachItem(
        context,
        task,
        inside -> {
          var parts = new ArrayList<RoleReader.Part>();
          for (var kind : List.of("tasks", "vars", "defaults", "handlers")) {
            var from = action.argument(kind + "_from");
            if (from != null) {
              parts.add(new RoleReader.Part(kind, from));
            }
          }
          var target =
              isStatic ? inside : inside.including().elsewhereIf(OtherSystems.condition(task));
          var shown = action.argument("public");
          var isPublic =
              shown == null ? isStatic : List.of("true", "yes").contains(shown.toLowerCase(ROOT));
          reader.roles().named(target, name, RoleReader.Usage.of(parts, isStatic, isPublic), site);
        });
  }
}
