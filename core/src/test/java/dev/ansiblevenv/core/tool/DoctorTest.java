package dev.ansiblevenv.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.confinement.ConfinementChoice;
import dev.ansiblevenv.core.net.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

  @TempDir Path directory;

  @Test
  void an_empty_machine_is_described_without_installing_anything() {
    var reports = reports(Map.of("PATH", directory.toString()));
    assertThat(reports)
        .extracting(ToolReport::name)
        .containsExactly(
            "Java",
            "python3",
            "uv",
            "ansible-lint",
            "lint confinement",
            "ssh",
            "git",
            "Python index",
            "CA certificates");
    assertThat(named(reports, "Java").works()).isTrue();
    assertThat(named(reports, "python3").works()).isFalse();
    assertThat(named(reports, "python3").problem()).contains("3.11");
    assertThat(named(reports, "uv").works()).isTrue();
    assertThat(named(reports, "uv").origin()).contains("fetched at first use");
    assertThat(named(reports, "ansible-lint").works()).isFalse();
    assertThat(named(reports, "ssh").problem()).contains("openssh-client");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void programs_are_asked_for_their_version() throws Exception {
    script("git", "echo git version 2.39.5");
    script("ssh", "echo OpenSSH_9.2p1 >&2");
    script("uv", "echo uv 0.1.0");
    var reports = reports(Map.of("PATH", directory + ":/usr/bin:/bin"));
    assertThat(named(reports, "git"))
        .isEqualTo(
            ToolReport.working("git", "git version 2.39.5", directory.resolve("git").toString()));
    assertThat(named(reports, "ssh").version()).isEqualTo("OpenSSH_9.2p1");
    assertThat(named(reports, "uv").origin()).contains("older than " + Uv.OLDEST);
  }

  @Test
  void settings_that_cannot_be_used_are_reported_without_their_secrets() {
    var reports =
        reports(
            Map.of(
                "PATH", directory.toString(),
                "UV_DEFAULT_INDEX", "https://me:s3cret@in dex/simple",
                "SSL_CERT_FILE", "/nonexistent.pem"));
    assertThat(named(reports, "Python index").works()).isFalse();
    assertThat(named(reports, "Python index").problem())
        .contains("UV_DEFAULT_INDEX")
        .doesNotContain("s3cret");
    assertThat(named(reports, "CA certificates").problem()).contains("/nonexistent.pem");
  }

  @Test
  void an_index_is_shown_without_its_login() {
    var reports =
        reports(Map.of("PATH", "", "PIP_INDEX_URL", "https://me:s3cret@index.example/simple"));
    assertThat(named(reports, "Python index").origin())
        .isEqualTo("https://index.example/simple/ (PIP_INDEX_URL)");
  }

  private List<ToolReport> reports(Map<String, String> environment) {
    var controller = new Controller(directory, environment, new Platform("linux", "x86_64"));
    var uv = new ManagedUv(controller, new Http(environment));
    var python = new ControllerPython(controller);
    return new Doctor(
            controller,
            uv,
            python,
            new ManagedAnsibleLint(controller, uv, python),
            new ConfinementChoice(environment, directory.resolve("confinement")))
        .reports();
  }

  private static ToolReport named(List<ToolReport> reports, String name) {
    return reports.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private void script(String name, String body) throws Exception {
    var file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
