package dev.ansiblevenv.orchestration.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.ansiblevenv.analysis.inventory.HostSelection;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryHost;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ansible itself says what an inventory means: before our edit, and after it.
final class InventoryOracleIT {

  private static final List<String> VENVS = List.of("site_0123abcd", "web.x_89abcdef");

  @TempDir Path directory;

  /// One inventory: what Ansible and we say of it, and of it with one host changed.
  private record Case(String place, String text, String target, Path before, Path after) {}

  @Test
  void hand_written_inventories_mean_what_ansible_says() throws Exception {
    var cases = new ArrayList<Case>();
    for (var sample : SampleInventories.all().entrySet()) {
      for (var target : targets(name(sample.getKey()), sample.getValue())) {
        cases.add(edited(cases.size(), name(sample.getKey()), sample.getValue(), target));
      }
    }
    compare(cases);
  }

  @Test
  void generated_inventories_mean_what_ansible_says() throws Exception {
    var cases = new ArrayList<Case>();
    for (var inventory : GeneratedInventories.sample(300)) {
      cases.add(edited(cases.size(), inventory.place(), inventory.text(), inventory.target()));
    }
    compare(cases);
  }

  @Test
  void directories_of_inventories_mean_what_ansible_says() throws Exception {
    var directories = new ArrayList<Path>();
    var managers = new ArrayList<InventoryManager>();
    var targets = new ArrayList<String>();
    var samples = GeneratedInventories.sample(120);
    for (int i = 0; i + 1 < samples.size(); i += 2) {
      var place = "many" + i;
      for (var each : samples.subList(i, i + 2)) {
        write("%s/%03d-%s".formatted(place, targets.size(), each.place()), each.text());
        targets.add(each.target());
      }
      var target = targets.getLast();
      write(place + "/group_vars/all.yml", "installed_venvs: [of_all]\nof_all: 1\n");
      write(place + "/group_vars/ungrouped/a.yml", "of_all: 2\n");
      if (i % 4 == 0) {
        write(place + "/host_vars/" + target + ".yml", "# its own\nown: yes\n");
      }
      directories.add(directory.resolve(place));
      managers.add(TestInventory.of(directory, place));
    }
    var before = AnsibleInventory.list(directory, directories);
    var known = managers.stream().map(manager -> ours(manager.inventory())).toList();
    var edited = new HashSet<Integer>();
    for (int i = 0; i < managers.size(); i++) {
      var target = targets.get(2 * i + 1);
      if (managers.get(i).lookup(target).isPresent() && edits(managers.get(i), target)) {
        edited.add(i);
      }
    }
    assertThat(edited).hasSizeGreaterThan(managers.size() / 2);
    var after = AnsibleInventory.list(directory, directories);
    assertSoftly(softly -> {
      for (int i = 0; i < managers.size(); i++) {
        var target = targets.get(2 * i + 1);
        softly
            .assertThat(known.get(i))
            .as(directories.get(i).toString())
            .isEqualTo(theirs(before.get(i)));
        softly
            .assertThat(theirs(after.get(i)))
            .as(target + " in " + directories.get(i))
            .isEqualTo(
                edited.contains(i)
                    ? changed(theirs(before.get(i)), target)
                    : theirs(before.get(i)));
      }
    });
  }

  @Test
  void programs_mean_what_ansible_says() throws Exception {
    var directories = new ArrayList<Path>();
    var managers = new ArrayList<InventoryManager>();
    for (var printed :
        List.of(
            """
            {"zeta": {"hosts": ["b", "a"], "vars": {"v": 1.50, "t": null}, "children": ["mid", "late"]},
             "alpha": {"hosts": ["c", "a"]}, "mid": {"children": ["leaf"]}, "leaf": {"hosts": ["d"], "vars": {}},
             "all": {"vars": {"everywhere": [true, {"k": "\u00e9"}]}, "hosts": ["e"]}, "ungrouped": {"hosts": ["f"]},
             "_meta": {"hostvars": {"a": {"ansible_host": "192.0.2.1", "big": 12345678901234567890}, "nobody": {"x": 1}, "e": {}}}}
            """,
            "{\"web\": [\"b\", \"a\"], \"all\": {\"children\": [\"web\"]}}",
            "{\"lone\": {\"x\": 1}, \"_meta\": {\"hostvars\": {}}}",
            "{\"empty\": {\"hosts\": []}, \"_meta\": {\"hostvars\": {}}}",
            "{}")) {
      var place = "program" + directories.size();
      write(place + "/10-hosts", "[zeta]\nfirst\n[alpha]\na x=2\n");
      write(place + "/group_vars/zeta.yml", "of_file: 1\n");
      write(place + "/answer.txt", printed);
      var program =
          write(
              place + "/20-program",
              "#!/bin/sh\nif [ \"$1\" = --host ]; then echo \"{\\\"of\\\": \\\"$2\\\"}\"; else cat \"${0%/*}/answer.txt\"; fi\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
      directories.add(directory.resolve(place));
      managers.add(TestInventory.of(directory, place));
    }
    var said = AnsibleInventory.list(directory, directories);
    assertSoftly(softly -> {
      for (int i = 0; i < managers.size(); i++) {
        softly
            .assertThat(ours(managers.get(i).inventory()))
            .as(directories.get(i).toString())
            .isEqualTo(theirs(said.get(i)));
      }
    });
  }

  /// Whether the place is one that can be edited; what cannot be is refused, not changed.
  private static boolean edits(InventoryManager manager, String target) {
    try {
      manager.updateInventoryVenvs(target, VENVS);
      return true;
    } catch (InvalidInput refused) {
      return false;
    }
  }

  private static Map<String, Object> ours(UserInventory inventory) {
    return ours(inventory.data(), inventory::seen);
  }

  @Test
  void patterns_select_the_hosts_that_ansible_selects() throws Exception {
    var text =
        """
        lone
        [web]
        web[01:05].lan
        10.0.0.1
        [db]
        db-[a:c]
        web01.lan
        [web_canary]
        web02.lan
        [site:children]
        web
        db
        """;
    var patterns =
        List.of(
            "all",
            "*",
            "web",
            "web,db",
            "web:db",
            "web:&db",
            "all:!web",
            "!web",
            "&db",
            "web[0]",
            "web[-1]",
            "web[1:2]",
            "web[1:]",
            "web[9]",
            "web*",
            "~web0[12]",
            "~(web|db)",
            "we?",
            "web_*",
            "10.0.0.1",
            "10.*",
            "db-[ab]",
            "db-[!a]",
            "nobody",
            "site:!web:&all",
            "lone",
            "ungrouped",
            "::1",
            "localhost",
            "web0*.lan",
            "w[",
            "all[2:3]",
            "site[0],lone",
            "");
    var file = write("hosts", text);
    var data = InventoryReader.read("hosts", text).data();
    var said = AnsibleInventory.list(directory, List.of(file), patterns).getFirst();
    var selected = (Map<?, ?>) said.get("selected");
    assertSoftly(softly ->
        patterns.forEach(pattern ->
            softly
                .assertThat(HostSelection.select(data, pattern).stream().sorted().toList())
                .as(pattern)
                .isEqualTo(selected.get(pattern))));
  }

  @Test
  void what_ansible_refuses_is_refused_with_the_line() throws Exception {
    var files = new ArrayList<Path>();
    var samples = SampleInventories.broken();
    for (var sample : samples.entrySet()) {
      files.add(write(files.size() + "/" + name(sample.getKey()), sample.getValue()));
    }
    var said = AnsibleInventory.list(directory, files);
    assertSoftly(softly -> {
      int i = 0;
      for (var sample : samples.entrySet()) {
        softly.assertThat(said.get(i++)).as(sample.getValue()).containsKey("error");
        softly
            .assertThatThrownBy(
                () -> InventoryReader.read(name(sample.getKey()), sample.getValue()))
            .as(sample.getValue())
            .isInstanceOf(InvalidInput.class)
            .hasMessageMatching("(?s)[a-z.]+:[0-9]+.*");
      }
    });
  }

  private static String name(String key) {
    return key.substring(key.indexOf('-') + 1);
  }

  private static List<String> targets(String place, String text) {
    var targets = new ArrayList<>(InventoryReader.read(place, text).data().hostNames());
    targets.removeIf(host -> host.contains("\uFEFF"));
    targets.add("new-host.example");
    targets.add("localhost");
    return targets.stream().distinct().toList();
  }

  private Case edited(int number, String place, String text, String target) throws Exception {
    var before = InventoryReader.read(place, text);
    var known = before.data().hostNames().stream().filter(target::equals).findFirst();
    var after = InventoryEdit.apply(before, known, target, VENVS);
    return new Case(
        place,
        text,
        target,
        write(number + "/before/" + place, text),
        write(number + "/after/" + place, after.text()));
  }

  private Path write(String name, String text) throws Exception {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, UTF_8);
  }

  private void compare(List<Case> cases) throws Exception {
    var files = new ArrayList<Path>();
    cases.forEach(one -> files.add(one.before()));
    cases.forEach(one -> files.add(one.after()));
    var said = AnsibleInventory.list(directory, files);
    assertThat(said).hasSameSizeAs(files);
    assertSoftly(softly -> {
      for (int i = 0; i < cases.size(); i++) {
        var one = cases.get(i);
        var before = said.get(i);
        var after = said.get(cases.size() + i);
        softly.assertThat(ours(one.place(), one.text())).as(one.text()).isEqualTo(theirs(before));
        softly
            .assertThat(ownOnly(theirs(after), theirs(before), one.target()))
            .as(one.target() + " in " + one.text())
            .isEqualTo(changed(theirs(before), one.target()));
      }
    });
  }

  private static Map<String, Object> ours(String place, String text) {
    var data = InventoryReader.read(place, text).data();
    return ours(data, data::seen);
  }

  private static Map<String, Object> ours(
      InventoryData data, Function<String, InventoryHost> seen) {
    var hosts = new TreeMap<String, Object>();
    for (var name : data.hostNames()) {
      var host = seen.apply(name);
      hosts.put(name, Map.of("groups", host.groups(), "variables", normal(host.variables())));
    }
    var groups = new TreeMap<String, Object>();
    for (var group : data.groups()) {
      if (!group.name().equals("all") && !(group.hosts().isEmpty() && group.children().isEmpty())) {
        groups.put(
            group.name(),
            List.of(hosts(group.name(), List.copyOf(group.hosts())), group.children()));
      }
    }
    return Map.of("hosts", hosts, "groups", groups);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> theirs(Map<String, Object> said) {
    if (said.containsKey("error")) {
      return Map.of("error", String.valueOf(said.get("error")));
    }
    var meta = (Map<String, Object>) said.getOrDefault("_meta", Map.of());
    var variables = (Map<String, Object>) meta.getOrDefault("hostvars", Map.of());
    var hosts = new TreeMap<String, Object>();
    ((Map<String, Object>) said.getOrDefault("groups_of", Map.of()))
        .forEach((name, groups) ->
            hosts.put(
                name,
                Map.of(
                    "groups",
                    groups,
                    "variables",
                    normal(variables.getOrDefault(name, Map.of())))));
    var groups = new TreeMap<String, Object>();
    said.forEach((name, value) -> {
      if (!List.of("_meta", "groups_of", "all").contains(name)) {
        var group = (Map<String, Object>) value;
        groups.put(
            name,
            List.of(
                hosts(name, (List<String>) group.getOrDefault("hosts", List.of())),
                group.getOrDefault("children", List.of())));
      }
    });
    return Map.of("hosts", hosts, "groups", groups);
  }

  /// What Ansible has to say after the edit, if the edit did this and nothing else.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> changed(Map<String, Object> said, String target) {
    var hosts = new TreeMap<>((Map<String, Object>) said.getOrDefault("hosts", Map.of()));
    var groups = new TreeMap<>((Map<String, Object>) said.getOrDefault("groups", Map.of()));
    var host = (Map<String, Object>) hosts.get(target);
    var variables = new LinkedHashMap<String, Object>();
    List<String> hostGroups = List.of("ungrouped");
    if (host != null) {
      variables.putAll((Map<String, Object>) host.get("variables"));
      hostGroups = (List<String>) host.get("groups");
    } else {
      var ungrouped =
          (List<List<String>>) groups.getOrDefault("ungrouped", List.of(List.of(), List.of()));
      var names = new ArrayList<>(ungrouped.getFirst());
      names.add(target);
      names.sort(null);
      groups.put("ungrouped", List.of(names, ungrouped.getLast()));
      if (target.equals("localhost")) {
        variables.put("ansible_connection", "local");
      }
    }
    variables.put("installed_venvs", VENVS);
    hosts.put(target, Map.of("groups", hostGroups, "variables", variables));
    return Map.of("hosts", hosts, "groups", groups);
  }

  /// The order in `ungrouped` is left open: a new host comes first or last.
  private static List<String> hosts(String group, List<String> hosts) {
    return group.equals("ungrouped") ? hosts.stream().sorted().toList() : hosts;
  }

  /// A new host also gets what its groups give it, which is not the edit's.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> ownOnly(
      Map<String, Object> said, Map<String, Object> before, String target) {
    if (((Map<String, Object>) before.getOrDefault("hosts", Map.of())).containsKey(target)
        || said.containsKey("error")) {
      return said;
    }
    var hosts = (Map<String, Object>) said.getOrDefault("hosts", Map.of());
    var host = (Map<String, Object>) hosts.getOrDefault(target, Map.of());
    ((Map<String, Object>) host.getOrDefault("variables", Map.of()))
        .keySet()
        .retainAll(List.of("installed_venvs", "ansible_connection"));
    return said;
  }

  private static Object normal(Object value) {
    return switch (value) {
      case null -> "<null>";
      case Map<?, ?> map -> {
        var entries = new TreeMap<String, Object>();
        map.forEach((key, entry) -> entries.put(String.valueOf(key), normal(entry)));
        yield entries;
      }
      case List<?> list -> list.stream().map(InventoryOracleIT::normal).toList();
      case Integer number -> BigInteger.valueOf(number);
      case Long number -> BigInteger.valueOf(number);
      default -> value;
    };
  }
}
