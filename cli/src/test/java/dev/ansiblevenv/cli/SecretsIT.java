package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.testing.AnsibleEnvironment;
import dev.ansiblevenv.testing.CheckedBecome;
import dev.ansiblevenv.testing.SshServer;
import dev.ansiblevenv.testing.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passwords and variables by every way in, to a host behind ssh. Besides where the user put them
/// they are nowhere: in no argument and environment, no file of this machine or of the host.
final class SecretsIT {

  /// What nobody may see, by what it is for.
  private static final Map<String, String> SECRETS =
      Map.of(
          "file", "s3cr3t-file-2222",
          "input", "s3cr3t-input-3333",
          "vault_file", "s3cr3t-vault-file-4444",
          "vault_script", "s3cr3t-vault-script-5555",
          "vault_client", "s3cr3t-vault-client-6666",
          "vault_configured", "s3cr3t-vault-configured-7777",
          "vault_prompt", "s3cr3t-vault-prompt-8888",
          "become", "s3cr3t-become-9999");

  @TempDir private static Path temporary;
  private static Path keys;
  private static SshServer server;
  private static Program program;

  @BeforeAll
  static void create_project() throws Exception {
    server = SshServer.start(temporary.resolve("night2")).makeKnown();
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    keys = Files.createDirectory(temporary.resolve("keys"));
    for (var kind : List.of("vault_file", "vault_configured", "become")) {
      Files.writeString(keys.resolve(kind), SECRETS.get(kind) + "\n");
    }
    script("vault_script", "echo " + SECRETS.get("vault_script"));
    script(
        "vault-client.sh",
        "test \"$1 $2\" = '--vault-id cl' || exit 2; echo " + SECRETS.get("vault_client"));
    Files.writeString(
        keys.resolve("vars.yml"),
        "file: %s\ninline: !vault |\n%s"
            .formatted(SECRETS.get("file"), vaulted("vault_client", "").indent(2)));
    program.file("ansible.cfg", "[defaults]\nvault_password_file = ../keys/vault_configured\n");
    program.file(CheckedBecome.PATH, CheckedBecome.knowing(hash("become")));
    program.file(
        "inventory/hosts.yml",
        """
        jump_hosts:
          hosts:
            night2.lan:
              ansible_host: 127.0.0.1
              ansible_port: %d
              ansible_user: %s
              ansible_ssh_private_key_file: %s
              ansible_ssh_common_args: "%s"
              by_vault_file: !vault |
        %s
        """
            .formatted(
                server.port(),
                server.user(),
                server.privateKey(),
                String.join(" ", server.clientOptions()),
                vaulted("vault_file", "").indent(12).stripTrailing()));
    for (var kind : List.of("vault_script", "vault_client", "vault_prompt", "vault_configured")) {
      program.file("inventory/group_vars/all/" + kind + ".yml", vaulted(kind, "by_" + kind + ": "));
    }
    program.file("site.yml", playbook(""));
  }

  @AfterAll
  static void end_server() {
    server.close();
  }

  @Test
  void what_the_user_put_somewhere_would_be_found() {
    assertThat(Traces.of(List.of(SECRETS.get("become")), List.of(keys))).hasSize(1);
  }

  @Test
  void no_secret_shows_whichever_way_it_came_and_however_the_run_ends() throws Exception {
    for (var end : List.of("success", "failure", "cancel")) {
      Files.deleteIfExists(reached(end));
      Files.deleteIfExists(gate(end));
      program.file("site.yml", playbook(end));
      var shown = temporary.resolve("shown-" + end);
      var process = atTerminal(shown);
      while (!Files.exists(reached(end)) && process.isAlive()) {
        Thread.sleep(50);
      }
      assertThat(process.isAlive()).as(() -> text(shown)).isTrue();
      assertThat(traces()).as("while it runs").isEmpty();
      if (end.equals("cancel")) {
        process.descendants().filter(SecretsIT::isOurs).forEach(ProcessHandle::destroy);
      } else {
        Files.createFile(gate(end));
      }
      assertThat(process.waitFor(5, MINUTES)).isTrue();
      assertThat(process.exitValue())
          .as(() -> text(shown))
          .isEqualTo(Map.of("success", 0, "failure", 1, "cancel", 8).get(end));
      assertThat(traces()).as(end).isEmpty();
    }
  }

  @Test
  void what_cannot_be_read_here_is_an_error_that_names_it() throws IOException {
    var missing = deploy("--vault-password-file", "../keys/none");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.errorOutput())
        .contains("cannot get the vault password", "keys/none", "no such file on this machine");
    script("fails", "echo " + SECRETS.get("vault_script") + "; exit 3");
    var failing = deploy("--vault-id", "x@../keys/fails");
    assertThat(failing.exitCode()).isEqualTo(3);
    assertThat(failing.errorOutput())
        .contains("ended with exit code 3")
        .doesNotContain(SECRETS.get("vault_script"));
    Files.writeString(keys.resolve("empty"), "\n");
    assertThat(deploy("--become-password-file", "../keys/empty").errorOutput())
        .contains("cannot get the become password", "it is empty");
    assertThat(deploy("-K", "--become-password-file", "../keys/become").exitCode()).isEqualTo(2);
    assertThat(deploy("--vault-id", "a,b@../keys/become").exitCode()).isEqualTo(2);
  }

  @Test
  void without_a_terminal_the_error_names_what_else_there_is() throws Exception {
    var words = new ArrayList<>(List.of("setsid", "-w"));
    words.addAll(program("-J"));
    var process = start(words);
    process.getOutputStream().close();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .contains("cannot ask for a password", "there is no terminal", "--vault-password-file");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static Program.Result deploy(String... further) {
    var words = new ArrayList<>(List.of("deploy", "site.yml", "night2.lan", "--skip-lint"));
    words.addAll(List.of(further));
    return program.run(words.toArray(String[]::new));
  }

  private static Process atTerminal(Path shown) throws IOException {
    var input = Files.writeString(keys.resolve("input"), "input: " + SECRETS.get("input"));
    var driver = Path.of("src/test/python/at_terminal.py").toAbsolutePath().toString();
    var words = new ArrayList<>(List.of("python3", driver, shown.toString(), input.toString()));
    words.addAll(
        program(
            "-e",
            "@" + keys.resolve("vars.yml"),
            "-e",
            "@-",
            "--vault-id",
            "file@" + keys.resolve("vault_file"),
            "--vault-id",
            "sc@" + keys.resolve("vault_script"),
            "--vault-id",
            "cl@" + keys.resolve("vault-client.sh"),
            "--vault-id",
            "pr@prompt",
            "-K",
            "-b",
            "--become-method",
            "checked"));
    var process = start(words);
    try (var answers = process.outputWriter()) {
      answers.write("Vault password (pr): \t" + SECRETS.get("vault_prompt") + "\n");
      answers.write("BECOME password: \t" + SECRETS.get("become") + "\n");
    }
    return process;
  }

  private static Process start(List<String> words) throws IOException {
    var builder = new ProcessBuilder(words).directory(program.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    return builder.redirectErrorStream(true).start();
  }

  private static List<String> program(String... further) {
    var words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "deploy",
                "site.yml",
                "night2.lan",
                "--skip-lint"));
    words.addAll(List.of(further));
    return words;
  }

  private static boolean isOurs(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private static List<String> traces() {
    var searched =
        List.of(
            server.home(),
            program.directory(),
            temporary.resolve("home"),
            temporary.resolve("cache"),
            temporary.resolve("night2"),
            Path.of("/dev/shm"));
    var found = new ArrayList<>(Traces.of(List.copyOf(SECRETS.values()), searched));
    try (var shown = Files.newDirectoryStream(temporary, "shown-*")) {
      for (var file : shown) {
        SECRETS.values().stream()
            .filter(secret -> text(file).contains(secret))
            .forEach(secret -> found.add(secret + " at the terminal"));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found;
  }

  private static String playbook(String end) {
    return """
    - name: Check what was handed in
      hosts: night2.lan
      gather_facts: false
      tasks:
        - name: Compare
          ansible.builtin.assert:
            that:
              - file | hash('sha256') == '%s'
              - input | hash('sha256') == '%s'
              - inline == 'known only encrypted by vault_client'
              - by_vault_file == 'known only encrypted by vault_file'
              - by_vault_script == 'known only encrypted by vault_script'
              - by_vault_client == 'known only encrypted by vault_client'
              - by_vault_prompt == 'known only encrypted by vault_prompt'
              - by_vault_configured == 'known only encrypted by vault_configured'
          no_log: true
        - name: Say that this is reached
          ansible.builtin.file:
            path: "%s"
            state: touch
        - name: Wait to be looked at
          ansible.builtin.wait_for:
            path: "%s"
            timeout: 120
            sleep: 1
        - name: Fail where it is asked for
          ansible.builtin.fail:
            msg: as asked for
          when: %s
    """
        .formatted(hash("file"), hash("input"), reached(end), gate(end), end.equals("failure"));
  }

  private static Path reached(String end) {
    return temporary.resolve("reached-" + end);
  }

  private static Path gate(String end) {
    return temporary.resolve("gate-" + end);
  }

  private static void script(String name, String text) throws IOException {
    var file = keys.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static String vaulted(String kind, String prefix) throws IOException {
    var key = Files.writeString(temporary.resolve("key"), SECRETS.get(kind));
    var file = temporary.resolve("plain");
    var text = "known only encrypted by " + kind;
    Files.writeString(file, prefix.isEmpty() ? text : prefix + "'" + text + "'\n");
    var process =
        new ProcessBuilder(
                AnsibleEnvironment.get().program("ansible-vault").toString(),
                "encrypt",
                "--vault-password-file=" + key,
                file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      assertThat(process.waitFor()).as(said).isZero();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    var content = Files.readString(file);
    Files.delete(file);
    Files.delete(key);
    return content;
  }

  private static String hash(String kind) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(SECRETS.get(kind).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
