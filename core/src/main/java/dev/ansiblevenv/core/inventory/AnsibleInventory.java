package dev.ansiblevenv.core.inventory;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.confinement.StartScripts;
import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The real
/// [`ansible-inventory`](https://docs.ansible.com/ansible/latest/cli/ansible-inventory.html) of an
/// environment. It sees the caller's variables, because programs and cloud plugins find their
/// credentials there, and keeps caches where its configuration says.
///
/// @param environment directory with `bin/ansible-inventory`
/// @param collections directory with `ansible_collections`, before the user's own
/// @param configuration the `ansible.cfg` that counts
/// @param workingDirectory where it would be typed by hand
/// @param variables the caller's
/// @param scratch directory in the controller's cache, where programs may be started
public record AnsibleInventory(
    Path environment,
    Optional<Path> collections,
    Optional<Path> configuration,
    Path workingDirectory,
    Map<String, String> variables,
    Path scratch) {

  static final Duration LIMIT = Duration.ofMinutes(10);

  /// Some clouds say several KiB of each of thousands of hosts.
  static final int MAX_BYTES = 128 << 20;

  /// The agent's own code puts listings in the place of sources.
  private static final String LISTED =
      "import sys; sys.path.insert(0, sys.argv.pop(1));"
          + " from ansible_venv_agent.listings import main; main()";

  private static final int MAX_CHARACTERS = 1_000;
  private static final String COLLECTIONS = "ANSIBLE_COLLECTIONS_PATH";
  private static final int MAX_LINES = 6;
  private static final Pattern START = Pattern.compile("^\\[(WARNING|ERROR)\\]:\\s*(\\*\\s*)?");
  private static final Pattern FRAME =
      Pattern.compile("^Failed to parse \\S+ with '?[\\w.]+'? plugin:?");

  /// What a source says by itself, without `group_vars/` and `host_vars/`, in the form in which an
  /// inventory script says it.
  ///
  /// @param name of the source, for errors
  /// @throws InvalidInput with the first cause that ansible-inventory names
  public InventoryListing source(Path source, String name) {
    var told = told();
    told.put("ANSIBLE_VARS_ENABLED", "");
    return list(List.of(source.toString()), List.of("--export"), Map.of(), told, name)
        .withoutTopGroups();
  }

  /// What all sources say together: each host with the values that it has in the end.
  ///
  /// @param known files that have what is known of a source, by the source; it is not asked again
  /// @param name of the sources, for errors
  /// @throws InvalidInput with the first cause that ansible-inventory names
  public InventoryListing all(List<String> sources, Map<Path, Path> known, String name) {
    // Files beside a playbook are not the inventory's; there are none beside the environment.
    return list(sources, List.of("--playbook-dir=" + environment), known, told(), name);
  }

  private InventoryListing list(
      List<String> sources,
      List<String> options,
      Map<Path, Path> known,
      Map<String, String> told,
      String name) {
    try {
      var command = start(known);
      sources.forEach(source -> command.add("--inventory=" + source));
      command.add("--list");
      command.addAll(options);
      var completed = new Program(command, told, workingDirectory).run(LIMIT, MAX_BYTES);
      if (completed.succeeded() && completed.output().strip().startsWith("{")) {
        return InventoryListing.of(completed.output(), name, "ansible-inventory");
      }
      throw failed(name, completed);
    } catch (IOException e) {
      throw new InvalidInput(
          "ansible-inventory cannot be started", name, String.valueOf(e.getMessage()), "", e);
    }
  }

  private ArrayList<String> start(Map<Path, Path> known) throws IOException {
    var command = new ArrayList<String>();
    command.add(environment.resolve("bin/python").toString());
    // None of the caller's PYTHON* is meant for this Python; programs that it starts have them.
    command.add("-I");
    if (known.isEmpty()) {
      command.add(environment.resolve("bin/ansible-inventory").toString());
      return command;
    }
    var agent =
        new StartScripts(scratch)
            .with(AnsibleInventory.class, "/dev/ansiblevenv/agent/agent.zip")
            .written();
    var listings = new TreeMap<String, String>();
    known.forEach((source, listing) -> listings.put(source.toString(), listing.toString()));
    command.addAll(List.of("-c", LISTED, agent.resolve("agent.zip").toString()));
    command.addAll(List.of(scratch.toString(), JSON.std.asString(listings)));
    return command;
  }

  private Map<String, String> told() {
    var all = new TreeMap<>(variables);
    all.put("ANSIBLE_NOCOLOR", "1");
    all.remove("ANSIBLE_FORCE_COLOR");
    all.put("ANSIBLE_DEPRECATION_WARNINGS", "0");
    all.put("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "1");
    configuration.ifPresent(file -> all.put("ANSIBLE_CONFIG", file.toString()));
    collections.ifPresent(root ->
        all.merge(COLLECTIONS, root.toString(), (own, ours) -> ours + File.pathSeparator + own));
    var locale =
        all.getOrDefault("LC_ALL", all.getOrDefault("LC_CTYPE", all.getOrDefault("LANG", "")));
    if (!locale.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8")) {
      all.put("LC_ALL", "C.UTF-8");
    }
    return all;
  }

  private static InvalidInput failed(String name, Completed completed) {
    var why = cause(completed.errorOutput());
    return new InvalidInput(
        "ansible-inventory cannot read the inventory",
        name,
        why.isEmpty() ? "it exits with code " + completed.exitCode() : why,
        "`ansible-inventory --inventory " + name + " --list` has to work");
  }

  /// Of several plugins that were tried, what the first one says; without what is said twice.
  static String cause(String errors) {
    var causes = new LinkedHashSet<String>();
    var begun = false;
    for (var line : errors.lines().toList()) {
      var start = START.matcher(line).lookingAt();
      if (start && begun) {
        break;
      }
      begun |= start;
      var text = FRAME.matcher(START.matcher(line).replaceFirst("")).replaceFirst("").strip();
      if (text.length() > 1 && !text.startsWith("Origin: ") && !text.startsWith("<<<")) {
        causes.add(text);
      }
    }
    return shortened(causes.stream().limit(MAX_LINES).collect(Collectors.joining(" ")));
  }

  static String shortened(String text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + " …";
  }
}
