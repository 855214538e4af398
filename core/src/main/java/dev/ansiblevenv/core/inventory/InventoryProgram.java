package dev.ansiblevenv.core.inventory;

import dev.ansiblevenv.core.process.Completed;
import dev.ansiblevenv.core.process.Program;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An [inventory
/// program](https://docs.ansible.com/ansible/latest/dev_guide/developing_inventory.html#developing-inventory-scripts),
/// called as Ansible's plugin `script` calls it.
///
/// @param workingDirectory where Ansible would be called by hand
/// @param variables the caller's, with the credentials that the program may need
public record InventoryProgram(Path program, Path workingDirectory, Map<String, String> variables) {

  private static final String META = "_meta";
  private static final Set<String> KEYS = Set.of("hosts", "vars", "children");
  private static final int MAX_LINES = 6;

  /// Its groups, and the variables of all its hosts. Programs that do not print these with `--list`
  /// are asked for each host. Empty where only Ansible can say what the program means: what it
  /// prints is not in the documented form.
  ///
  /// @param name of the program, for errors
  /// @throws InvalidInput when it fails; with the end of its error output
  public Optional<InventoryListing> list(String name) {
    var listing = json(name, "--list");
    if (!isInDocumentedForm(listing.content())) {
      return Optional.empty();
    }
    return Optional.of(
        listing.content().containsKey(META)
            ? listing
            : listing.with(META, Map.of("hostvars", variables(listing.content(), name))));
  }

  private Map<String, Object> variables(Map<String, Object> groups, String name) {
    var hosts = new LinkedHashMap<String, Object>();
    for (var value : groups.values()) {
      var members = value instanceof Map<?, ?> group ? group.get("hosts") : value;
      for (var host : members instanceof List<?> list ? list : List.of()) {
        hosts.computeIfAbsent(String.valueOf(host), each -> json(name, "--host", each).content());
      }
    }
    return hosts;
  }

  private InventoryListing json(String name, String... arguments) {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var call = "`" + name + " " + String.join(" ", arguments) + "`";
    try {
      var completed =
          new Program(command, variables, workingDirectory)
              .run(AnsibleInventory.LIMIT, AnsibleInventory.MAX_BYTES);
      if (!completed.succeeded()) {
        throw failed(name, call, completed);
      }
      var printed = completed.output();
      return InventoryListing.of(
          printed.isBlank() && arguments.length > 1 ? "{}" : printed, name, call);
    } catch (IOException e) {
      throw new InvalidInput(
          "the inventory program cannot be started", name, String.valueOf(e.getMessage()), "", e);
    }
  }

  private static InvalidInput failed(String name, String call, Completed completed) {
    var said = new Completed(completed.exitCode(), "", completed.errorOutput());
    var why = AnsibleInventory.shortened(said.lastLines(MAX_LINES));
    return new InvalidInput(
        "the inventory program failed",
        name,
        "it exits with code " + completed.exitCode() + (why.isEmpty() ? "" : ": " + why),
        call + " has to work");
  }

  private static boolean isInDocumentedForm(Map<String, Object> content) {
    return content.entrySet().stream()
        .allMatch(entry ->
            entry.getKey().equals(META) ? isMeta(entry.getValue()) : isGroup(entry.getValue()));
  }

  private static boolean isMeta(@Nullable Object value) {
    return value instanceof Map<?, ?> meta
        && meta.keySet().equals(Set.of("hostvars"))
        && meta.get("hostvars") instanceof Map<?, ?> hosts
        && hosts.values().stream().allMatch(Map.class::isInstance);
  }

  private static boolean isGroup(@Nullable Object value) {
    return isTexts(value)
        || (value instanceof Map<?, ?> group
            && !group.isEmpty()
            && KEYS.containsAll(group.keySet())
            && group.entrySet().stream()
                .allMatch(entry ->
                    "vars".equals(entry.getKey())
                        ? entry.getValue() instanceof Map
                        : isTexts(entry.getValue())));
  }

  private static boolean isTexts(@Nullable Object value) {
    return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
  }
}
