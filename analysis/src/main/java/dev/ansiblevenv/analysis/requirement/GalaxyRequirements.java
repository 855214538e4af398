package dev.ansiblevenv.analysis.requirement;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What a [Galaxy requirements
/// file](https://docs.ansible.com/ansible/latest/galaxy/user_guide.html#install-multiple-collections-with-a-requirements-file)
/// asks for. A file that is a plain list names roles, as it did before there were collections.
public record GalaxyRequirements(List<Collection> collections, List<Role> roles) {

  /// @param name `namespace.name`, or for `type: git`, `url`, `file`, `dir` the place itself
  /// @param version a Galaxy version range or, for git, a commit, branch or tag; `*` for any
  /// @param source a Galaxy server's address; empty for the configured ones
  /// @param type `galaxy`, `git`, `url`, `file`, `dir`, `subdirs`
  /// @param line 1-based
  public record Collection(String name, String version, String source, String type, int line) {

    /// Whether this entry provides the collection. A repository says its collection's name only
    /// inside, so its address has to do: the last part of
    /// `https://host/openstack/ansible-config_template` ends in the name of
    /// `openstack.config_template`.
    public boolean provides(String collection) {
      if (name.equals(collection)) {
        return true;
      }
      if (type.equals("galaxy")) {
        return false;
      }
      var dot = collection.indexOf('.');
      var place = name.split("[#,]", 2)[0].replaceAll("(\\.git)?/*$", "");
      var repository = place.substring(place.lastIndexOf('/') + 1);
      var namespace = collection.substring(0, dot);
      var last = collection.substring(dot + 1);
      return repository.equals(collection)
          || (place.contains(namespace)
              && (repository.equals(last)
                  || repository.endsWith("-" + last)
                  || repository.endsWith("." + last)
                  || repository.endsWith("_" + last)));
    }

    /// Where to fetch from, for a lock: empty for the configured Galaxy servers.
    public String place() {
      return type.equals("galaxy") ? source : name;
    }
  }

  /// @param name what playbooks call it
  /// @param source a Galaxy name or an address
  /// @param version empty for the newest
  /// @param line 1-based
  public record Role(String name, String source, String version, int line) {}

  /// @param root the file's root node; null for an empty file
  public static GalaxyRequirements of(@Nullable Node root) {
    var collections = new ArrayList<Collection>();
    var roles = new ArrayList<Role>();
    var mapping = YamlMapping.of(root);
    if (mapping != null) {
      YamlMapping.items(mapping.get("collections"))
          .forEach(node -> add(collections, collection(node)));
      YamlMapping.items(mapping.get("roles")).forEach(node -> add(roles, role(node)));
    } else if (root instanceof SequenceNode list) {
      list.getValue().forEach(node -> add(roles, role(node)));
    }
    return new GalaxyRequirements(List.copyOf(collections), List.copyOf(roles));
  }

  private static <T> void add(List<T> list, @Nullable T item) {
    if (item != null) {
      list.add(item);
    }
  }

  private static @Nullable Collection collection(Node node) {
    var line = YamlMapping.lineOf(node);
    var entry = YamlMapping.of(node);
    var text = entry == null ? YamlMapping.text(node) : entry.text("name");
    if (text == null) {
      return null;
    }
    var type = entry == null ? null : entry.text("type");
    var source = entry == null ? null : entry.text("source");
    var version = entry == null ? null : entry.text("version");
    var isPlace = text.contains("://") || text.startsWith("git@") || text.startsWith("git+");
    var name = text;
    if (!isPlace && version == null && type == null && text.indexOf(':') > 0) {
      name = text.substring(0, text.indexOf(':'));
      version = text.substring(text.indexOf(':') + 1);
    }
    var known = type == null ? (isPlace ? "git" : "galaxy") : type;
    if (!known.equals("galaxy") && source != null && !isPlace) {
      name = source;
    }
    return new Collection(
        name,
        Objects.requireNonNullElse(version, "*"),
        Objects.requireNonNullElse(source, ""),
        known,
        line);
  }

  /// Old entries are `src,version,name` in one string.
  private static @Nullable Role role(Node node) {
    var line = YamlMapping.lineOf(node);
    var entry = YamlMapping.of(node);
    if (entry == null) {
      var text = YamlMapping.text(node);
      if (text == null) {
        return null;
      }
      var parts = text.split(",", 3);
      var version = parts.length > 1 ? parts[1].strip() : "";
      var name = parts.length > 2 ? parts[2].strip() : nameOf(parts[0]);
      return new Role(name, parts[0].strip(), version, line);
    }
    var source = Objects.requireNonNullElse(entry.text("src"), "");
    var name = entry.text("name");
    if (name == null && source.isEmpty()) {
      return null;
    }
    return new Role(
        name == null ? nameOf(source) : name,
        source.isEmpty() ? Objects.requireNonNullElse(name, "") : source,
        Objects.requireNonNullElse(entry.text("version"), ""),
        line);
  }

  /// As ansible-galaxy names a role that it is given an address of.
  private static String nameOf(String source) {
    var place = source.strip();
    if (!place.contains("://") && !place.contains("@")) {
      return place;
    }
    var last = place.substring(place.lastIndexOf('/') + 1);
    return last.replaceAll("(\\.git|\\.tar\\.gz)$", "").split(",", 2)[0];
  }
}
