package dev.ansiblevenv.analysis.requirement;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A collection that a requirements file asks for, by the rules of ansible-core's
/// `galaxy/dependency_resolution/dataclasses.py`.
///
/// @param name `namespace.name`; where only the inside of a repository or an archive says it, the
///   place itself
/// @param version a Galaxy version range or, for git, a commit, branch or tag; `*` for any
/// @param source a Galaxy server's address or name, empty for the configured ones; for the other
///   types the place
/// @param type `galaxy`, `git`, `url`, `file`, `dir`, `subdirs`
/// @param signatures addresses of detached signatures, besides those that a server has
/// @param line 1-based
public record GalaxyCollection(
    String name, String version, String source, String type, List<String> signatures, int line) {

  public GalaxyCollection(String name, String version, String source, String type, int line) {
    this(name, version, source, type, List.of(), line);
  }

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*\\.[A-Za-z_]\\w*");
  private static final Pattern RANGED = Pattern.compile("(" + NAME + "):(.*)");
  private static final String GALAXY = "galaxy";
  private static final String ANY = "*";

  public boolean isGalaxy() {
    return type.equals(GALAXY);
  }

  /// Whether this entry provides the collection. A repository says its collection's name only
  /// inside, so its address has to do: the last part of
  /// `https://host/openstack/ansible-config_template` ends in the name of
  /// `openstack.config_template`.
  public boolean provides(String collection) {
    if (name.equals(collection)) {
      return true;
    }
    if (isGalaxy() || NAME.matcher(name).matches()) {
      return false;
    }
    var dot = collection.indexOf('.');
    var place = name.split("[#,]", 2)[0].replaceAll("(\\.git)?/*$", "");
    var repository = place.substring(place.lastIndexOf('/') + 1);
    var namespace = collection.substring(0, Math.max(0, dot));
    var last = collection.substring(dot + 1);
    return repository.equals(collection)
        || repository.startsWith(collection.replace('.', '-') + "-")
        || (place.contains(namespace)
            && (repository.equals(last)
                || repository.endsWith("-" + last)
                || repository.endsWith("." + last)
                || repository.endsWith("_" + last)));
  }

  /// Whether it says which collection is there.
  public boolean isNamed() {
    return NAME.matcher(name).matches() && !type.equals("subdirs");
  }

  /// Where to fetch from, for a lock, so that the text alone says what it is: `git+` before a
  /// repository, `url+` before a URL that could be a server's. Empty for the configured Galaxy
  /// servers.
  public String place() {
    return switch (type) {
      case "git" -> repository();
      case "url" ->
          source.matches("(?i)https?://.*\\.(tar\\.gz|tgz)([?#].*)?") ? source : "url+" + source;
      default -> source;
    };
  }

  private String repository() {
    var comma = source.indexOf(',');
    var place = comma < 0 ? source : source.substring(0, comma);
    return place.startsWith("git+") || place.startsWith("git@") ? place : "git+" + place;
  }

  /// @return null when the node names no collection
  static @Nullable GalaxyCollection of(Node node) {
    var line = YamlMapping.lineOf(node);
    var entry = YamlMapping.of(node);
    var source = orEmpty(entry == null ? null : entry.text("source"));
    var name = orEmpty(entry == null ? YamlMapping.text(node) : entry.text("name"));
    if (name.isEmpty() && source.isEmpty()) {
      return null;
    }
    var version = entry == null ? null : entry.text("version");
    var declared = entry == null ? null : entry.text("type");
    var ranged = RANGED.matcher(name);
    if (version == null && declared == null && ranged.matches()) {
      return new GalaxyCollection(ranged.group(1), orAny(ranged.group(2)), source, GALAXY, line);
    }
    var type = declared == null ? type(name.isEmpty() ? source : name) : declared;
    if (type.equals(GALAXY)) {
      return name.isEmpty()
          ? null
          : new GalaxyCollection(name, orAny(version), source, GALAXY, signatures(entry), line);
    }
    var place = source.isEmpty() ? name : source;
    return new GalaxyCollection(
        name.isEmpty() ? place : name,
        orAny(type.equals("git") ? version(place, version) : version),
        place,
        type,
        signatures(entry),
        line);
  }

  private static List<String> signatures(@Nullable YamlMapping entry) {
    var node = entry == null ? null : entry.get("signatures");
    if (node == null) {
      return List.of();
    }
    var nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    return nodes.stream()
        .map(YamlMapping::text)
        .flatMap(text -> Optional.ofNullable(text).stream())
        .toList();
  }

  private static String type(String pointer) {
    if (pointer.startsWith("git+") || pointer.startsWith("git@")) {
      return "git";
    }
    if (pointer.matches("(?i)https?:.*")) {
      return "url";
    }
    var isPath = pointer.contains("/") || pointer.startsWith(".") || pointer.startsWith("~");
    if (pointer.endsWith(".tar.gz")) {
      return "file";
    }
    return isPath ? "dir" : GALAXY;
  }

  /// `REPOSITORY,VERSION` as ansible-galaxy's `parse_scm` reads it.
  private static @Nullable String version(String place, @Nullable String version) {
    var comma = place.indexOf(',');
    return comma > 0 ? place.substring(comma + 1) : version;
  }

  private static String orAny(@Nullable String version) {
    return version == null || version.isBlank() ? ANY : version.strip();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
