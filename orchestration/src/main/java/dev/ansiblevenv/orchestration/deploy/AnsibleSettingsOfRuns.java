package dev.ansiblevenv.orchestration.deploy;

import static java.util.stream.Collectors.joining;

import dev.ansiblevenv.analysis.playbook.Outside;
import dev.ansiblevenv.core.run.RunSettings;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import dev.ansiblevenv.formats.configuration.SettingName;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Which of Ansible's settings on this machine a run has: the `ansible.cfg` that counts for the
/// analysis, and on other hosts also the caller's `ANSIBLE_*` variables. On this machine a run has
/// those from the caller's environment.
///
/// @param project absolute
/// @param environment the caller's
public record AnsibleSettingsOfRuns(
    Path project, ConfigurationLookup configurations, Map<String, String> environment) {

  private static final String PREFIX = "ANSIBLE_";

  /// What has another way to the host, or concerns this machine alone.
  private static final Pattern OTHERWISE =
      Pattern.compile(
          "ANSIBLE_(CONFIG|HOME|VENV_.*|GALAXY_.*|LINT_.*|(ASK_)?VAULT_.*|ASK_PASS|BECOME_ASK_PASS"
              + "|BECOME_PASSWORD_FILE|CONNECTION_PASSWORD_FILE|INVENTORY|LOCAL_TEMP|ROLES_PATH"
              + "|COLLECTIONS_PATHS?|NOCOLOR|FORCE_COLOR)");

  private static final Pattern SECRET = Pattern.compile(".*(PASS|TOKEN|SECRET|CREDENTIAL).*");
  private static final Pattern PATHS =
      Pattern.compile(".*(_PATH|_PATHS|_PLUGINS|_LIBRARY|_UTILS|_DIR|_FILE)");

  /// On this machine, in the project's own directory.
  ///
  /// @param playbook absolute
  RunSettings here(Path playbook) {
    return settings(playbook, true, Map.of());
  }

  /// In a copy of the project, on this machine or another one.
  ///
  /// @param playbook absolute
  /// @param outside what travels besides the project
  /// @param isThisMachine whether the run has the caller's environment anyway
  /// @param warnings told what does not travel
  RunSettings elsewhere(
      Path playbook, Outside outside, boolean isThisMachine, Consumer<String> warnings) {
    var values = new TreeMap<String, String>();
    outside
        .pluginDirectories()
        .forEach((name, paths) ->
            values.put(name, paths.stream().map(this::inProject).collect(joining(":"))));
    if (!isThisMachine) {
      environment.forEach((name, value) -> {
        if (!values.containsKey(name)) {
          carry(name, value, values, warnings);
        }
      });
    }
    return settings(playbook, false, values);
  }

  private RunSettings settings(Path playbook, boolean inPlace, Map<String, String> others) {
    var settings = configurations.forPlaybook(playbook);
    var values = new TreeMap<>(others);
    var collections =
        settings.paths(SettingName.COLLECTIONS_PATH).stream()
            .map(path -> inPlace ? path.toString() : inProject(path))
            .toList();
    if (!collections.isEmpty()) {
      values.put("ANSIBLE_COLLECTIONS_PATH", String.join(":", collections));
    }
    var file = settings.file();
    file.ifPresent(
        path -> values.put("ANSIBLE_CONFIG", inPlace ? path.toString() : inProject(path)));
    return new RunSettings(
        values,
        file.filter(path -> !inPlace && !path.startsWith(project))
            .map(AnsibleSettingsOfRuns::content));
  }

  private void carry(
      String name, String value, Map<String, String> values, Consumer<String> warnings) {
    if (!name.startsWith(PREFIX) || OTHERWISE.matcher(name).matches()) {
      return;
    }
    if (SECRET.matcher(name).matches()) {
      warnings.accept(
          "`"
              + name
              + "` of this machine does not count for the run: it may be a secret; pass it on with `--pass-env`");
      return;
    }
    mapped(name, value)
        .ifPresentOrElse(
            text -> values.put(name, text),
            () ->
                warnings.accept(
                    "`"
                        + name
                        + "` of this machine does not count for the run: `"
                        + value
                        + "` is not in the project"));
  }

  /// Paths as they are on the host; empty where one is outside of the project.
  private Optional<String> mapped(String name, String value) {
    if (!PATHS.matcher(name).matches()) {
      return Optional.of(value);
    }
    List<String> paths = new ArrayList<>();
    for (var entry : value.split(File.pathSeparator, -1)) {
      var path = project.resolve(entry).normalize();
      if (entry.isEmpty() || entry.startsWith("~") || !path.startsWith(project)) {
        return Optional.empty();
      }
      paths.add(inProject(path));
    }
    return Optional.of(String.join(":", paths));
  }

  private String inProject(Path path) {
    return path.startsWith(project)
        ? Path.of(RunSettings.PROJECT).resolve(project.relativize(path)).toString()
        : RunSettings.ROOT + path;
  }

  /// Without what is for `ansible-galaxy`: it names servers' tokens.
  private static String content(Path file) {
    try {
      var kept = new StringBuilder();
      var isKept = true;
      for (var line : RegularFile.readText(file).lines().toList()) {
        if (line.startsWith("[")) {
          isKept = !line.startsWith("[galaxy");
        }
        kept.append(isKept ? line : "").append('\n');
      }
      return kept.toString();
    } catch (IOException e) {
      throw new InvalidInput(
          "cannot read the Ansible configuration",
          file.toString(),
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }

  /// Without the environment.
  @Override
  public String toString() {
    return "AnsibleSettingsOfRuns[" + project + "]";
  }
}
