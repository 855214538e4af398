package dev.ansiblevenv.analysis.requirement;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What a [Galaxy requirements
/// file](https://docs.ansible.com/ansible/latest/galaxy/user_guide.html#install-multiple-collections-with-a-requirements-file)
/// asks for. A file that is a plain list names roles, as it did before there were collections.
///
/// Reading is more patient than ansible-galaxy, since the file only bounds what is used: what
/// ansible-galaxy would refuse is among the complaints, and the rest is read.
///
/// @param includes further files of roles
public record GalaxyRequirements(
    List<GalaxyCollection> collections,
    List<GalaxyRole> roles,
    List<Include> includes,
    List<Complaint> complaints) {

  /// `- include: FILE` in a list of roles.
  ///
  /// @param line 1-based
  public record Include(String file, int line) {}

  /// What ansible-galaxy would refuse.
  ///
  /// @param line 1-based
  public record Complaint(String message, int line) {}

  private static final Set<String> KEYS = Set.of("collections", "roles");

  /// @param root the file's root node; null for an empty file
  public static GalaxyRequirements of(@Nullable Node root) {
    var file = new Reading();
    var mapping = YamlMapping.of(root);
    if (mapping != null) {
      mapping.entries().stream()
          .filter(entry -> !KEYS.contains(entry.key()))
          .forEach(entry ->
              file.complain(
                  "ansible-galaxy knows `collections` and `roles` here, not `" + entry.key() + "`",
                  entry.keyNode()));
      file.items(mapping.get("collections"), "collections").forEach(file::collection);
      file.items(mapping.get("roles"), "roles").forEach(file::role);
    } else if (root instanceof SequenceNode list) {
      list.getValue().forEach(file::role);
    } else if (root != null) {
      file.complain("ansible-galaxy expects a list or a mapping", root);
    }
    return new GalaxyRequirements(
        List.copyOf(file.collections),
        List.copyOf(file.roles),
        List.copyOf(file.includes),
        List.copyOf(file.complaints));
  }

  /// The `dependencies` of a collection's
  /// [galaxy.yml](https://docs.ansible.com/ansible/latest/dev_guide/collections_galaxy_meta.html).
  ///
  /// @param root that file's root node
  public static List<GalaxyCollection> dependencies(@Nullable Node root) {
    var mapping = YamlMapping.of(root);
    var named = mapping == null ? null : YamlMapping.of(mapping.get("dependencies"));
    return named == null
        ? List.of()
        : named.entries().stream()
            .map(entry -> {
              var range = Objects.requireNonNullElse(YamlMapping.text(entry.value()), "*");
              return new GalaxyCollection(entry.key(), range, "", "galaxy", entry.line());
            })
            .toList();
  }

  private static final class Reading {
    final List<GalaxyCollection> collections = new ArrayList<>();
    final List<GalaxyRole> roles = new ArrayList<>();
    final List<Include> includes = new ArrayList<>();
    final List<Complaint> complaints = new ArrayList<>();

    void complain(String message, Node node) {
      complaints.add(new Complaint(message, YamlMapping.lineOf(node)));
    }

    List<Node> items(@Nullable Node node, String key) {
      if (node != null && !(node instanceof SequenceNode) && YamlMapping.text(node) != null) {
        complain("`" + key + "` is to be a list", node);
      } else if (node instanceof MappingNode) {
        complain("`" + key + "` is to be a list", node);
      }
      return YamlMapping.items(node);
    }

    void collection(Node node) {
      var read = GalaxyCollection.of(node);
      if (read == null) {
        complain("an entry names a collection, or is a mapping with `name`", node);
        return;
      }
      collections.add(read);
      if (node instanceof ScalarNode && !read.version().equals("*") && read.isGalaxy()) {
        complain(
            "ansible-galaxy reads `NAME:RANGE` on its command line only; here write `name` and"
                + " `version`",
            node);
      }
    }

    void role(Node node) {
      var entry = YamlMapping.of(node);
      var include = entry == null ? null : entry.text("include");
      if (include != null) {
        includes.add(new Include(include, YamlMapping.lineOf(node)));
        return;
      }
      var read = GalaxyRole.of(node);
      if (read == null) {
        complain("an entry names a role, or is a mapping with `name` or `src`", node);
      } else {
        roles.add(read);
      }
    }
  }
}
