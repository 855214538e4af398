package dev.ansiblevenv.analysis.inventory;

import dev.ansiblevenv.analysis.inventory.IniLines.Line;
import dev.ansiblevenv.analysis.inventory.IniParser.HostLine;
import dev.ansiblevenv.analysis.inventory.ShellWords.Word;
import dev.ansiblevenv.diagnostic.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An INI inventory, edited by the line.
///
/// Of several lines for one host, Ansible lets the last that sets a variable win. So all lines of
/// the host alone that carry the variable are changed; where none does, it goes to the first that
/// carries other variables, or else to the first. A host that stands in a range only, or whose last
/// word a range has, gets a line of its own behind that range, in the same group.
record IniInventory(
    String place, String text, List<Line> lines, InventoryData data, List<HostLine> hostLines)
    implements Inventory {

  private static final String ASSIGNMENT = VARIABLE + "=";

  @Override
  public String with(String host, List<String> venvs) {
    var entries = hostLines.stream().filter(line -> line.hosts().contains(host)).toList();
    var carriers = entries.stream().filter(line -> assignment(line) != null).toList();
    var own = entries.stream().filter(line -> line.hosts().size() == 1).toList();
    var changed = new StringBuilder(text);
    var last = carriers.isEmpty() ? null : carriers.getLast();
    var range = last == null || last.hosts().size() == 1 ? null : last;
    if (last == null && own.isEmpty()) {
      range = entries.getFirst();
    }
    if (range != null) {
      return withLineBehind(range, host, own, venvs);
    }
    for (var line : carriers.reversed()) {
      if (line.hosts().size() == 1) {
        assign(changed, line, venvs);
      }
    }
    if (carriers.isEmpty()) {
      assign(
          changed,
          own.stream().filter(line -> line.words().size() > 1).findFirst().orElse(own.getFirst()),
          venvs);
    }
    return changed.toString();
  }

  private String withLineBehind(
      HostLine range, String host, List<HostLine> own, List<String> venvs) {
    for (var line : own) {
      if (line.line().number() > range.line().number()) {
        var changed = new StringBuilder(text);
        assign(changed, line, venvs);
        return changed.toString();
      }
    }
    var at = range.line();
    var indentation = text.substring(at.start(), at.from());
    return text.substring(0, at.end())
        + lineBreak(at)
        + indentation
        + host
        + " "
        + ASSIGNMENT
        + value(venvs)
        + text.substring(at.end());
  }

  private void assign(StringBuilder changed, HostLine line, List<String> venvs) {
    var word = assignment(line);
    if (word == null) {
      changed.insert(line.words().getLast().end(), " " + ASSIGNMENT + value(venvs));
    } else if (text.startsWith(ASSIGNMENT, word.start())) {
      changed.replace(word.start() + ASSIGNMENT.length(), word.end(), value(venvs));
    } else {
      changed.replace(word.start(), word.end(), ASSIGNMENT + value(venvs));
    }
  }

  private static @Nullable Word assignment(HostLine line) {
    return line.words().stream()
        .skip(1)
        .filter(word -> word.text().startsWith(ASSIGNMENT))
        .reduce((_, second) -> second)
        .orElse(null);
  }

  /// The new host goes behind the last host that stands before the first section, or else before
  /// that section and the comment above it.
  @Override
  public String withNew(String host, List<String> venvs) {
    var line =
        host
            + (Localhost.isLocal(host) ? " ansible_connection=local " : " ")
            + ASSIGNMENT
            + value(venvs);
    var ungrouped = hostLines.stream().filter(HostLine::implicit).toList();
    if (!ungrouped.isEmpty()) {
      var at = ungrouped.getLast().line();
      return text.substring(0, at.end()) + lineBreak(at) + line + text.substring(at.end());
    }
    int section = firstSection();
    if (section == lines.size()) {
      boolean fresh = lines.isEmpty() || lines.getLast().end() < lines.getLast().next();
      var lineBreak = lines.isEmpty() ? "\n" : lineBreak(lines.getLast());
      return text + (fresh ? "" : lineBreak) + line + (fresh ? lineBreak : "");
    }
    int comment = section;
    while (comment > 0 && isComment(lines.get(comment - 1))) {
      comment--;
    }
    var before = lines.get(comment == 0 ? section : comment);
    var lineBreak = lineBreak(before);
    return text.substring(0, before.start())
        + line
        + lineBreak
        + lineBreak
        + text.substring(before.start());
  }

  private int firstSection() {
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty() && !isComment(lines.get(i))) {
        return i;
      }
    }
    return lines.size();
  }

  private boolean isComment(Line line) {
    return !line.isEmpty() && "#;".indexOf(text.charAt(line.from())) >= 0;
  }

  /// The line break of this line, or of the file's first line where this one has none.
  private String lineBreak(Line line) {
    var own = text.substring(line.end(), line.next());
    if (!own.isEmpty()) {
      return own;
    }
    var first = text.substring(lines.getFirst().end(), lines.getFirst().next());
    return first.isEmpty() ? "\n" : first;
  }

  /// A list as both Python and JSON write it. Venv names need no escapes.
  static String value(List<String> venvs) {
    return venvs.stream()
        .map(venv -> '"' + venv + '"')
        .collect(Collectors.joining(", ", "'[", "]'"));
  }

  @Override
  public String plugin() {
    return "ini";
  }

  @Override
  public Entry entry(String host) {
    var best = Entry.NONE;
    for (var line : hostLines) {
      if (line.hosts().contains(host)) {
        var found =
            assignment(line) != null
                ? Entry.WITH_VARIABLE
                : line.hosts().size() == 1 ? Entry.OWN : Entry.RANGE;
        best = found.compareTo(best) > 0 ? found : best;
      }
    }
    return best;
  }

  @Override
  public String placeOf(String host) {
    var entries = new ArrayList<>(hostLines);
    entries.removeIf(line -> !line.hosts().contains(host));
    var best =
        entries.reversed().stream()
            .filter(line -> assignment(line) != null)
            .findFirst()
            .orElse(entries.isEmpty() ? null : entries.getFirst());
    return best == null ? place : new Location(place, best.line().number(), 0).toString();
  }
}
