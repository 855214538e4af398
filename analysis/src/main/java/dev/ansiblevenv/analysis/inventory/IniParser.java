package dev.ansiblevenv.analysis.inventory;

import dev.ansiblevenv.analysis.inventory.IniLines.Line;
import dev.ansiblevenv.analysis.inventory.ShellWords.Word;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an INI inventory by the rules of Ansible's [ini
/// plugin](https://github.com/ansible/ansible/blob/devel/lib/ansible/plugins/inventory/ini.py).
final class IniParser {

  private static final Pattern SECTION =
      Pattern.compile(
          "\\[([^:\\]\\s]+)(?::(\\w+))?\\]\\s*(?:#.*)?", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern GROUP =
      Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?", Pattern.UNICODE_CHARACTER_CLASS);

  /// A line that names hosts.
  ///
  /// @param words the host pattern and the assignments
  /// @param group the section it stands in
  /// @param implicit whether it stands before the first section
  record HostLine(
      Line line, List<Word> words, List<String> hosts, String group, boolean implicit) {}

  /// A group that is named before it is declared.
  private record Pending(boolean child, int line, List<String> parents) {}

  private final String place;
  private final String text;
  private final InventoryData data;
  private final List<HostLine> hostLines = new ArrayList<>();
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private String group = "ungrouped";
  private String kind = "hosts";
  private boolean implicit = true;

  private IniParser(InventoryData data, String place, String text) {
    this.data = data;
    this.place = place;
    this.text = text;
  }

  /// @throws InvalidInput where Ansible would not read the file; names file:line
  static IniInventory read(InventoryData data, String place, String text) {
    var parser = new IniParser(data, place, text);
    var lines = IniLines.of(text);
    lines.forEach(parser::readLine);
    parser.requireDeclared();
    return new IniInventory(place, text, lines, data, parser.hostLines);
  }

  private void readLine(Line line) {
    if (line.isEmpty() || text.charAt(line.from()) == '#' || text.charAt(line.from()) == ';') {
      return;
    }
    var content = text.substring(line.from(), line.to());
    try {
      var section = SECTION.matcher(content);
      if (section.matches()) {
        section(section.group(1), section.group(2), line.number());
      } else if (content.startsWith("[") && content.endsWith("]")) {
        throw new IllegalArgumentException("`" + content + "` is not a valid section");
      } else {
        definition(line, content);
      }
    } catch (IllegalArgumentException e) {
      throw invalid(line.number(), e);
    }
  }

  private void section(String name, @Nullable String type, int line) {
    group = name;
    kind = type == null ? "hosts" : type;
    implicit = false;
    if (!kind.equals("hosts") && !kind.equals("children") && !kind.equals("vars")) {
      throw new IllegalArgumentException(
          "the section [" + name + ":" + kind + "] has an unknown type");
    }
    boolean variables = kind.equals("vars");
    if (!data.hasGroup(name)) {
      if (variables && !pending.containsKey(name)) {
        pending.put(name, new Pending(false, line, List.of()));
      }
      data.addGroup(name);
    }
    var declared = variables ? null : pending.get(name);
    if (declared != null) {
      declare(name, declared);
    }
  }

  private void declare(String name, Pending declared) {
    for (var parent : declared.parents()) {
      data.addChild(parent, name);
      var above = pending.get(parent);
      if (above != null && above.child()) {
        declare(parent, above);
      }
    }
    pending.remove(name);
  }

  private void definition(Line line, String content) {
    switch (kind) {
      case "hosts" -> hosts(line);
      case "vars" -> {
        int equals = content.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("`" + content + "` is not key=value");
        }
        data.setVariable(
            group,
            IniLines.strip(content.substring(0, equals)),
            PythonLiteral.value(IniLines.strip(content.substring(equals + 1))));
      }
      default -> child(line, content);
    }
  }

  private void hosts(Line line) {
    var words = ShellWords.split(text, line.from(), line.to());
    var pattern = words.getFirst().text();
    if (pattern.startsWith("\uFEFF") && pattern.length() > 1) {
      throw new IllegalArgumentException(
          "the file begins with a byte order mark, which Ansible takes for a part of the first"
              + " host's name");
    }
    var hosts = HostPattern.parse(pattern);
    var variables = new LinkedHashMap<String, String>();
    for (var word : words.subList(1, words.size())) {
      int equals = word.text().indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("`" + word.text() + "` is not key=value");
      }
      variables.put(word.text().substring(0, equals), word.text().substring(equals + 1));
    }
    for (var host : hosts.hosts()) {
      data.addHost(host, group, hosts.port());
      variables.forEach((name, value) -> data.setVariable(host, name, PythonLiteral.value(value)));
    }
    hostLines.add(new HostLine(line, words, hosts.hosts(), group, implicit));
  }

  private void child(Line line, String content) {
    var name = GROUP.matcher(content);
    if (!name.matches()) {
      throw new IllegalArgumentException("`" + content + "` is not a group name");
    }
    var child = name.group(1);
    if (data.hasGroup(child)) {
      data.addChild(group, child);
      return;
    }
    pending
        .computeIfAbsent(child, _ -> new Pending(true, line.number(), new ArrayList<>()))
        .parents()
        .add(group);
  }

  private void requireDeclared() {
    for (var entry : pending.entrySet()) {
      var declaration = entry.getValue();
      throw invalid(
          declaration.line(),
          new IllegalArgumentException(
              declaration.child()
                  ? "the section ["
                      + declaration.parents().getLast()
                      + ":children] names the group `"
                      + entry.getKey()
                      + "`, which is nowhere declared"
                  : "the section ["
                      + entry.getKey()
                      + ":vars] is for a group that is nowhere declared"));
    }
  }

  private InvalidInput invalid(int line, IllegalArgumentException e) {
    return new InvalidInput(
        "is not a valid inventory",
        new Location(place, line, 0).toString(),
        String.valueOf(e.getMessage()),
        line == 1 && text.startsWith("\uFEFF")
            ? "save the file without a byte order mark"
            : "`ansible-inventory --list` has to read it, too",
        e);
  }
}
