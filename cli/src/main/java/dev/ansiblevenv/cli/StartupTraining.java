package dev.ansiblevenv.cli;

import dev.ansiblevenv.cli.output.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/// Does what starts of the program do, so that the JDK's AOT cache holds it: the launcher runs this
/// once after a build with `-XX:AOTCacheOutput`. Needs no network and ends well whatever the
/// commands end with.
public final class StartupTraining {

  private static final String PLAYBOOK =
      """
      - name: Trains the start
        hosts: localhost
        gather_facts: false
        vars:
          greeting: "{{ 'hello' | upper }}"
        roles:
          - role: page
        tasks:
          - name: Greet
            ansible.builtin.debug:
              msg: "{{ greeting }} {{ lookup('ansible.builtin.env', 'HOME') }}"
            when: greeting is defined
            loop: [1, 2]
      """;

  private static final String TASKS =
      """
      - name: Write the page
        ansible.builtin.template:
          src: page.txt.j2
          dest: /nowhere/page.txt
          mode: "0644"
        notify: Read the page
      """;

  private static final String HANDLERS =
      """
      - name: Read the page
        ansible.builtin.command: cat /nowhere/page.txt
        changed_when: false
      """;

  private static final String TEMPLATE =
      """
      {% for name in names | sort if name is not none %}{{ name }}{% endfor %}
      """;

  private static final String RECORD =
      """
      hostname: localhost
      installed_venvs:
        - name: site_00000000
          path: /nowhere/site_00000000
          installed_date: "2026-01-01T00:00:00"
      """;

  private static final String SPEC =
      """
      name: site_00000000
      source_playbook: site.yml
      content_hash: "00000000"
      collections: []
      python_packages:
        - ansible-core
      created: "2026-01-01T00:00:00"
      """;

  private static final String INVENTORY =
      "localhost ansible_connection=local installed_venvs='[\"site_00000000\"]'\n";

  private final Path directory;

  private StartupTraining(Path directory) {
    this.directory = directory;
  }

  /// Ends the process, as a start does. That last start is a whole one and prints the version; the
  /// launcher drops it.
  ///
  /// @param arguments the directory in which to work
  public static void main(String[] arguments) throws IOException {
    new StartupTraining(Path.of(arguments[0]).toAbsolutePath()).run();
    Main.main(new String[] {"--version"});
  }

  private void run() throws IOException {
    write("site.yml", PLAYBOOK);
    write("roles/page/tasks/main.yml", TASKS);
    write("roles/page/handlers/main.yml", HANDLERS);
    write("roles/page/templates/page.txt.j2", TEMPLATE);
    write("host_venvs/localhost.yml", RECORD);
    write("venv_specs/site_00000000.yml", SPEC);
    write("inventory/hosts", INVENTORY);
    start("--help");
    start("completion", "bash");
    start("analyze", "site.yml", "--skip-lint");
    start("analyze", "site.yml", "--skip-lint", "--format", "json");
    start("analyze", "no-such-file.yml", "--skip-lint");
    start("explain", "site.yml", "ansible-core");
    start("list-host", "localhost");
    start("list-host", "localhost", "--format", "json");
    start("show-spec", "site_00000000");
    start("deploy", "no-such-file.yml", "localhost", "-e", "a=b", "-e", "{c: d}");
    start("no-such-command");
  }

  private void write(String file, String text) throws IOException {
    var path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void start(String... arguments) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    var environment = Map.of("HOME", directory.toString());
    Main.run(
        new Console(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            false,
            false,
            80,
            environment,
            directory,
            Clock.system(ZoneId.systemDefault())),
        arguments);
  }
}
