package dev.ansiblevenv.orchestration.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.playbook.Outside;
import dev.ansiblevenv.core.run.RunSettings;
import dev.ansiblevenv.formats.configuration.ConfigurationLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsibleSettingsOfRunsTest {

  @TempDir private Path directory;
  private final List<String> warnings = new ArrayList<>();

  private RunSettings elsewhere(Map<String, String> exported) throws IOException {
    return elsewhere(exported, Outside.NOTHING);
  }

  private RunSettings elsewhere(Map<String, String> exported, Outside outside) throws IOException {
    return settings(exported)
        .elsewhere(project().resolve("plays/site.yml"), outside, false, warnings::add);
  }

  private AnsibleSettingsOfRuns settings(Map<String, String> exported) throws IOException {
    var environment = new HashMap<>(exported);
    environment.put("HOME", directory.resolve("home").toString());
    return new AnsibleSettingsOfRuns(
        project(), new ConfigurationLookup(project(), project(), environment), environment);
  }

  private Path project() throws IOException {
    return Files.createDirectories(directory.resolve("project/plays")).getParent();
  }

  @Test
  void the_file_that_counts_is_named_from_the_project() throws IOException {
    Files.writeString(
        project().resolve("ansible.cfg"), "[defaults]\ncollections_path = vendor:/opt/others\n");
    assertThat(elsewhere(Map.of()).values())
        .containsEntry("ANSIBLE_CONFIG", "{project}/ansible.cfg")
        .containsEntry("ANSIBLE_COLLECTIONS_PATH", "{project}/vendor:{root}/opt/others");
    assertThat(settings(Map.of()).here(project().resolve("plays/site.yml")).values())
        .containsEntry("ANSIBLE_CONFIG", project() + "/ansible.cfg")
        .containsEntry("ANSIBLE_COLLECTIONS_PATH", project() + "/vendor:/opt/others");
  }

  @Test
  void one_outside_of_the_project_travels_without_what_is_for_galaxy() throws IOException {
    var home = Files.createDirectories(directory.resolve("home"));
    Files.writeString(
        home.resolve(".ansible.cfg"),
        "[galaxy_server.own]\ntoken = secret\n[defaults]\nforks = 3\n");
    assertThat(elsewhere(Map.of()).configuration().orElseThrow())
        .contains("[defaults]\nforks = 3\n")
        .doesNotContain("secret");
  }

  @Test
  void without_a_file_none_counts() throws IOException {
    assertThat(elsewhere(Map.of()).values()).containsOnly(Map.entry("ANSIBLE_CONFIG", ""));
  }

  @Test
  void settings_of_this_machine_travel_and_what_cannot_is_named() throws IOException {
    var values =
        elsewhere(
                Map.of(
                    "ANSIBLE_STRATEGY", "free",
                    "ANSIBLE_FILTER_PLUGINS", "plays/filters:" + project() + "/more",
                    "ANSIBLE_LOOKUP_PLUGINS", "/opt/lookups",
                    "ANSIBLE_NET_PASSWORD", "secret",
                    "ANSIBLE_GALAXY_SERVER_LIST", "own",
                    "RELEASE", "r9"))
            .values();
    assertThat(values)
        .containsOnly(
            Map.entry("ANSIBLE_CONFIG", ""),
            Map.entry("ANSIBLE_STRATEGY", "free"),
            Map.entry("ANSIBLE_FILTER_PLUGINS", "{project}/plays/filters:{project}/more"));
    assertThat(String.join("\n", warnings))
        .contains("`ANSIBLE_LOOKUP_PLUGINS`", "/opt/lookups", "`ANSIBLE_NET_PASSWORD`")
        .doesNotContain("secret\n");
    assertThat(warnings).hasSize(2);
  }

  @Test
  void directories_of_plugins_that_travel_are_where_the_host_has_them() throws IOException {
    var lookups = List.of(Path.of("/opt/lookups"), project().resolve("lookups"));
    var outside =
        new Outside(List.of(), Map.of("ANSIBLE_LOOKUP_PLUGINS", lookups), List.of(), List.of());
    assertThat(
            elsewhere(Map.of("ANSIBLE_LOOKUP_PLUGINS", "/opt/lookups:lookups"), outside).values())
        .containsEntry("ANSIBLE_LOOKUP_PLUGINS", "{root}/opt/lookups:{project}/lookups");
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_copy_on_this_machine_has_the_callers_variables_anyway() throws IOException {
    var values =
        settings(Map.of("ANSIBLE_STRATEGY", "free"))
            .elsewhere(project().resolve("plays/site.yml"), Outside.NOTHING, true, warnings::add)
            .values();
    assertThat(values).doesNotContainKey("ANSIBLE_STRATEGY");
  }
}
