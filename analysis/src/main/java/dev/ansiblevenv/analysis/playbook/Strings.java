package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.catalogue.PluginKind;
import dev.ansiblevenv.analysis.jinja.Delimiters;
import dev.ansiblevenv.analysis.jinja.JinjaLexer;
import dev.ansiblevenv.analysis.jinja.JinjaUses;
import dev.ansiblevenv.analysis.jinja.Use;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Finds the plugins that strings of YAML files name: filters, tests and lookups in templates and
/// conditions, and variables whose value is a plugin's name.
final class Strings {

  /// Variables that name a plugin wherever they are set.
  static final Map<String, PluginKind> PLUGIN_VARIABLES =
      Map.of(
          "ansible_connection", PluginKind.CONNECTION,
          "ansible_become_method", PluginKind.BECOME,
          "ansible_network_os", PluginKind.CLICONF);

  private final ClosureReader reader;

  Strings(ClosureReader reader) {
    this.reader = reader;
  }

  /// Every string below a node, keys as well.
  void templates(Context context, @Nullable Node node) {
    if (node != null) {
      walk(context, node, Collections.newSetFromMap(new IdentityHashMap<>()));
    }
  }

  private void walk(Context context, Node node, Set<Node> seen) {
    if (!seen.add(node)) {
      return;
    }
    if (node instanceof ScalarNode scalar) {
      template(context, scalar);
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> walk(context, item, seen));
    } else if (node instanceof MappingNode mapping) {
      for (var tuple : mapping.getValue()) {
        walk(context, tuple.getKeyNode(), seen);
        walk(context, tuple.getValueNode(), seen);
        pluginVariable(context, tuple.getKeyNode(), tuple.getValueNode());
      }
    }
  }

  private void pluginVariable(Context context, Node key, Node value) {
    if (key instanceof ScalarNode name) {
      var kind = PLUGIN_VARIABLES.get(name.getValue());
      if (kind != null && reader.variables().areOfHosts(context.file())) {
        reader.placement().ofInventoryHosts(() -> plugin(context, kind, value, List.of()));
      } else if (kind != null) {
        plugin(context, kind, value, List.of());
      }
    }
  }

  /// A place whose whole value is a plugin's name.
  void plugin(Context context, PluginKind kind, @Nullable Node node, List<String> collections) {
    var text = YamlMapping.text(node);
    if (node == null || text == null || text.isBlank()) {
      return;
    }
    var site = reader.site(context, YamlMapping.lineOf(node));
    reader.decide(
        JinjaLexer.isTemplate(text), () -> plugin(context, kind, text, collections, site));
  }

  private void plugin(
      Context context, PluginKind kind, String text, List<String> collections, Site site) {
    for (var name : new Evaluator(context.scope()).names(text)) {
      if (!FileSearch.isKnown(name)) {
        reader.add(new Reference.Unknown(site, kind.word(), text));
      } else if (!name.isBlank() && !(name.equals("smart") && kind == PluginKind.CONNECTION)) {
        reader.add(
            new Reference.Plugin(
                site, kind, name.strip(), collections, Side.CONTROL, context.certain()));
      }
    }
  }

  private void template(Context context, ScalarNode scalar) {
    if (isReadable(scalar) && JinjaLexer.isTemplate(scalar.getValue())) {
      add(context, JinjaUses.ofTemplate(scalar.getValue()), firstLine(scalar));
    }
  }

  /// Bare expressions, one or a list, as `when` has them.
  void conditions(Context context, @Nullable Node node) {
    if (node instanceof ScalarNode scalar && isReadable(scalar)) {
      add(context, JinjaUses.ofExpression(scalar.getValue()), firstLine(scalar));
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> conditions(context, item));
    }
  }

  /// @param firstLine 1-based line of the text's first line
  void add(Context context, List<Use> uses, int firstLine) {
    add(context, uses, firstLine, Delimiters.USUAL);
  }

  /// @param delimiters of the text, which templates that it includes have as well
  void add(Context context, List<Use> uses, int firstLine, Delimiters delimiters) {
    for (var use : uses) {
      var site = reader.site(context, firstLine + use.line());
      if (use instanceof Use.Filter(var name, _)) {
        control(context, PluginKind.FILTER, name, site);
      } else if (use instanceof Use.Test(var name, _)) {
        control(context, PluginKind.TEST, name, site);
      } else if (use instanceof Use.Lookup(var name, var term, var options, _)) {
        control(context, PluginKind.LOOKUP, name, site);
        if (!term.isEmpty() && (name.equals("template") || name.endsWith(".builtin.template"))) {
          reader.templates().looked(context, term, options, site);
        }
        reader.sources().looked(context, name, term);
      } else if (use instanceof Use.ComputedLookup(var expression, _)) {
        reader.add(new Reference.Unknown(site, "lookup", expression));
      } else if (use instanceof Use.Inclusion(var template, _)) {
        reader.templates().included(context, template, delimiters, site);
      }
    }
  }

  private void control(Context context, PluginKind kind, String name, Site site) {
    reader.add(Reference.Plugin.ofControl(site, kind, name, context.certain()));
  }

  /// `!unsafe` says that it is no template; `!vault` is encrypted.
  private static boolean isReadable(ScalarNode scalar) {
    return !scalar.getTag().getValue().startsWith("!");
  }

  private static int firstLine(ScalarNode scalar) {
    var style = scalar.getScalarStyle();
    var block =
        style == DumperOptions.ScalarStyle.LITERAL || style == DumperOptions.ScalarStyle.FOLDED;
    return YamlMapping.lineOf(scalar) + (block ? 1 : 0);
  }
}
