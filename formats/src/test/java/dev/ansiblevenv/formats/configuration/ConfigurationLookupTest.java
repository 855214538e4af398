package dev.ansiblevenv.formats.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLookupTest {

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private Path project;
  private Path playbook;

  @BeforeEach
  void layOut() throws IOException {
    directory = directory.toRealPath();
    project = Files.createDirectories(directory.resolve("project"));
    playbook = project.resolve("a/b/site.yml");
    Files.createDirectories(project.resolve("a/b"));
    environment.put("HOME", Files.createDirectories(directory.resolve("home")).toString());
  }

  private Path write(String file) throws IOException {
    var path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "[defaults]\n");
  }

  private ConfigurationLookup from(Path workingDirectory) {
    return new ConfigurationLookup(
        project, workingDirectory, environment, directory.resolve("etc"));
  }

  private Optional<Path> file(Path workingDirectory) {
    return from(workingDirectory).forPlaybook(playbook).file();
  }

  @Test
  void the_environment_comes_first_then_here_then_the_nearest_then_the_account_then_the_system()
      throws IOException {
    assertThat(file(project)).isEmpty();
    var system = write("etc/ansible.cfg");
    assertThat(file(project)).contains(system);
    var account = write("home/.ansible.cfg");
    assertThat(file(project)).contains(account);
    var top = write("project/ansible.cfg");
    assertThat(file(directory)).contains(top);
    var nearest = write("project/a/ansible.cfg");
    assertThat(file(directory)).contains(nearest);
    assertThat(file(project)).contains(top);
    var named = write("elsewhere/my.cfg");
    environment.put("ANSIBLE_CONFIG", "elsewhere/my.cfg");
    assertThat(file(directory)).contains(named);
    assertThat(file(project)).as("relative to the working directory").contains(top);
    environment.put("ANSIBLE_CONFIG", "~/../elsewhere/$NAME.cfg");
    environment.put("NAME", "my");
    assertThat(file(project)).contains(named);
  }

  @Test
  void ansible_config_may_name_a_directory() throws IOException {
    var named = write("elsewhere/ansible.cfg");
    environment.put("ANSIBLE_CONFIG", named.getParent().toString());
    assertThat(file(project)).contains(named);
  }

  @Test
  void the_current_directory_counts_only_inside_the_project() throws IOException {
    write("other/ansible.cfg");
    var top = write("project/ansible.cfg");
    var lookup = from(directory.resolve("other"));
    assertThat(lookup.forPlaybook(playbook).file()).contains(top);
    assertThat(lookup.note(playbook).orElseThrow()).contains(top.toString(), "other/ansible.cfg");
  }

  @Test
  void a_note_names_both_files_where_typing_the_command_would_read_another() throws IOException {
    var nearest = write("project/a/ansible.cfg");
    assertThat(from(project).note(playbook).orElseThrow()).contains(nearest.toString(), "none");
    assertThat(from(project.resolve("a")).note(playbook)).isEmpty();
    assertThat(from(directory).note(playbook)).isEmpty();
  }

  @Test
  void a_directory_that_everybody_may_write_to_has_no_configuration() throws IOException {
    write("project/a/ansible.cfg");
    var top = write("project/ansible.cfg");
    Files.setPosixFilePermissions(
        project.resolve("a"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(file(directory)).contains(top);
    assertThat(file(project.resolve("a"))).contains(top);
    assertThat(from(project.resolve("a")).note(playbook).orElseThrow()).contains("everybody");
  }

  @Test
  void a_file_with_another_ending_is_refused_as_by_ansible() throws IOException {
    environment.put("ANSIBLE_CONFIG", write("elsewhere/ansible.conf").toString());
    assertThatThrownBy(() -> file(project))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not an Ansible configuration");
  }

  @Test
  void without_a_playbook_the_project_directory_counts() throws IOException {
    write("project/a/ansible.cfg");
    assertThat(from(directory).forProject().file()).isEmpty();
    var top = write("project/ansible.cfg");
    assertThat(from(directory).forProject().file()).contains(top);
  }

  @Test
  void paths_of_the_file_are_relative_to_it_and_those_of_the_environment_to_the_caller()
      throws IOException {
    Files.writeString(project.resolve("a/ansible.cfg"), "[defaults]\nroles_path = x:~/y:$E/z\n");
    environment.put("E", "/e");
    var lookup = from(project);
    assertThat(lookup.forPlaybook(playbook).paths(SettingName.ROLES_PATH))
        .containsExactly(project.resolve("a/x"), directory.resolve("home/y"), Path.of("/e/z"));
    environment.put("ANSIBLE_ROLES_PATH", "x");
    assertThat(lookup.forPlaybook(playbook).paths(SettingName.ROLES_PATH))
        .containsExactly(project.resolve("x"));
  }
}
