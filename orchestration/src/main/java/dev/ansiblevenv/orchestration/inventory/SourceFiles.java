package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.formats.configuration.AnsibleSettings;
import dev.ansiblevenv.formats.configuration.SettingName;
import dev.ansiblevenv.formats.configuration.SettingName.IniKey;
import dev.ansiblevenv.orchestration.store.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files that Ansible reads of a directory of inventories: all in the order of their names,
/// with those in directories below, except hidden ones, `group_vars` and `host_vars`, and what
/// `ansible.cfg` says to ignore. See [the
/// documentation](https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#organizing-inventory-in-a-directory).
record SourceFiles(List<Pattern> ignored) {

  private static final List<String> ALWAYS =
      List.of("^\\.", "^host_vars$", "^group_vars$", "^vars_plugins$");
  private static final List<String> EXTENSIONS =
      List.of(
          ".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg",
          ".retry");

  private static final SettingName IGNORED_EXTENSIONS =
      new SettingName(
          List.of("ANSIBLE_INVENTORY_IGNORE"),
          List.of(
              new IniKey("defaults", "inventory_ignore_extensions"),
              new IniKey("inventory", "ignore_extensions")));
  private static final SettingName IGNORED_PATTERNS =
      new SettingName(
          List.of("ANSIBLE_INVENTORY_IGNORE_REGEX"),
          List.of(
              new IniKey("defaults", "inventory_ignore_patterns"),
              new IniKey("inventory", "ignore_patterns")));

  static SourceFiles of(AnsibleSettings settings) {
    var extensions =
        settings.isSet(IGNORED_EXTENSIONS) ? settings.list(IGNORED_EXTENSIONS) : EXTENSIONS;
    return new SourceFiles(
        Stream.of(
                ALWAYS.stream(),
                settings.list(IGNORED_PATTERNS).stream(),
                extensions.stream().map(extension -> Pattern.quote(extension) + "$"))
            .flatMap(patterns -> patterns)
            .flatMap(SourceFiles::compiled)
            .toList());
  }

  /// What Python has and Java does not is left out: nothing is ignored because of it.
  private static Stream<Pattern> compiled(String pattern) {
    try {
      return Stream.of(Pattern.compile(pattern));
    } catch (PatternSyntaxException e) {
      return Stream.empty();
    }
  }

  /// @throws dev.ansiblevenv.diagnostic.StateConflict when a directory cannot be read
  List<Path> in(Path directory) {
    var found = new ArrayList<Path>();
    try (var entries = Files.list(directory)) {
      for (var entry : entries.sorted().collect(Collectors.toList())) {
        var name = entry.getFileName().toString();
        if (ignored.stream().anyMatch(pattern -> pattern.matcher(name).find())) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          found.addAll(in(entry));
        } else if (Files.exists(entry)) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      throw TextFile.failed("cannot be read", directory.toString(), e);
    }
    return found;
  }
}
