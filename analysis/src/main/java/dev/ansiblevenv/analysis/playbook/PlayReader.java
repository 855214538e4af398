package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.catalogue.Catalogue;
import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  void playbook(Path file, boolean certain, @Nullable Chain imports) {
    var name = String.valueOf(reader.files().name(file));
    var context = Context.ofPlaybook(file, reader.exported(), certain, new Chain(name, imports));
    if (!reader.visit("playbook", file)) {
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
    var evaluator = new Evaluator(context.scope().with(entry.get("vars")));
    var names = evaluator.names(text);
    for (var name : names) {
      var own = ofCollection(name);
      var isKnown = FileSearch.isKnown(name);
      var isSure = isKnown && names.size() == 1;
      var found =
          own == null
              ? reader.search().search(List.of(context.basedir()), name)
              : new FileSearch.Found(List.of(own), true);
      for (var file : found.files()) {
        // Only a name that is known for sure can close a circle.
        var imports = isSure ? context.imports() : null;
        reader.later(() -> playbook(file, context.certain() && isSure, imports));
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
  private static Scope prompted(Scope outer, YamlMapping play) {
    var scope = outer;
    for (var item : YamlMapping.items(play.get("vars_prompt"))) {
      var prompt = YamlMapping.of(item);
      var name = prompt == null ? null : prompt.text("name");
      var usual = prompt == null ? null : prompt.get("default");
      if (name != null && usual != null) {
        var value = new Value.OneOf(List.of(new Value.Data(usual), Value.UNKNOWN));
        scope = new Scope(scope, Map.of(name, value));
      }
    }
    return scope;
  }

  private void ofHosts(Context outer, YamlMapping play) {
    var context =
        outer
            .withCollections(reader.keywords().collections(outer, play.get("collections")))
            .with(
                prompted(
                    reader
                        .templates()
                        .scope(outer.scope(), play.get("module_defaults"))
                        .with(play.get("vars")),
                    play));
    var files = context.with(reader.variables().varsFiles(context, play.get("vars_files")));
    var inside = files.on(reader.placement().ofPlay(files, play));
    for (var entry : play.entries()) {
      switch (entry.key()) {
        case "roles" ->
            YamlMapping.items(entry.value()).forEach(r -> reader.roles().role(inside, r));
        case "pre_tasks", "tasks", "post_tasks" ->
            reader.tasks().list(inside, entry.value(), "`" + entry.key() + "`");
        case "handlers" ->
            reader.tasks().list(inside.ofHandlers(true), entry.value(), "`handlers`");
        case "vars_prompt" -> prompts(inside, entry.value());
        default -> {
          reader.strings().templates(inside, entry.value());
          reader.keywords().plugin(inside, entry);
        }
      }
    }
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
