package dev.ansiblevenv.analysis.requirement;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// A role that a requirements file asks for, by the rules of ansible-core's
/// `playbook/role/requirement.py`.
///
/// @param name what playbooks call it
/// @param source a Galaxy name or an address, without its `git+`
/// @param scm `git` or `hg`; empty for what is on Galaxy or a tarball
/// @param version empty for the newest
/// @param line 1-based
public record GalaxyRole(String name, String source, String scm, String version, int line) {

  private static final int PARTS = 3;

  /// @return null when the node names no role
  public static @Nullable GalaxyRole of(Node node) {
    var line = YamlMapping.lineOf(node);
    var entry = YamlMapping.of(node);
    if (entry == null) {
      var text = YamlMapping.text(node);
      return text == null || text.isBlank() ? null : ofText(text.strip(), line);
    }
    return of(entry, line);
  }

  /// @return null when the mapping names no role
  public static @Nullable GalaxyRole of(YamlMapping entry, int line) {
    var source = text(entry, "src");
    var name = text(entry, entry.has("role") ? "role" : "name");
    if (name.isEmpty() && source.isEmpty()) {
      return null;
    }
    return new GalaxyRole(
        name.isEmpty() ? nameOf(source) : name,
        source.isEmpty() ? name : withoutScm(source),
        scm(entry, source),
        text(entry, "version"),
        line);
  }

  private static String text(YamlMapping entry, String key) {
    return Objects.requireNonNullElse(entry.text(key), "");
  }

  /// `src,version,name` in one string.
  private static @Nullable GalaxyRole ofText(String text, int line) {
    var parts = text.split(",", -1);
    if (parts.length > PARTS) {
      return null;
    }
    var source = parts[0].strip();
    return new GalaxyRole(
        parts.length == PARTS ? parts[2].strip() : nameOf(source),
        withoutScm(source),
        scm(source),
        parts.length > 1 ? parts[1].strip() : "",
        line);
  }

  /// Whether a role that a playbook calls `used` is the one called `name`: a name may be a path.
  public static boolean isMeant(String name, String used) {
    return name.equals(used) || used.endsWith("/" + name);
  }

  /// `galaxy`, or the address.
  public String place() {
    return source.contains("/") || !scm.isEmpty() ? source : "galaxy";
  }

  /// Whether ansible-galaxy would fetch it as a dependency of a role: what has no owner is no role
  /// of Galaxy.
  public boolean isFetchable() {
    return name.contains(".") || source.contains(".") || !scm.isEmpty();
  }

  private static String scm(YamlMapping entry, String source) {
    var named = text(entry, "scm");
    var isPage =
        source.contains("github.com") && source.contains("http") && !source.endsWith(".tar.gz");
    return named.isEmpty() ? (isPage ? "git" : scm(source)) : named;
  }

  /// By its address; ansible-galaxy takes one of a repository for that of a tarball if nothing says
  /// what it is, and fails.
  private static String scm(String source) {
    if (source.startsWith("hg+")) {
      return "hg";
    }
    return source.matches("git\\+.*|git@.*|(ssh|git)://.*|.*://.*\\.git") ? "git" : "";
  }

  private static String withoutScm(String source) {
    return source.replaceFirst("^(git|hg)\\+", "");
  }

  /// As ansible-galaxy names a role that it is given an address of.
  private static String nameOf(String source) {
    if (!source.contains("://") && !source.contains("@")) {
      return source;
    }
    var last = source.substring(source.lastIndexOf('/') + 1);
    return last.replaceFirst("\\.git$", "").replaceFirst("\\.tar\\.gz$", "").split(",", 2)[0];
  }
}
