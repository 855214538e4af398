package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures by throwaway keys of the real gpg; the real ansible-galaxy is the oracle.
class SignaturesIT {

  @TempDir Path directory;
  private Path home;
  private Path keyring;
  private GalaxyServer server;
  private Project project;

  @BeforeEach
  void sign() throws Exception {
    home = Files.createTempDirectory("g");
    home.toFile().setReadable(false, false);
    home.toFile().setReadable(true, true);
    for (var name : List.of("good", "stranger")) {
      gpg("--passphrase", "", "--quick-generate-key", name, "default", "sign", "never");
    }
    keyring = directory.resolve("keyring.gpg");
    gpg("--output", keyring.toString(), "--export", "good");
    var artifacts = directory.resolve("artifacts");
    for (var name : List.of("signed", "unsigned", "strange", "forged")) {
      var tarball = TinyCollection.named("acme." + name, "1.0.0").in(artifacts);
      var key = name.equals("strange") ? "stranger" : "good";
      if (!name.equals("unsigned")) {
        sign(
            name.equals("forged") ? artifacts.resolve("acme-signed-1.0.0.tar.gz") : tarball,
            key,
            artifacts.resolve("acme-" + name + "-1.0.0.asc"));
      }
    }
    sign(
        artifacts.resolve("acme-unsigned-1.0.0.tar.gz"), "good", directory.resolve("unsigned.asc"));
    server = GalaxyServer.over(artifacts).start();
    project = new Project(directory.resolve("project")).server(server);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    run(List.of("gpgconf", "--kill", "all"), Map.of("GNUPGHOME", home.toString()));
    dev.ansiblevenv.core.storage.Trees.delete(home);
  }

  private void sign(Path tarball, String key, Path target) throws Exception {
    var manifest = directory.resolve("MANIFEST.json");
    Files.write(manifest, CollectionTarball.at(tarball, "x").manifest());
    gpg(
        "--local-user",
        key,
        "--armor",
        "--output",
        target.toString(),
        "--detach-sign",
        manifest.toString());
  }

  private void gpg(String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("gpg", "--batch", "--yes", "--pinentry-mode", "loopback"));
    command.addAll(List.of(arguments));
    assertThat(run(command, Map.of("GNUPGHOME", home.toString()))).isZero();
  }

  private int run(List<String> command, Map<String, String> variables) throws Exception {
    var log = directory.resolve("log");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(variables);
    return builder.start().waitFor();
  }

  private boolean weAccept(String name, Map<String, String> settings) {
    var one = configured(settings).wants("acme." + name, "*");
    try {
      one.store().tarballs(one.locked());
      return true;
    } catch (Unresolvable e) {
      assertThat(e).hasMessageContaining("signature of acme." + name + " cannot be verified");
      return false;
    }
  }

  private Project configured(Map<String, String> settings) {
    var one = new Project(directory.resolve("project"));
    one.environment.putAll(settings);
    return one;
  }

  private boolean galaxyAccepts(String name, Map<String, String> settings) throws Exception {
    var variables = new TreeMap<>(settings);
    variables.put("ANSIBLE_CONFIG", project.directory.resolve("ansible.cfg").toString());
    variables.put("HOME", directory.resolve("home").toString());
    var target = Files.createTempDirectory(directory, "installed");
    return run(
            List.of(
                AnsibleEnvironment.get().program("ansible-galaxy").toString(),
                "collection",
                "install",
                "acme." + name,
                "-p",
                target.toString()),
            variables)
        == 0;
  }

  @Test
  void verdicts_are_those_of_ansible_galaxy() throws Exception {
    var softly = new SoftAssertions();
    for (var count : List.of("1", "2", "all", "+1", "+all")) {
      for (var ignored : List.of("", "NO_PUBKEY,ERRSIG", "BADSIG")) {
        var settings =
            new TreeMap<>(
                Map.of(
                    "ANSIBLE_GALAXY_GPG_KEYRING",
                    keyring.toString(),
                    "ANSIBLE_GALAXY_REQUIRED_VALID_SIGNATURE_COUNT",
                    count));
        if (!ignored.isEmpty()) {
          settings.put("ANSIBLE_GALAXY_IGNORE_SIGNATURE_STATUS_CODES", ignored);
        }
        for (var name : List.of("signed", "unsigned", "strange", "forged")) {
          softly
              .assertThat(weAccept(name, settings))
              .as(name + " " + count + " " + ignored)
              .isEqualTo(galaxyAccepts(name, settings));
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void without_a_keyring_nothing_is_verified() {
    assertThat(weAccept("forged", Map.of())).isTrue();
    var settings =
        Map.of(
            "ANSIBLE_GALAXY_GPG_KEYRING",
            keyring.toString(),
            "ANSIBLE_GALAXY_DISABLE_GPG_VERIFY",
            "true");
    assertThat(weAccept("forged", settings)).isTrue();
  }

  @Test
  void what_was_fetched_before_the_keyring_was_configured_is_verified_then() {
    assertThat(weAccept("forged", Map.of())).isTrue();
    assertThat(weAccept("forged", Map.of("ANSIBLE_GALAXY_GPG_KEYRING", keyring.toString())))
        .isFalse();
  }

  @Test
  void a_signature_that_the_requirements_file_names_counts_and_stands_in_the_lock() {
    var strict =
        configured(
            Map.of(
                "ANSIBLE_GALAXY_GPG_KEYRING",
                keyring.toString(),
                "ANSIBLE_GALAXY_REQUIRED_VALID_SIGNATURE_COUNT",
                "+all"));
    var locked = strict.wants("acme.unsigned", "*").locked();
    assertThatThrownBy(() -> strict.store().tarballs(locked))
        .hasMessageContaining("no signature of it is good");
    var named =
        locked.stream()
            .map(it -> it.with(List.of("file://" + directory + "/unsigned.asc")))
            .toList();
    assertThat(strict.store().tarballs(named)).hasSize(1);
    var text = CollectionsDocument.write(named, List.of());
    assertThat(text).contains("    signatures:\n      - \"file://");
    assertThat(CollectionsDocument.read(text, "x").collections()).isEqualTo(named);
  }

  @Test
  void no_gpg_no_keyring_and_no_sensible_count_are_errors() throws IOException {
    var ring = Map.of("ANSIBLE_GALAXY_GPG_KEYRING", keyring.toString());
    var without = configured(ring).wants("acme.signed", "*");
    without.environment.put("PATH", Files.createDirectory(directory.resolve("empty")).toString());
    assertThatThrownBy(() -> without.store().tarballs(without.locked()))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("gpg is not installed");
    var missing =
        configured(Map.of("ANSIBLE_GALAXY_GPG_KEYRING", "nowhere.kbx")).wants("acme.signed", "*");
    assertThatThrownBy(() -> missing.store().tarballs(missing.locked()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no such keyring");
    var odd = configured(ring).wants("acme.signed", "*");
    odd.environment.put("ANSIBLE_GALAXY_REQUIRED_VALID_SIGNATURE_COUNT", "some");
    assertThatThrownBy(odd::locked)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("required_valid_signature_count");
  }
}
