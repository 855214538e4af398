package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads playbooks: plays and imports of other playbooks.
final class PlayReader {

  private static final List<String> IMPORTS =
      List.of(
          "import_playbook", "ansible.builtin.import_playbook", "ansible.legacy.import_playbook");

  private final ClosureReader reader;

  PlayReader(ClosureReader reader) {
    this.reader = reader;
  }

  /// @throws InvalidInput when the file is no playbook, or imports itself
  void playbook(Path file, Scope scope, boolean certain, @Nullable Chain imports) {
    var name = String.valueOf(reader.files().name(file));
    var first = Context.ofPlaybook(file, scope, certain, new Chain(name, imports));
    var context = reader.enter(first, "playbook", file);
    if (context == null) {
      reader.refuseCircle(imports, name);
      return;
    }
    var root = reader.yaml().read(file, FileKind.PLAYBOOK, certain).orElse(null);
    reader.adjacent().inDirectory(context.basedir());
    reader.variables().ofHosts(context);
    if (!(root instanceof SequenceNode plays) || plays.getValue().isEmpty()) {
      var why =
          root == null || root instanceof SequenceNode
              ? "it is empty, there is nothing to do"
              : "a playbook is a list of plays";
      refuse(context, root, why);
      return;
    }
    plays.getValue().forEach(play -> play(context, play));
  }

  private void refuse(Context context, @Nullable Node node, String why) {
    var site = reader.site(context, node == null ? 0 : YamlMapping.lineOf(node));
    if (context.certain()) {
      var mark = node == null ? null : node.getStartMark();
      var at = new Location(site.file(), site.line(), mark == null ? 0 : mark.getColumn() + 1);
      throw new InvalidInput("is not a playbook", at.toString(), why, "");
    }
    reader.collected().finding(site, "closure[playbook]", why, false);
  }

  private void play(Context context, Node node) {
    var play = YamlMapping.of(node);
    if (play == null) {
      refuse(context, node, "an entry of a playbook is a play or an import_playbook");
      return;
    }
    var imported = IMPORTS.stream().filter(play::has).findFirst();
    if (imported.isPresent()) {
      importPlaybook(context, play, imported.get());
    } else if (play.has("include") && !play.has("hosts")) {
      var site = reader.site(context, play.line());
      reader.add(Reference.Plugin.ofControl(site, PluginKind.MODULE, "include", context.certain()));
      importPlaybook(context, play, "include");
    } else if (!play.has("hosts")) {
      refuse(context, node, "a play needs `hosts`");
    } else {
      ofHosts(context, play);
    }
  }

  private void importPlaybook(Context context, YamlMapping entry, String key) {
    var site = reader.site(context, entry.line());
    var text = KeyValues.parse(Objects.requireNonNullElse(entry.text(key), "")).free();
    reader.strings().conditions(context, entry.get("when"));
    reader.strings().templates(context, entry.get("vars"));
    var isComputed = JinjaLexer.isTemplate(text);
    reader.decide(isComputed, () -> importPlaybook(context, entry, site, text));
  }

  private void importPlaybook(Context context, YamlMapping entry, Site site, String text) {
    var scope = context.scope().with(Level.IMPORT_PLAYBOOK, entry.get("vars"));
    var names = new Evaluator(scope, Level.Stage.LOAD).names(text);
    for (var name : names) {
      var own = ofCollection(name);
      var isKnown = FileSearch.isKnown(name);
      var isSure = isKnown && names.size() == 1;
      var found =
          own == null
              ? reader.search().search(List.of(context.basedir()), name)
              : new FileSearch.Found(List.of(own), true, false);
      for (var file : found.files()) {
        // Only a name that is known for sure can close a circle.
        var imports = isSure ? context.imports() : null;
        reader.later(() -> playbook(file, scope, context.certain() && isSure, imports));
      }
      if (found.open()) {
        reader.add(new Reference.Unknown(site, "playbook", text));
      }
      if (!found.files().isEmpty()) {
        continue;
      }
      if (isKnown && Catalogue.isFullyQualified(name) && !name.matches(".*\\.ya?ml")) {
        reader.add(new Reference.Playbook(site, name));
      } else if (isKnown && context.certain()) {
        reader
            .collected()
            .finding(site, "closure[missing-file]", "`" + name + "` does not exist", true);
      } else {
        reader.add(new Reference.Unknown(site, "playbook", text));
      }
    }
  }

  private @Nullable Path ofCollection(String name) {
    if (!Catalogue.isFullyQualified(name)) {
      return null;
    }
    var collection = Catalogue.collectionOf(name);
    var path = name.substring(collection.length() + 1).replace('.', '/');
    for (var extension : List.of(".yml", ".yaml")) {
      var file = reader.ownCollections().content(collection, "playbooks", path + extension);
      if (file != null) {
        return file;
      }
    }
    return null;
  }

  /// What `vars_prompt` asks for is its default, or whatever is answered.
  private static Map<String, Value> prompted(YamlMapping play) {
    var answers = new HashMap<String, Value>();
    for (var item : YamlMapping.items(play.get("vars_prompt"))) {
      var prompt = YamlMapping.of(item);
      var name = prompt == null ? null : prompt.text("name");
      var usual = prompt == null ? null : prompt.get("default");
      if (name != null) {
        answers.put(
            name,
            usual == null
                ? Value.UNKNOWN
                : new Value.OneOf(List.of(new Value.Data(usual), Value.UNKNOWN)));
      }
    }
    return answers;
  }

  private void ofHosts(Context outer, YamlMapping play) {
    var collected =
        outer.withCollections(reader.keywords().collections(outer, play.get("collections")));
    var variables =
        reader
            .templates()
            .scope(outer.scope(), play.get("module_defaults"))
            .with(Level.PLAY, play.get("vars"))
            .with(Level.PROMPT, prompted(play));
    var selected = collected.with(variables);
    var context = selected.with(variables.of(reader.hosts(outer.basedir(), hosts(selected, play))));
    var files = context.with(reader.variables().varsFiles(context, play.get("vars_files")));
    var inside = files.on(reader.placement().ofPlay(files, play));
    for (var entry : play.entries()) {
      switch (entry.key()) {
        case "roles", "pre_tasks", "tasks", "post_tasks", "handlers" -> {}
        case "vars_prompt" -> prompts(inside, entry.value());
        default -> {
          reader.strings().templates(inside, entry.value());
          reader.keywords().plugin(inside, entry);
        }
      }
    }
    sections(inside, play);
  }

  /// In the order in which they run.
  private void sections(Context inside, YamlMapping play) {
    var after = inside.with(tasks(inside, play, "pre_tasks"));
    for (var role : YamlMapping.items(play.get("roles"))) {
      reader.roles().role(after, role);
    }
    after = after.with(tasks(after, play, "tasks"));
    tasks(after, play, "post_tasks");
    tasks(inside.ofHandlers(true), play, "handlers");
  }

  private Scope tasks(Context context, YamlMapping play, String section) {
    return reader.tasks().list(context, play.get(section), "`" + section + "`");
  }

  /// @return null where it cannot be told
  private @Nullable Set<String> hosts(Context context, YamlMapping play) {
    var inventories = reader.inventories();
    var evaluator = new Evaluator(context.scope(), Level.Stage.LOAD);
    var items = YamlMapping.items(play.get("hosts"));
    var hosts = new LinkedHashSet<String>();
    for (var item : items.isEmpty() ? List.of(play.get("hosts")) : items) {
      var text = YamlMapping.text(item);
      for (var pattern : evaluator.texts(evaluator.values(text == null ? "" : text))) {
        var selected = FileSearch.isKnown(pattern) ? inventories.hosts(pattern) : Set.<String>of();
        if (selected.isEmpty()) {
          return null;
        }
        hosts.addAll(selected);
      }
    }
    return hosts;
  }

  private void prompts(Context context, Node prompts) {
    reader.strings().templates(context, prompts);
    for (var node : YamlMapping.items(prompts)) {
      var prompt = YamlMapping.of(node);
      if (prompt != null && prompt.has("encrypt")) {
        // Ansible hashes the answer with the filter's own function.
        var site = reader.site(context, prompt.line());
        reader.add(
            Reference.Plugin.ofControl(
                site, PluginKind.FILTER, "password_hash", context.certain()));
      }
    }
  }
}
