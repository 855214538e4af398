package dev.ansiblevenv.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SshConfigurationFilesTest {

  private static final String JUMP = "Host a\n  ProxyJump=bastion\n";

  @TempDir private Path directory;

  @BeforeEach
  void what_a_machine_has() throws IOException {
    write("etc/ssh_config", "Include " + directory + "/etc/ssh_config.d/*.conf\nHost *\n");
    write("etc/ssh_config.d/site.conf", "Host b\n  Port 22\n");
    write("home/.ssh/config", "Include config.d/*\nHost c\n  User deploy\n");
  }

  @Test
  void without_the_word_there_is_no_jump_host() {
    assertThat(may("")).isFalse();
    assertThat(may("none")).isFalse();
  }

  @Test
  void it_is_found_in_what_is_included() throws IOException {
    write("home/.ssh/config.d/work", JUMP);
    assertThat(may("")).isTrue();
    assertThat(may("none")).isFalse();
    Files.delete(directory.resolve("home/.ssh/config.d/work"));
    write("etc/ssh_config.d/site.conf", JUMP);
    assertThat(may("")).isTrue();
  }

  @Test
  void a_file_of_ones_own_counts_alone() throws IOException {
    write("home/.ssh/config", JUMP);
    write("other", "Host d\n");
    assertThat(may(directory.resolve("other").toString())).isFalse();
    write("home/more", JUMP);
    write("other", "Include ~/more\n");
    assertThat(may(directory.resolve("other").toString())).isTrue();
  }

  @Test
  void what_cannot_be_followed_may_name_one() throws IOException {
    write("home/.ssh/config", "Include ${WORK}/config\n");
    assertThat(may("")).isTrue();
    write("home/.ssh/config", "Include config\n");
    assertThat(may("")).isTrue();
  }

  private boolean may(String file) {
    return new SshConfigurationFiles(directory.resolve("home"), directory.resolve("etc"))
        .mayNameJumpHosts(file);
  }

  private void write(String name, String text) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
