package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Projects of somebody who means harm. After each nothing lies outside that was not there, no
/// marker was made, and nobody was connected to.
@Timeout(120)
class HostileProjectTest {

  private static final String PLAYBOOK =
      """
      - name: Any
        hosts: all
        vars_files: [vars.yml]
        roles: [web]
      """;

  @TempDir Path directory;
  private Path project;
  private static final String LEADING_OUT =
      """
      - name: Any
        hosts: all
        vars_files: ["%1$s/secret.yml"]
        tasks:
          - ansible.builtin.include_tasks: "%1$s/web/tasks/main.yml"
          - ansible.builtin.template: {src: "%1$s/secret.yml", dest: /x}
      """;

  private Program program;
  private ServerSocket listener;
  private List<String> before;

  @BeforeEach
  void create() throws IOException {
    project = Files.createDirectories(directory.resolve("project"));
    Files.createDirectories(directory.resolve("home"));
    var outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret.yml"), "secret: s3cret\n");
    Files.createDirectories(outside.resolve("web/tasks"));
    Files.writeString(outside.resolve("web/tasks/main.yml"), "- s3cret.s3cret.s3cret:\n");
    Files.writeString(outside.resolve("hosts"), "s3cret\n");
    program = Program.in(project);
    program.file("site.yml", PLAYBOOK).file("vars.yml", "a: 1\n");
    program.file("roles/web/tasks/main.yml", "- ansible.builtin.debug:\n");
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    before = outsideFiles();
  }

  @AfterEach
  void nothing_has_happened_outside() throws IOException {
    assertThat(outsideFiles()).isEqualTo(before);
    listener.setSoTimeout(1);
    try (var connection = listener.accept()) {
      throw new AssertionError("somebody connected: " + connection);
    } catch (SocketTimeoutException nobody) {
      listener.close();
    }
  }

  private List<String> outsideFiles() throws IOException {
    try (var files =
        Stream.concat(Files.list(directory), Files.walk(directory.resolve("outside")))) {
      return files.map(Path::toString).filter(file -> !file.endsWith("/cache")).sorted().toList();
    }
  }

  private Program.Result analyze(String... options) {
    var arguments =
        Stream.concat(Stream.of("analyze", "site.yml", "--skip-lint"), Stream.of(options));
    return program.run(arguments.toArray(String[]::new));
  }

  private void replace(String file, String kind) throws Exception {
    var path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.deleteIfExists(path);
    switch (kind) {
      case "pipe" ->
          assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
      case "device" -> Files.createSymbolicLink(path, Path.of("/dev/zero"));
      case "socket" -> {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          server.bind(UnixDomainSocketAddress.of(path));
        }
      }
      default -> Files.createSymbolicLink(path, Path.of(kind));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "roles/web/tasks/main.yml,pipe",
    "roles/web/tasks/main.yml,device",
    "roles/web/tasks/main.yml,socket",
    "roles/web/defaults/main.yml,pipe",
    "vars.yml,pipe",
    "vars.yml,device",
    "site.yml,pipe",
    "requirements.yml,pipe",
    "ansible.cfg,pipe",
    "ansible-venv.yml,pipe",
    "group_vars/all.yml,pipe",
    "inventory/hosts,pipe",
    "galaxy.yml,pipe",
  })
  void what_is_no_file_neither_hangs_nor_fills_the_memory(String file, String kind)
      throws Exception {
    replace(file, kind);
    assertThat(analyze().exitCode()).isBetween(0, 8);
    assertThat(analyze("--untrusted").exitCode()).isIn(3, 7);
    var listed = program.run("list-host", "localhost");
    assertThat(listed.exitCode()).as(listed.errorOutput()).isBetween(0, 8);
  }

  @ParameterizedTest
  @ValueSource(strings = {".ansible-venv/locks/inventory", ".ansible-venv/locks/lock"})
  void a_lock_that_is_no_file_is_named(String lock) throws Exception {
    replace(lock, "pipe");
    program
        .file("inventory/hosts", "one\n")
        .file("host_venvs/one.yml", "hostname: one\ninstalled_venvs: []\n");
    assertThat(program.run("sync").exitCode()).isBetween(0, 8);
  }

  @ParameterizedTest
  @CsvSource({
    "vars.yml,../outside/secret.yml",
    "roles/web/tasks/main.yml,../../../../outside/web/tasks/main.yml",
    "inventory/hosts,../../outside/hosts",
    "host_venvs,../outside",
    "venv_specs,../outside",
    ".ansible-venv,../outside",
    "files/nothing,../../nowhere",
    "files/deep/link,../../../outside",
  })
  void a_link_that_leads_out_of_an_untrusted_project_is_refused(String file, String target)
      throws Exception {
    replace(file, target);
    var result = analyze("--untrusted");
    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(3);
    assertThat(result.errorOutput()).contains(file, "names what is not in the project");
    assertThat(result.output() + result.errorOutput()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roles_path = ../outside",
        "roles_path = roles:../outside",
        "inventory = ../outside/hosts",
        "library = ../outside",
      })
  void what_the_configuration_of_an_untrusted_project_names_outside_is_not_read(String setting)
      throws IOException {
    program.file("ansible.cfg", "[defaults]\n" + setting + "\n");
    try (var files = Files.walk(project.resolve("roles"))) {
      for (var file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
    var result = analyze("--untrusted");
    assertThat(result.output() + result.errorOutput()).doesNotContain("s3cret");
    if (setting.startsWith("roles_path")) {
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.errorOutput()).contains("ansible.cfg", "names what is not in the project");
    }
  }

  @ParameterizedTest
  @CsvSource({"inventory.sh,list-host one", "inventory.sh,sync", "plugin.yml,list-host one"})
  void no_program_of_an_untrusted_project_says_what_its_hosts_are(String source, String command)
      throws IOException {
    var marker = directory.resolve("outside/marker");
    program
        .file(
            "ansible.cfg", "[defaults]\ninventory = " + source + "\ninventory_plugins = plugins\n")
        .file("inventory.sh", "#!/bin/sh\ntouch " + marker + "\necho {}\n")
        .file("plugin.yml", "plugin: evil\n")
        .file("plugins/evil.py", "open('" + marker + "', 'w')\n");
    assertThat(project.resolve("inventory.sh").toFile().setExecutable(true)).isTrue();
    for (var options : List.of(List.<String>of(), List.of("-i", source))) {
      var result =
          program.run(
              Stream.of(options, List.of("--untrusted"), List.of(command.split(" ", -1)))
                  .flatMap(List::stream)
                  .toArray(String[]::new));
      assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(3);
      assertThat(result.errorOutput()).contains(source, "runs code of the project");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ansible_ssh_common_args='-o ProxyCommand=\"touch marker\"'",
        "ansible_ssh_args=-oProxyCommand=x",
        "ansible_ssh_extra_args=-A",
        "ansible_connection=local",
        "ansible_ssh_private_key_file=../outside/secret.yml"
      })
  void an_untrusted_project_does_not_say_how_a_host_is_reached(String variable) throws IOException {
    program.file("inventory/hosts", "one ansible_host=127.0.0.1 ansible_port=9 " + variable + "\n");
    refusesToReach("one");
    program.file("inventory/hosts", "one ansible_host=127.0.0.1 ansible_port=9\n");
    var allowed = program.run("list-host", "one", "--refresh", "--untrusted");
    assertThat(allowed.exitCode()).as(allowed.errorOutput()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ssh_connection]\nssh_args = -o ProxyCommand=x",
        "[ssh_connection]\nssh_common_args = -F x",
        "[defaults]\ntransport = local"
      })
  void nor_does_its_configuration(String setting) throws IOException {
    program.file("inventory/hosts", "one ansible_host=127.0.0.1 ansible_port=9\n");
    program.file("ansible.cfg", setting + "\n");
    refusesToReach("one");
  }

  private void refusesToReach(String host) {
    var result = program.run("list-host", host, "--refresh", "--untrusted");
    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(3);
    assertThat(result.errorOutput()).contains("the project is not trusted");
    assertThat(project.resolve("marker")).doesNotExist();
  }

  @Test
  void deep_nesting_is_no_defect() throws IOException {
    var deep = "[".repeat(100_000);
    program.file("pyproject.toml", "[project]\ndependencies = " + deep + "\n");
    program.file("requirements.yml", deep);
    program.file("vars.yml", "a: " + deep);
    program.file("inventory/hosts", "one a=" + deep + "\n");
    assertThat(analyze().exitCode()).isBetween(0, 8);
    assertThat(program.run("list-host", "one").exitCode()).isBetween(0, 8);
  }

  @Test
  void names_and_texts_cannot_steer_the_terminal() throws IOException {
    program
        .file(
            "site.yml",
            """
            - name: Any
              hosts: all
              roles: ["\\e[2Jrole", "\\x9b2J"]
              tasks:
                - "acme.web.\\e]0;title\\a":
                - ansible.builtin.include_tasks: "\\e[31m\\u202egpj.yml"
            """)
        .file("requirements.txt", "x @ http://a\u001b[2J/\n\u001b[2J\n")
        .file("bad\u001b[2J\n.yml", "- {\n");
    for (var arguments :
        List.of(
            List.of("analyze", "site.yml", "--skip-lint"),
            List.of("analyze", "bad\u001b[2J\n.yml", "--skip-lint"),
            List.of("analyze", "no\u009b2J.yml", "--debug"),
            List.of("list-host", "\u001b[2J"))) {
      var result = program.run(arguments.toArray(String[]::new));
      assertThat(result.output() + result.errorOutput())
          .doesNotContain("\u001b", "\u009b", "\u0007", "\u202e")
          .doesNotContain("defect");
    }
  }

  @Test
  void a_path_that_leads_out_of_an_untrusted_project_is_not_read() throws IOException {
    program
        .file("site.yml", LEADING_OUT.formatted("../outside"))
        .file("requirements.txt", "-r ../outside/secret.yml\n-c " + directory + "/outside/hosts\n");
    var result = analyze("--untrusted");
    assertThat(result.output() + result.errorOutput()).doesNotContain("s3cret");
  }

  @Test
  void an_absolute_path_is_not_read_in_any_project() throws IOException {
    program
        .file("site.yml", LEADING_OUT.formatted(directory.resolve("outside")))
        .file("requirements.txt", "-r ../outside/secret.yml\n-c " + directory + "/outside/hosts\n");
    for (var result : List.of(analyze("--untrusted"), analyze())) {
      assertThat(result.output() + result.errorOutput()).doesNotContain("s3cret");
    }
  }

  @Test
  void looking_at_a_project_connects_to_nobody() throws IOException {
    var url = "http://127.0.0.1:" + listener.getLocalPort() + "/";
    program
        .file("ansible.cfg", "[galaxy]\nserver = " + url + "\n")
        .file(
            "requirements.yml",
            "collections:\n  - name: acme.web\n    source: "
                + url
                + "\nroles:\n  - src: "
                + url
                + "r.tar.gz\n    name: acme.role\n")
        .file("requirements.txt", "--index-url " + url + "\nx @ " + url + "x.whl\n");
    analyze();
    analyze("--untrusted");
  }
}
