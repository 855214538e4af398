package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What is only for hosts that do not run Linux, which the product's hosts do: told by conditions
/// on
/// [facts](https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_conditionals.html#ansible-facts-os-family)
/// with one literal value, and by the names that people give to files per system.
final class OtherSystems {

  private static final Set<String> NAMES =
      Set.of(
          "windows",
          "win32nt",
          "freebsd",
          "openbsd",
          "netbsd",
          "dragonfly",
          "darwin",
          "macosx",
          "solaris",
          "sunos",
          "aix",
          "hp-ux");

  private static final Pattern CONDITION =
      Pattern.compile(
          "\\(?\\s*(?:ansible_|ansible_facts\\s*(?:\\.|\\[\\s*['\"]))(?:os_family|system|distribution)"
              + "(?:['\"]\\s*\\])?\\s*(?:\\|\\s*lower\\s*)?==\\s*['\"]([^'\"]+)['\"]\\s*\\)?");

  private OtherSystems() {}

  /// Whether a part of `when` that has to be true is true on another system only.
  static boolean condition(YamlMapping task) {
    var when = task.get("when");
    var conditions =
        when instanceof SequenceNode list ? list.getValue().stream() : Stream.ofNullable(when);
    return conditions.anyMatch(each -> excludesLinux(YamlMapping.text(each)));
  }

  private static boolean excludesLinux(@Nullable String condition) {
    return condition != null
        && !condition.matches(".*\\bor\\b.*")
        && Arrays.stream(condition.split("\\band\\b", -1))
            .map(part -> CONDITION.matcher(part.strip()))
            .anyMatch(part -> part.matches() && isOther(part.group(1)));
  }

  /// Whether a file that an expression may choose is for another system, as in `setup-Windows.yml`.
  static boolean fileName(Path file) {
    var name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    return Arrays.stream(name.split("[-_.]", -1)).anyMatch(OtherSystems::isOther);
  }

  private static boolean isOther(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
