package dev.ansiblevenv.core.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.confinement.ConfinementChoice;
import dev.ansiblevenv.core.confinement.ConfinementLevel;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.tool.Controller;
import dev.ansiblevenv.core.tool.ControllerPython;
import dev.ansiblevenv.core.tool.ManagedAnsibleLint;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.tool.Platform;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Projects whose code ansible-lint runs. What that code tries is written down outside of the
/// project, so that it is known to run where nothing confines it.
class HostileProjectIT {

  private static final List<String> PLUGINS =
      List.of(
          "action",
          "become",
          "cache",
          "callback",
          "cliconf",
          "connection",
          "doc_fragments",
          "filter",
          "httpapi",
          "inventory",
          "lookup",
          "netconf",
          "shell",
          "strategy",
          "terminal",
          "test",
          "vars");

  /// One for all tests: the environment in it takes seconds to build.
  @TempDir static Path cache;

  @TempDir Path project;
  @TempDir Path outside;

  private final String token = "hostile-" + UUID.randomUUID();
  private ServerSocket listener;

  @BeforeEach
  void somebody_listens_and_a_secret_lies_outside() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(1);
    Files.createDirectory(project.resolve(".git"));
    Files.createDirectory(outside.resolve(".ssh"));
    Files.writeString(outside.resolve(".ssh/id"), "secret");
    write(
        "payload.py",
        """
        import os, socket, sys
        OUTSIDE, PROJECT, CACHE, PORT, TOKEN = %s
        def attempt(what):
            try: what()
            except OSError: pass
        def write(path, text=""):
            with open(path, "w") as file: file.write(text)
        def daemon():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    for stream in range(3): os.dup2(os.open(os.devnull, os.O_RDWR), stream)
                    os.execvp("python3", ["python3", "-c", "import time; time.sleep(60)", TOKEN])
                os._exit(0)
        def go(name):
            attempt(lambda: write(OUTSIDE + "/" + name))
            attempt(lambda: write(OUTSIDE + "/" + name + "-secret", open(OUTSIDE + "/.ssh/id").read()))
            attempt(lambda: write(PROJECT + "/" + name))
            attempt(lambda: write(CACHE + "/lint/" + name + ".verdict"))
            attempt(lambda: socket.create_connection(("127.0.0.1", PORT), 1).close())
            attempt(daemon)
        if __name__ == "__main__":
            go(sys.argv[1])
            print("localhost")
        """
            .formatted(
                "('%s', '%s', '%s', %d, '%s')"
                    .formatted(outside, project, cache, listener.getLocalPort(), token)));
  }

  @AfterEach
  void nobody_listens() throws IOException {
    listener.close();
  }

  @ParameterizedTest
  @EnumSource
  void code_of_a_project_reaches_nothing(ConfinementLevel level) throws Exception {
    everyWay();
    var before = tree(project);
    for (var playbook : List.of("site.yml", "importing.yml")) {
      try {
        lint(playbook, level, Duration.ofMinutes(2));
      } catch (InvalidInput e) {
        // A verdict is not what is asked for here.
      }
    }
    assertThat(running()).isEmpty();
    if (level == ConfinementLevel.NONE) {
      assertThat(names(outside))
          .contains(
              "play-name",
              "play-hosts",
              "vars-files",
              "import-tasks",
              "import-playbook",
              "vars-plugin",
              "connection-plugin",
              "shell-plugin",
              "become-plugin",
              "lint-rule",
              "lint-rule-secret")
          .doesNotContain("vault-program", "inventory-program");
      assertThat(connections()).isPositive();
      return;
    }
    assertThat(names(outside)).containsExactly(".ssh");
    assertThat(connections()).isZero();
    assertThat(tree(project)).isEqualTo(before);
    assertThat(names(cache.resolve("lint"))).noneMatch(name -> name.contains("-rule.verdict"));
  }

  @ParameterizedTest
  @CsvSource({
    "BUBBLEWRAP, fork",
    "BUBBLEWRAP, sleep",
    "NAMESPACES, memory",
    "LANDLOCK, fork",
    "LANDLOCK, flood"
  })
  void a_bomb_is_ended(ConfinementLevel level, String kind) throws Exception {
    bomb(level, kind);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "BUBBLEWRAP, memory",
    "BUBBLEWRAP, flood",
    "NAMESPACES, fork",
    "NAMESPACES, flood",
    "NAMESPACES, sleep",
    "LANDLOCK, memory",
    "LANDLOCK, sleep"
  })
  void a_bomb_is_ended_at_every_level(ConfinementLevel level, String kind) throws Exception {
    bomb(level, kind);
  }

  private void bomb(ConfinementLevel level, String kind) throws Exception {
    write("site.yml", "- hosts: localhost\n  tasks: [{debug: {msg: x}}]\n");
    write(
        "vars_plugins/evil.py",
        switch (kind) {
          case "fork" ->
              """
              import os
              while True:
                  try: os.fork()
                  except OSError: pass
              """;
          case "memory" ->
              """
              import os
              os.fork(); os.fork()
              held = []
              while True:
                  try: held.append(b"x" * (64 << 20))
                  except MemoryError: pass
              """;
          case "flood" -> "import os\nwhile True:\n    os.write(2, b'x' * 65536)\n";
          default ->
              "import os, sys, time\nsys.path.insert(0, '%s')\nimport payload\npayload.daemon()\ntime.sleep(600)\n"
                  .formatted(project);
        });
    assertThatThrownBy(() -> lint("site.yml", level, Duration.ofSeconds(6)))
        .isInstanceOf(Failure.class);
    assertThat(running()).isEmpty();
  }

  @Test
  void without_confinement_a_line_says_so_once_and_it_can_be_refused() throws IOException {
    write("site.yml", "- hosts: localhost\n  tasks: [{debug: {msg: x}}]\n");
    var own = Files.createDirectory(outside.resolve("own"));
    var linter = linter(new ConfinementChoice(Map.of(), own, List.of()), Duration.ofMinutes(2));
    var warnings = new ArrayList<String>();
    assertThat(linter.lint(request("site.yml"), false, warnings::add).passed()).isTrue();
    write("site.yml", "- hosts: localhost\n  tasks: [{debug: {msg: y}}]\n");
    assertThat(linter.lint(request("site.yml"), false, warnings::add).passed()).isTrue();
    assertThat(warnings).singleElement().asString().contains("cannot be confined");
    write("site.yml", "- hosts: localhost\n  tasks: [{debug: {msg: z}}]\n");
    assertThatThrownBy(() -> linter.lint(request("site.yml"), true, warnings::add))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("cannot be confined");
  }

  @Test
  void links_out_of_the_project_lead_nowhere() throws IOException {
    Files.createDirectory(project.resolve("group_vars"));
    Files.writeString(outside.resolve("key.yml"), "- debug:\n    s3cret: x\n");
    Files.createSymbolicLink(project.resolve("tasks.yml"), outside.resolve("key.yml"));
    write("site.yml", "- hosts: localhost\n  tasks:\n    - import_tasks: tasks.yml\n");
    var verdict = lint("site.yml", ConfinementLevel.BUBBLEWRAP, Duration.ofMinutes(2));
    assertThat(verdict.findings().toString()).doesNotContain("s3cret");
  }

  @Test
  void encrypted_files_and_values_need_no_password() throws IOException {
    var encrypted = "$ANSIBLE_VAULT;1.1;AES256\n3132\n";
    write("group_vars/all.yml", encrypted);
    write("secret.yml", encrypted);
    write("vault.sh", "#!/bin/sh\ntouch " + outside + "/ran\necho password\n");
    assertThat(project.resolve("vault.sh").toFile().setExecutable(true)).isTrue();
    write("ansible.cfg", "[defaults]\nvault_password_file = ./vault.sh\n");
    write(
        "site.yml",
        """
        - name: Play
          hosts: localhost
          vars_files: [secret.yml]
          vars:
            password: !vault |
              $ANSIBLE_VAULT;1.1;AES256
              3132
          tasks:
            - name: Task
              ansible.builtin.debug:
                msg: "{{ password }}"
        """);
    var verdict = lint("site.yml", ConfinementLevel.NONE, Duration.ofMinutes(2));
    assertThat(verdict.findings()).isEmpty();
    assertThat(outside.resolve("ran")).doesNotExist();
  }

  private void everyWay() throws IOException {
    var play =
        """
        - name: "{{ PIPE play-name }}"
          hosts: "{{ PIPE play-hosts }}"
          remote_user: "{{ PIPE play-user }}"
          environment: {A: "{{ PIPE play-environment }}"}
          strategy: evil
          connection: evil
          become_method: evil
          vars: {a: "{{ PIPE play-vars }}"}
          vars_files: ["{{ PIPE vars-files }}.yml"]
          roles: [web]
          tasks:
            - name: "{{ PIPE task-name }}"
              debug: {msg: "{{ PIPE task-arguments }}"}
              when: PIPE task-when == 'x'
            - evil:
            - import_tasks: "{{ PIPE import-tasks }}.yml"
            - include_tasks: "{{ PIPE include-tasks }}.yml"
            - debug: {msg: "{{ 'x' | evil }} {{ lookup('evil') }}"}
              when: x is evil
        """;
    write("site.yml", piped(play));
    write("importing.yml", piped(play + "- import_playbook: \"{{ PIPE import-playbook }}.yml\"\n"));
    write("localhost.yml", "- debug:\n");
    write("roles/web/tasks/main.yml", "- debug: {msg: x}\n");
    write("roles/web/defaults/main.yml", piped("x: \"{{ PIPE role-defaults }}\"\n"));
    for (var kind : PLUGINS) {
      write(kind + "_plugins/evil.py", python(kind + "-plugin"));
    }
    write("library/evil.py", python("module"));
    write("module_utils/evil.py", python("module-utils"));
    write(
        "rules/evil.py",
        python("lint-rule")
            + "from ansiblelint.rules import AnsibleLintRule\nclass E(AnsibleLintRule):\n    id = 'e'\n");
    for (var program : List.of("vault", "inventory")) {
      write(
          program + ".sh",
          "#!/bin/sh\npython3 %s/payload.py %s-program\n".formatted(project, program));
      assertThat(project.resolve(program + ".sh").toFile().setExecutable(true)).isTrue();
    }
    write("group_vars/all.yml", "$ANSIBLE_VAULT;1.1;AES256\n3132\n");
    write(
        "requirements.yml",
        "collections: [{name: acme.evil, source: 'http://127.0.0.1:%d'}]\nroles: [acme.evil]\n"
            .formatted(listener.getLocalPort()));
    write(
        "ansible.cfg",
        """
        [defaults]
        vault_password_file = ./vault.sh
        inventory = ./inventory.sh
        callback_plugins = ./callback_plugins
        callbacks_enabled = evil
        strategy_plugins = ./strategy_plugins
        roles_path = %s/.ssh:/root:./roles
        log_path = %s/ansible.log
        """
            .formatted(outside, outside));
    write(
        ".ansible-lint",
        "rulesdir: [rules]\nuse_default_rules: true\nprofile: production\noffline: false\n"
            + "mock_modules: [evil]\nmock_roles: [evil.role]\n");
  }

  private String piped(String text) {
    return text.replaceAll(
        "PIPE ([a-z-]+)", "lookup('pipe', 'python3 " + project + "/payload.py $1')");
  }

  private String python(String name) {
    return "import sys\nsys.path.insert(0, '%s')\nimport payload\npayload.go('%s')\n"
        .formatted(project, name);
  }

  private LintVerdict lint(String playbook, ConfinementLevel level, Duration limit)
      throws IOException {
    var levels = level == ConfinementLevel.NONE ? List.<ConfinementLevel>of() : List.of(level);
    var choice = new ConfinementChoice(environment(), cache.resolve("confinement"), levels);
    var linter = linter(choice, limit);
    var python = ManagedAnsibleLint.interpreter(tool().environment());
    assertThat(choice.find(python).confinement().level())
        .as("%s", choice.find(python).failures())
        .isEqualTo(level);
    return linter.lint(request(playbook), false, text -> {});
  }

  private LintRequest request(String playbook) {
    var configuration = project.resolve("ansible.cfg");
    return new LintRequest(
        project,
        project.resolve(playbook),
        token,
        List.of(),
        Optional.of(configuration).filter(Files::isRegularFile),
        List.of());
  }

  private static AnsibleLint linter(ConfinementChoice choice, Duration limit) {
    return new AnsibleLint(controller(), tool(), choice, limit);
  }

  private static Controller controller() {
    return new Controller(cache, environment(), Platform.current());
  }

  private static ManagedAnsibleLint tool() {
    var controller = controller();
    return new ManagedAnsibleLint(
        controller,
        new ManagedUv(controller, new Http(environment())),
        new ControllerPython(controller));
  }

  private static Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    environment.put("UV_CACHE_DIR", cache.resolve("uv").toString());
    return environment;
  }

  private int connections() throws IOException {
    for (var count = 0; ; count++) {
      try {
        listener.accept().close();
      } catch (SocketTimeoutException e) {
        return count;
      }
    }
  }

  /// bubblewrap returns a moment before the kernel has ended its namespace.
  private List<String> running() throws Exception {
    var found = runningNow();
    for (var tries = 0; tries < 50 && !found.isEmpty(); tries++) {
      Thread.sleep(100);
      found = runningNow();
    }
    return found;
  }

  private List<String> runningNow() throws IOException {
    var found = new ArrayList<String>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        try {
          var command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
          if (command.contains(token) || command.contains(project.toString())) {
            found.add(command.replace('\0', ' '));
          }
        } catch (IOException e) {
          // It has ended.
        }
      }
    }
    return found;
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void write(String file, String content) throws IOException {
    var path = project.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, content);
  }

  private static Map<String, String> tree(Path root) throws IOException {
    var tree = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.toList()) {
        tree.put(file.toString(), Files.getLastModifiedTime(file).toString());
      }
    }
    return tree;
  }
}
