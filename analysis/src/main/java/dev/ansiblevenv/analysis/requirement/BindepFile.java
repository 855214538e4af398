package dev.ansiblevenv.analysis.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A [bindep file](https://docs.opendev.org/opendev/bindep/latest/readme.html): packages of the
/// operating system.
///
/// @param unreadable lines that bindep would refuse, together with the whole file
public record BindepFile(List<Line> rules, List<Integer> unreadable) {

  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

  /// @param line 1-based
  public record Line(BindepRule rule, int line) {}

  public static BindepFile parse(String text) {
    var rules = new ArrayList<Line>();
    var unreadable = new ArrayList<Integer>();
    var number = 0;
    for (var line : LINE_END.split(text, -1)) {
      number++;
      var at = number;
      if (!BindepRule.isBlank(line)) {
        BindepRule.parse(line)
            .ifPresentOrElse(rule -> rules.add(new Line(rule, at)), () -> unreadable.add(at));
      }
    }
    return new BindepFile(List.copyOf(rules), List.copyOf(unreadable));
  }
}
