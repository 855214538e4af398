package dev.ansiblevenv.analysis.override;

import dev.ansiblevenv.analysis.override.OverrideEntry.Action;
import dev.ansiblevenv.analysis.yaml.DuplicateKeys;
import dev.ansiblevenv.analysis.yaml.YamlMapping;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// A project's `ansible-venv.yml`; `docs/schema/ansible-venv.json` describes it.
///
/// @param everywhere what holds for every playbook
/// @param byPlaybook what holds for single ones, by their path from the file's directory
/// @param playbookLines where those are named; 1-based
public record OverrideFile(
    List<OverrideEntry> everywhere,
    Map<String, List<OverrideEntry>> byPlaybook,
    Map<String, Integer> playbookLines) {

  /// The file's name.
  public static final String NAME = "ansible-venv.yml";

  private static final List<String> ACTIONS = List.of("add", "exclude", "constrain");
  private static final List<String> KEYS = List.of("add", "exclude", "constrain", "playbooks");

  /// What concerns hosts, not playbooks: no part of any hash, and of the project's own file only.
  private static final List<String> OF_HOSTS =
      List.of("cleanup", "pass_env", "push", "require_confinement", "runs", "warm");

  /// An empty file is valid: it marks the project directory.
  ///
  /// @param file closure-relative path, named in errors
  /// @throws InvalidInput when the file is not valid; names file:line:column
  public static OverrideFile parse(String file, byte[] content) {
    var root = YamlReader.read(file, content);
    DuplicateKeys.in(file, root).stream()
        .findFirst()
        .ifPresent(finding -> {
          throw new InvalidInput(
              "is not valid", finding.location().toString(), finding.message(), "remove one");
        });
    var fields = new OverrideFields(file);
    var keys = file.equals(NAME) ? Stream.concat(KEYS.stream(), OF_HOSTS.stream()).toList() : KEYS;
    var mapping = fields.mapping(root, "the file", keys);
    var byPlaybook = new LinkedHashMap<String, List<OverrideEntry>>();
    var lines = new LinkedHashMap<String, Integer>();
    var playbooks = mapping == null ? null : fields.anyMapping(mapping, "playbooks");
    for (var entry : playbooks == null ? List.<YamlMapping.Entry>of() : playbooks.entries()) {
      var section = fields.mapping(entry.value(), "a playbook's entry", ACTIONS);
      byPlaybook.put(entry.key(), level(fields, section));
      lines.put(entry.key(), entry.line());
    }
    return new OverrideFile(level(fields, mapping), byPlaybook, lines);
  }

  /// What the file says about one playbook.
  ///
  /// @param playbook its path from the file's directory, with `/`; another name for a file outside
  public Overrides of(String playbook) {
    var own =
        byPlaybook.entrySet().stream()
            .filter(entry -> normal(entry.getKey()).equals(playbook))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    return Overrides.of(List.of(everywhere, own));
  }

  private static String normal(String path) {
    return path.replaceFirst("^(\\./)+", "");
  }

  private static List<OverrideEntry> level(OverrideFields fields, @Nullable YamlMapping section) {
    var entries = new ArrayList<OverrideEntry>();
    var nodes = new ArrayList<Node>();
    if (section != null) {
      var reader =
          new OverrideItems(
              fields,
              (entry, node) -> {
                for (var i = 0; i < entries.size(); i++) {
                  if (Overrides.contradicts(entry, entries.get(i))) {
                    throw fields.invalid(
                        node,
                        "`"
                            + entry.name()
                            + "` is both excluded and wanted; see line "
                            + YamlMapping.lineOf(nodes.get(i)),
                        "remove one of the two");
                  }
                }
                entries.add(entry);
                nodes.add(node);
              });
      reader.read(Action.ADD, section.get("add"));
      reader.read(Action.EXCLUDE, section.get("exclude"));
      reader.read(Action.CONSTRAIN, section.get("constrain"));
    }
    return List.copyOf(entries);
  }
}
