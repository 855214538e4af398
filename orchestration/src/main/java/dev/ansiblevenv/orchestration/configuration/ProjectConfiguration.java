package dev.ansiblevenv.orchestration.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.inventory.HostSelection;
import dev.ansiblevenv.analysis.inventory.InventoryData;
import dev.ansiblevenv.analysis.inventory.InventoryReader;
import dev.ansiblevenv.analysis.override.OverrideFile;
import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlFormat;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.project.CopyLimit;
import dev.ansiblevenv.orchestration.store.Fields;
import dev.ansiblevenv.orchestration.store.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of a project's `ansible-venv.yml` that concern hosts; `docs/schema/ansible-venv.json`
/// describes the file. They are in no content hash.
///
/// @param keep the newest venvs and specs of each playbook that stay
/// @param unusedFor a cleanup lets go venvs whose last run is longer ago
/// @param runsKept so many finished runs stay on a host when a new one starts
/// @param push patterns of hosts that get everything over the connection
/// @param copies whether runs on this machine get a copy of the project instead of its directory
/// @param passedVariables names of this machine's environment variables that runs get
/// @param copyLimit how much of the project is copied at most
/// @param bringsBack whether what a run on one other machine wrote beside its playbook comes back
/// @param requiresConfinement whether ansible-lint must not run where it cannot be confined
/// @param warm whether hosts may keep processes for the next run, started from an environment
public record ProjectConfiguration(
    Optional<Integer> keep,
    Optional<Duration> unusedFor,
    Optional<Integer> runsKept,
    List<String> push,
    boolean copies,
    List<String> passedVariables,
    CopyLimit copyLimit,
    boolean bringsBack,
    boolean requiresConfinement,
    boolean warm) {

  /// So many venvs of a playbook stay on a host where nothing else is said: the current one and the
  /// one before.
  public static final int DEFAULT_VENVS_KEPT = 2;

  private static final long MEGABYTE = 1_000_000;

  private static final ProjectConfiguration NONE =
      new ProjectConfiguration(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          List.of(),
          CopyLimit.DEFAULT,
          true,
          false,
          true);

  /// A project without the file has no such keys.
  ///
  /// @throws InvalidInput when any part of the file is not valid; names file:line:column
  public static ProjectConfiguration read(Path project) {
    var file = project.resolve(OverrideFile.NAME);
    return Files.isRegularFile(file) ? parse(TextFile.read(file, OverrideFile.NAME)) : NONE;
  }

  /// @throws InvalidInput when any part of the text is not valid; names file:line:column
  public static ProjectConfiguration parse(String text) {
    var content = text.getBytes(UTF_8);
    OverrideFile.parse(OverrideFile.NAME, content);
    var document = YamlEdit.of(OverrideFile.NAME, content);
    if (document.root() == null) {
      return NONE;
    }
    var fields = Fields.of(document, OverrideFile.NAME, "the file");
    var cleanup = fields.mapping("cleanup");
    cleanup.ifPresent(mapping -> mapping.only(List.of("keep", "unused_for")));
    var runs = fields.mapping("runs");
    runs.ifPresent(mapping ->
        mapping.only(List.of("keep", "copy", "max_files", "max_megabytes", "bring_back")));
    return new ProjectConfiguration(
        cleanup
            .flatMap(mapping ->
                mapping.optional("keep", number -> number.matches("[1-9][0-9]{0,5}"), "1 or more"))
            .map(Integer::valueOf),
        cleanup
            .flatMap(mapping ->
                mapping.optional(
                    "unused_for", age -> Age.parse(age).isPresent(), "an age such as 12h or 30d"))
            .flatMap(Age::parse),
        runs.flatMap(mapping ->
                mapping.optional("keep", number -> number.matches("[1-9][0-9]{0,5}"), "1 or more"))
            .map(Integer::valueOf),
        fields.items("push").stream().map(ProjectConfiguration::pattern).toList(),
        runs.map(mapping -> mapping.flag("copy")).orElse(false),
        fields.items("pass_env").stream().map(ProjectConfiguration::variable).toList(),
        new CopyLimit(
            number(runs, "max_files").orElse(CopyLimit.DEFAULT.files()),
            number(runs, "max_megabytes")
                .map(megabytes -> megabytes * MEGABYTE)
                .orElse(CopyLimit.DEFAULT.bytes())),
        runs.map(mapping -> !mapping.has("bring_back") || mapping.flag("bring_back")).orElse(true),
        fields.has("require_confinement") && fields.flag("require_confinement"),
        !fields.has("warm") || fields.flag("warm"));
  }

  private static String variable(Fields.Item item) {
    if (!item.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw item.wrong("it is no name of an environment variable", "write the name alone");
    }
    return item.text();
  }

  private static Optional<Integer> number(Optional<Fields> mapping, String key) {
    return mapping
        .flatMap(fields ->
            fields.optional(key, number -> number.matches("[1-9][0-9]{0,6}"), "1 or more"))
        .map(Integer::valueOf);
  }

  private static String pattern(Fields.Item item) {
    var pattern = item.text();
    if (HostSelection.parts(pattern).isEmpty()) {
      throw item.wrong("it selects no host", "write `all`, a host, a group, or a pattern of those");
    }
    return pattern;
  }

  /// Whether a host gets everything over the connection.
  ///
  /// @param inventory the project's; a host that it does not have is selected by its name alone
  public boolean pushesTo(InventoryData inventory, String host) {
    var known =
        inventory.hostNames().contains(host)
            ? inventory
            : InventoryReader.read("host.yml", YamlFormat.document(only(host))).data();
    return push.stream().anyMatch(pattern -> HostSelection.select(known, pattern).contains(host));
  }

  private static Map<String, Object> only(String host) {
    return Map.of("all", Map.of("hosts", Map.of(host, Map.of())));
  }
}
