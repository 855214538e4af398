package dev.ansiblevenv.orchestration.inventory;

import dev.ansiblevenv.analysis.inventory.HostPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/// Inventories in all the spellings that Ansible reads, each from one seed.
final class GeneratedInventories {

  /// @param place a file name, whose extension matters
  /// @param target a host that stands in the file, or a new one
  record Generated(String place, String text, String target) {}

  static final String NEW_HOST = "brand-new.lan";

  private static final List<String> SINGLE =
      List.of("alpha", "beta.lan", "GAMMA", "night2.lan", "10.0.0.9", "d_e-f");
  private static final List<String> RANGES =
      List.of("web[1:3]", "db-[a:c].lan", "n[01:05:2]", "web[2:4]", "x[a:b]y[1:2]", "10.1.0.[1:3]");
  private static final List<String> VALUES =
      List.of(
          "1",
          "true",
          "True",
          "'two words'",
          "\"it's\"",
          "0644",
          "1.5",
          "[1,2]",
          "a=b",
          "x\\ y",
          "'#no'",
          "'{\"k\": [1, None]}'",
          "");
  private static final List<String> OLD =
      List.of(
          "installed_venvs='[\"old_1\"]'",
          "installed_venvs=\"['old_1', 'old_2']\"",
          "installed_venvs='[]'",
          "installed_venvs=old_1",
          "'installed_venvs=[\"old_1\"]'");

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> hosts = new LinkedHashSet<>();
  private String lineBreak = "\n";

  private GeneratedInventories(long seed) {
    random = new Random(seed);
  }

  static List<Generated> sample(int count) {
    return LongStream.range(0, count)
        .mapToObj(seed -> seed % 2 == 0 ? ini(seed) : yaml(seed))
        .toList();
  }

  static Generated ini(long seed) {
    return new GeneratedInventories(seed).ini();
  }

  static Generated yaml(long seed) {
    return new GeneratedInventories(seed).yaml();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private Generated finish(String place) {
    var written = text.toString();
    boolean inScalar = written.endsWith("more" + lineBreak);
    if (chance(25) && written.endsWith(lineBreak) && !inScalar) {
      written = written.substring(0, written.length() - lineBreak.length());
    }
    var targets = new ArrayList<>(hosts);
    targets.add(NEW_HOST);
    return new Generated(place, written, pick(targets));
  }

  private Generated ini() {
    lineBreak = chance(20) ? "\r\n" : "\n";
    int count = random.nextInt(4);
    noise();
    for (int i = random.nextInt(3); i > 0; i--) {
      hostLine();
    }
    var sections = new ArrayList<Runnable>();
    for (int group = 0; group < count; group++) {
      var name = "group" + group;
      sections.add(() -> section(name, "", this::hostLine));
      if (chance(40)) {
        sections.add(() -> section(name, ":vars", this::variable));
      }
      if (group > 0 && chance(50)) {
        var child = "group" + random.nextInt(group);
        sections.add(() -> section(name, ":children", () -> line(child)));
      }
    }
    if (chance(30)) {
      sections.add(() -> section("all", ":vars", this::variable));
    }
    Collections.shuffle(sections, random);
    sections.forEach(Runnable::run);
    return finish(chance(50) ? "hosts" : "hosts.ini");
  }

  private void section(String name, String kind, Runnable entry) {
    noise();
    line("[" + name + kind + "]" + (chance(20) ? " # section" : ""));
    for (int i = kind.equals(":children") ? 1 : random.nextInt(4); i > 0; i--) {
      noise();
      entry.run();
    }
  }

  private void variable() {
    var name = chance(10) ? "installed_venvs" : "v" + random.nextInt(3);
    line(name + (chance(50) ? "=" : " = ") + pick(VALUES));
  }

  private void hostLine() {
    var pattern = chance(25) ? pick(RANGES) : pick(SINGLE);
    hosts.addAll(HostPattern.parse(pattern).hosts());
    var line = new StringBuilder(chance(10) ? "  " : "").append(pattern);
    line.append(chance(10) ? ":22" : "");
    for (int i = random.nextInt(3); i > 0; i--) {
      line.append(chance(20) ? "  \t" : " ").append("v" + random.nextInt(3) + "=" + pick(VALUES));
    }
    if (chance(25)) {
      line.append(' ').append(pick(OLD));
      line.append(chance(30) ? " last=1" : "");
    }
    line.append(chance(15) ? " # a remark" : chance(5) ? "#tight" : chance(5) ? "   " : "");
    line(line.toString());
  }

  private void noise() {
    if (chance(20)) {
      line(pick(List.of("# comment", "; other", "", "   ", "\t# [not.a.section]")));
    }
  }

  private void line(String line) {
    text.append(line).append(lineBreak);
  }

  private Generated yaml() {
    boolean json = chance(15);
    lineBreak = chance(20) && !json ? "\r\n" : "\n";
    int step = chance(30) ? 4 : 2;
    if (json) {
      flowFile(step);
      return finish("hosts.json");
    }
    if (chance(30)) {
      line("---");
    }
    yamlNoise("");
    for (int group = 0; group < 1 + random.nextInt(3); group++) {
      group(group == 0 ? pick(List.of("all", "grp", "ungrouped")) : "grp" + group, 0, step);
    }
    return finish(pick(List.of("hosts", "hosts.yml", "hosts.yaml")));
  }

  private void flowFile(int step) {
    var inner = " ".repeat(step);
    line("{");
    line(inner + "\"web\": {\"hosts\": {");
    var entries = new ArrayList<String>();
    for (var name : distinct()) {
      entries.add(
          inner
              + "\""
              + name
              + "\": "
              + pick(
                  List.of(
                      "null",
                      "{}",
                      "{\"v\": 1}",
                      "{\"installed_venvs\": [\"old_1\"], \"v\": [1]}")));
    }
    line(String.join("," + lineBreak, entries));
    line(inner + "}}");
    line("}");
  }

  private List<String> distinct() {
    var names = new ArrayList<String>();
    var taken = new LinkedHashSet<String>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      var pattern = chance(20) ? pick(RANGES) : pick(SINGLE);
      var expanded = HostPattern.parse(pattern).hosts();
      if (Collections.disjoint(taken, expanded)) {
        taken.addAll(expanded);
        names.add(pattern);
      }
    }
    hosts.addAll(taken);
    return names;
  }

  private void group(String name, int depth, int step) {
    var indent = " ".repeat(depth * step);
    var inner = indent + " ".repeat(step);
    line(indent + name + ":" + (chance(10) ? " # group" : ""));
    if (chance(40)) {
      line(inner + "vars:");
      line(
          inner
              + " ".repeat(step)
              + "v"
              + random.nextInt(2)
              + ": "
              + pick(List.of("1", "yes", "'s'")));
    }
    yamlNoise(inner);
    if (chance(15)) {
      line(
          inner
              + "hosts: {"
              + String.join(", ", distinct().stream().map(this::flow).toList())
              + "}");
    } else {
      line(inner + "hosts:");
      distinct().forEach(host -> host(host, inner + " ".repeat(step), step));
    }
    if (depth < 2 && chance(40)) {
      line(inner + "children:");
      group("sub" + random.nextInt(1000), depth + 2, step);
    }
  }

  private String flow(String host) {
    return "\""
        + host
        + "\""
        + pick(List.of(": ", ": {v: 1}", ": {installed_venvs: [old_1], v: 1}"));
  }

  private void host(String name, String indent, int step) {
    var inner = indent + " ".repeat(step);
    var key = indent + (chance(30) ? "\"" + name + "\"" : name) + ":";
    switch (random.nextInt(5)) {
      case 0 -> line(key + (chance(30) ? "  # bare" : ""));
      case 1 -> line(key + " {v: 1, w: [a, b]}" + (chance(30) ? " # flow" : ""));
      case 2 -> {
        line(key);
        line(inner + "v: 'one'   # first");
        if (chance(50)) {
          line(inner + "installed_venvs: " + pick(List.of("[old_1]", "[]", "", "old_1", "~")));
        }
        line(inner + "text: |");
        line(inner + "  lines");
        line(inner + "  more");
      }
      case 3 -> {
        line(key);
        line(inner + "installed_venvs:" + (chance(30) ? " # list" : ""));
        var item = inner + (chance(50) ? "" : "  ") + "- ";
        line(item + "old_1");
        line(item + "\"old_2\"");
        if (chance(50)) {
          line(inner + "v: 1");
        }
      }
      default -> {
        line(key + " # many");
        line(inner + "v: {deep: [1, {x: y}]}");
        yamlNoise(inner);
        line(inner + "w: \"two");
        line(inner + "  lines\"");
      }
    }
    yamlNoise(indent);
  }

  private void yamlNoise(String indent) {
    if (chance(20)) {
      line(pick(List.of(indent + "# comment", "", "# at the margin")));
    }
  }
}
