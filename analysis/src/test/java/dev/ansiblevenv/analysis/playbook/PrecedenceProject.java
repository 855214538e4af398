package dev.ansiblevenv.analysis.playbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// A project of many plays. Each sets a variable of its own on several levels of precedence and
/// makes a name of it, for which there is a candidate a level.
final class PrecedenceProject {

  /// Where a variable is set.
  enum Place {
    DEFAULTS,
    INVENTORY_ALL,
    INVENTORY_FILE_ALL,
    PLAYBOOK_FILE_ALL,
    INVENTORY_GROUP,
    INVENTORY_FILE_GROUP,
    PLAYBOOK_FILE_GROUP,
    INVENTORY_HOST,
    INVENTORY_FILE_HOST,
    PLAYBOOK_FILE_HOST,
    PLAY,
    IMPORT_PLAYBOOK,
    PROMPT,
    VARS_FILES,
    ROLE,
    ROLE_VARS_KEYWORD,
    BLOCK,
    TASK,
    INCLUDE_VARS,
    SET_FACT,
    REGISTER,
    ROLE_PARAMETERS,
    INCLUDE_PARAMETERS,
    CALL
  }

  /// What the name is for.
  enum Use {
    INCLUDE_TASKS,
    INCLUDE_ROLE,
    TEMPLATE,
    IMPORT_TASKS,
    ROLE_NAME,
    VARS_FILE
  }

  private enum Where {
    PRE_TASKS,
    BEFORE,
    INCLUDED_BEFORE,
    EARLIER_PLAY,
    BEHIND
  }

  private static final Set<Place> SEEN_WHILE_LOADING =
      EnumSet.of(Place.PLAY, Place.IMPORT_PLAYBOOK, Place.VARS_FILES, Place.CALL, Place.PROMPT);
  private static final Set<Place> OF_ROLES =
      EnumSet.of(Place.DEFAULTS, Place.ROLE, Place.ROLE_VARS_KEYWORD, Place.ROLE_PARAMETERS);
  private static final Set<Place> SET_BY_TASKS =
      EnumSet.of(Place.INCLUDE_VARS, Place.SET_FACT, Place.REGISTER);

  /// One variable and where it is used.
  record Case(int number, Set<Place> places, Use use, String expression) {

    /// Whether nothing but what is in the files decides.
    boolean isDecided() {
      return places.stream().noneMatch(SET_BY_TASKS::contains)
          && !places.contains(Place.PROMPT)
          && !(use == Use.INCLUDE_ROLE && places.contains(Place.ROLE_PARAMETERS))
          && expression.equals("v_" + number);
    }

    /// @param name of a candidate
    String file(String name) {
      return switch (use) {
        case INCLUDE_TASKS, IMPORT_TASKS, VARS_FILE -> "cases/%d/%s.yml".formatted(number, name);
        case TEMPLATE -> "cases/%d/%s.j2".formatted(number, name);
        case INCLUDE_ROLE, ROLE_NAME -> "roles/k%d_%s/tasks/main.yml".formatted(number, name);
      };
    }

    @Override
    public String toString() {
      return "%d: %s set by %s, used as %s".formatted(number, expression, places, use);
    }
  }

  private final Path root;
  private final Random random;
  private final List<Case> cases = new ArrayList<>();
  private final Map<String, Object> call = new HashMap<>();
  private final Map<Integer, Set<String>> names = new HashMap<>();

  private PrecedenceProject(Path root, Random random) {
    this.root = root;
    this.random = random;
  }

  /// @param root an empty directory
  static PrecedenceProject write(Path root, Random random, int count) throws IOException {
    var project = new PrecedenceProject(root, random);
    project.add("ansible.cfg", "[defaults]\ninventory = inventory/hosts\nroles_path = roles\n");
    project.add("site.yml", "");
    for (var each : project.inventory(count)) {
      project.write(each);
    }
    project.add("extra.json", json(project.call));
    return project;
  }

  List<Case> cases() {
    return cases;
  }

  Map<String, Object> call() {
    return call;
  }

  /// All candidates of a case.
  Set<String> names(Case of) {
    return names.get(of.number());
  }

  private List<Case> inventory(int count) throws IOException {
    for (var number = 0; number < count; number++) {
      cases.add(choose(number));
    }
    var hosts = new StringBuilder("[web]\nh1 ansible_connection=local");
    var all = new StringBuilder("[all:vars]\n");
    var web = new StringBuilder("[web:vars]\n");
    for (var each : cases) {
      append(hosts, each, Place.INVENTORY_HOST, " ");
      append(all, each, Place.INVENTORY_ALL, "\n");
      append(web, each, Place.INVENTORY_GROUP, "\n");
    }
    add("inventory/hosts", hosts + "\nh2 ansible_connection=local\n" + web + all);
    return cases;
  }

  private void append(StringBuilder text, Case each, Place place, String separator) {
    if (each.places().contains(place)) {
      var pair = "v_%d=%s".formatted(each.number(), name(each, place));
      text.append(separator.isBlank() && separator.equals(" ") ? " " + pair : pair + separator);
    }
  }

  private Case choose(int number) {
    var use = pick(Use.values());
    var places = EnumSet.noneOf(Place.class);
    var isLoaded = use == Use.IMPORT_TASKS || use == Use.ROLE_NAME;
    if (isLoaded) {
      places.add(pick(Place.PLAY, Place.IMPORT_PLAYBOOK, Place.VARS_FILES, Place.CALL));
    }
    var count = 2 + random.nextInt(4);
    while (places.size() < count) {
      var place = pick(Place.values());
      if (fits(place, use)) {
        places.add(place);
      }
    }
    var name = "v_" + number;
    if (places.contains(Place.REGISTER)) {
      return new Case(
          number,
          places,
          use,
          "%1$s.msg | default(%1$s if %1$s is string else 'other')".formatted(name));
    }
    var forms =
        List.of(
            name,
            name,
            name,
            name + " | default('other')",
            "('other' if " + name + " == '" + "play" + "' else " + name + ")",
            "vars['" + name + "']",
            "hostvars['h1']." + name);
    var form = pick(forms.toArray(String[]::new));
    var isSimple = isLoaded || use == Use.VARS_FILE;
    return new Case(number, places, use, isSimple && form.contains("vars[") ? name : form);
  }

  private static boolean fits(Place place, Use use) {
    return switch (use) {
      case INCLUDE_TASKS, INCLUDE_ROLE -> place != Place.TASK;
      case TEMPLATE -> place != Place.INCLUDE_PARAMETERS;
      case IMPORT_TASKS -> place != Place.INCLUDE_PARAMETERS;
      case ROLE_NAME, VARS_FILE ->
          !OF_ROLES.contains(place)
              && place != Place.TASK
              && place != Place.BLOCK
              && place != Place.INCLUDE_PARAMETERS
              && !SET_BY_TASKS.contains(place);
    };
  }

  @SafeVarargs
  private <T> T pick(T... of) {
    return of[random.nextInt(of.length)];
  }

  /// The candidate that a place names.
  private String name(Case of, Place place) {
    var name = place.name().toLowerCase(java.util.Locale.ROOT);
    names.computeIfAbsent(of.number(), _ -> new TreeSet<>(Set.of("other"))).add(name);
    return name;
  }

  private String pair(Case of, Place place) {
    return "v_%d: %s\n".formatted(of.number(), name(of, place));
  }

  private void write(Case of) throws IOException {
    var places = of.places();
    var isImported = places.contains(Place.IMPORT_PLAYBOOK);
    var beside = isImported ? "plays/" : "";
    var number = of.number();
    var files =
        Map.of(
            Place.INVENTORY_FILE_ALL,
            "inventory/group_vars/all.yml",
            Place.INVENTORY_FILE_GROUP,
            "inventory/group_vars/web.yml",
            Place.INVENTORY_FILE_HOST,
            "inventory/host_vars/h1.yml",
            Place.PLAYBOOK_FILE_ALL,
            beside + "group_vars/all.yml",
            Place.PLAYBOOK_FILE_GROUP,
            beside + "group_vars/web/vars.yml",
            Place.PLAYBOOK_FILE_HOST,
            beside + "host_vars/h1.yml");
    for (var file : files.entrySet()) {
      if (places.contains(file.getKey())) {
        add(file.getValue(), pair(of, file.getKey()));
      }
    }
    if (places.contains(Place.CALL)) {
      call.put("v_" + number, name(of, Place.CALL));
    }
    var play = play(of);
    if (isImported) {
      add("plays/p%d.yml".formatted(number), play);
      add(
          "site.yml",
          "- import_playbook: plays/p%d.yml\n  vars: {%s}\n"
              .formatted(number, pair(of, Place.IMPORT_PLAYBOOK).strip()));
    } else {
      add("site.yml", play);
    }
    for (var name : names.getOrDefault(number, Set.of("other"))) {
      var took = "- debug: {msg: TOOK %d %s}\n".formatted(number, name);
      add("cases/%d/%s.j2".formatted(number, name), "TOOK %d %s\n".formatted(number, name));
      add("roles/k%d_%s/tasks/main.yml".formatted(number, name), took);
      add(
          "cases/%d/%s.yml".formatted(number, name),
          of.use() == Use.VARS_FILE ? "took_%d: %s\n".formatted(number, name) : took);
    }
  }

  private String play(Case of) throws IOException {
    var places = of.places();
    var number = of.number();
    var play = new StringBuilder();
    var setters = setters(of);
    if (setters.containsKey(Where.EARLIER_PLAY)) {
      play.append("- hosts: web\n  gather_facts: false\n  tasks:\n");
      play.append(indented(setters.get(Where.EARLIER_PLAY), 4));
    }
    play.append("- hosts: web\n  gather_facts: false\n");
    if (places.contains(Place.PLAY)) {
      play.append("  vars: {%s}\n".formatted(pair(of, Place.PLAY).strip()));
    }
    if (places.contains(Place.PROMPT)) {
      play.append(
          "  vars_prompt: [{name: v_%d, prompt: x, default: %s, private: false}]\n"
              .formatted(number, name(of, Place.PROMPT)));
    }
    var varsFiles = new ArrayList<String>();
    if (places.contains(Place.VARS_FILES)) {
      add("settings/%d.yml".formatted(number), pair(of, Place.VARS_FILES));
      varsFiles.add(root + "/settings/%d.yml".formatted(number));
    }
    if (of.use() == Use.VARS_FILE) {
      varsFiles.add("\"%s/cases/%d/{{ %s }}.yml\"".formatted(root, number, of.expression()));
    }
    if (!varsFiles.isEmpty()) {
      play.append("  vars_files: [%s]\n".formatted(String.join(", ", varsFiles)));
    }
    if (setters.containsKey(Where.PRE_TASKS)) {
      play.append("  pre_tasks:\n").append(indented(setters.get(Where.PRE_TASKS), 4));
    }
    var tasks = tasks(of, setters);
    if (of.use() == Use.ROLE_NAME) {
      play.append("  roles: [\"k%d_{{ %s }}\"]\n".formatted(number, of.expression()));
    } else if (places.stream().anyMatch(OF_ROLES::contains)) {
      play.append("  roles:\n    - role: u%d\n".formatted(number));
      if (places.contains(Place.ROLE_PARAMETERS)) {
        play.append("      " + pair(of, Place.ROLE_PARAMETERS));
      }
      if (places.contains(Place.ROLE_VARS_KEYWORD)) {
        play.append("      vars: {%s}\n".formatted(pair(of, Place.ROLE_VARS_KEYWORD).strip()));
      }
      if (places.contains(Place.DEFAULTS)) {
        add("roles/u%d/defaults/main.yml".formatted(number), pair(of, Place.DEFAULTS));
      }
      if (places.contains(Place.ROLE)) {
        add("roles/u%d/vars/main.yml".formatted(number), pair(of, Place.ROLE));
      }
      add("roles/u%d/tasks/main.yml".formatted(number), tasks);
    } else {
      play.append("  tasks:\n").append(indented(tasks, 4));
    }
    return play.toString();
  }

  private String tasks(Case of, Map<Where, String> setters) throws IOException {
    var number = of.number();
    var tasks = new StringBuilder();
    if (setters.containsKey(Where.INCLUDED_BEFORE)) {
      add("cases/%d/set.yml".formatted(number), setters.get(Where.INCLUDED_BEFORE));
      tasks.append("- include_tasks: %s/cases/%d/set.yml\n".formatted(root, number));
    }
    tasks.append(setters.getOrDefault(Where.BEFORE, ""));
    var vars =
        of.places().contains(Place.INCLUDE_PARAMETERS)
            ? "  vars: {%s}\n".formatted(pair(of, Place.INCLUDE_PARAMETERS).strip())
            : of.places().contains(Place.TASK)
                ? "  vars: {%s}\n".formatted(pair(of, Place.TASK).strip())
                : "";
    var path = "\"%s/cases/%d/{{ %s }}.yml\"".formatted(root, number, of.expression());
    var use =
        switch (of.use()) {
          case INCLUDE_TASKS -> "- include_tasks: {file: " + path + "}\n" + vars;
          case IMPORT_TASKS -> "- import_tasks: {file: " + path + "}\n" + vars;
          case INCLUDE_ROLE ->
              "- include_role: {name: \"k%d_{{ %s }}\"}\n".formatted(number, of.expression())
                  + vars;
          case TEMPLATE ->
              "- debug:\n    msg: \"{{ lookup('template', '%s/cases/%d/' ~ (%s) ~ '.j2') }}\"\n"
                      .formatted(root, number, of.expression())
                  + vars;
          case VARS_FILE -> "- debug: {msg: \"TOOK %1$d {{ took_%1$d }}\"}\n".formatted(number);
          case ROLE_NAME -> "- meta: noop\n";
        };
    tasks.append("- block:\n").append(indented(use, 4));
    if (of.places().contains(Place.BLOCK)) {
      tasks.append("  vars: {%s}\n".formatted(pair(of, Place.BLOCK).strip()));
    }
    tasks.append("  rescue: [{meta: noop}]\n");
    tasks.append(setters.getOrDefault(Where.BEHIND, ""));
    return tasks.toString();
  }

  private Map<Where, String> setters(Case of) throws IOException {
    var number = of.number();
    var setters = new HashMap<Where, String>();
    for (var place : of.places()) {
      if (SET_BY_TASKS.contains(place)) {
        var condition =
            pick(
                "",
                "",
                "",
                "  when: inventory_hostname == 'h1'\n",
                "  when: 1 == 2\n",
                "  tags: x\n");
        var task =
            switch (place) {
              case SET_FACT -> "- set_fact: {%s}\n".formatted(pair(of, place).strip());
              case REGISTER ->
                  "- debug: {msg: %s}\n  register: v_%d\n".formatted(name(of, place), number);
              default -> {
                add("settings/i%d.yml".formatted(number), pair(of, place));
                yield "- include_vars: %s/settings/i%d.yml\n".formatted(root, number);
              }
            };
        setters.merge(pick(Where.values()), task + condition, String::concat);
      }
    }
    return setters;
  }

  private static String indented(String text, int by) {
    return text.indent(by);
  }

  private void add(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String json(Map<String, Object> variables) {
    var entries = new ArrayList<String>();
    variables.forEach((name, value) -> entries.add("\"%s\": \"%s\"".formatted(name, value)));
    return "{" + String.join(", ", entries) + "}";
  }
}
