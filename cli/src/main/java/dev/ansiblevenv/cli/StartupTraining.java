package dev.ansiblevenv.cli;

import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.cli.output.LocalClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Does what starts of the program do, so that the JDK's AOT cache holds it: the launcher runs this
/// once after a build with `-XX:AOTCacheOutput`. Needs no network and ends well whatever the
/// commands end with.
public final class StartupTraining {

  /// A project with one of everything that the analysis knows.
  static final List<String> FILES =
      List.of(
          "ansible.cfg",
          "collections/ansible_collections/own/things/galaxy.yml",
          "collections/ansible_collections/own/things/meta/runtime.yml",
          "collections/ansible_collections/own/things/plugins/filter/shapes.py",
          "collections/ansible_collections/own/things/plugins/modules/thing.py",
          "deployed/ansible-venv.yml",
          "deployed/inventory/hosts",
          "deployed/site.yml",
          "filter_plugins/own.py",
          "galaxy.yml",
          "group_vars/all.yml",
          "host/ansible-playbook",
          "host/collections.yml",
          "host/pylock.toml",
          "host/python",
          "host/ready.json",
          "host_vars/switch.yml",
          "host_venvs/localhost.yml",
          "inventory/hosts",
          "library/lone.py",
          "other.yml",
          "plain.yml",
          "requirements.txt",
          "requirements.yml",
          "roles/page/defaults/main.yml",
          "roles/page/handlers/main.yml",
          "roles/page/meta/argument_specs.yml",
          "roles/page/meta/main.yml",
          "roles/page/tasks/main.yml",
          "roles/page/templates/footer.j2",
          "roles/page/templates/page.txt.j2",
          "roles/second/meta/main.yml",
          "roles/second/tasks/extra.yml",
          "roles/second/tasks/main.yml",
          "roles/second/vars/main.yml",
          "site.yml",
          "tasks/one.yml",
          "tasks/two.yml",
          "vars/default.json",
          "vars/main.yml",
          "venv_specs/site_00000000.yml");

  /// What the program makes of `deployed/site.yml` and of the lock in `host/`.
  static final String VENV = "site_f56f47bb";

  static final String LOCK_DIGEST =
      "725be058cb8f9ff31540d1cec21f5778e6837182bc0127aa79e8944192f76593";

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
    copyProject(directory);
    new TrainingHost(directory).has(VENV, LOCK_DIGEST);
    start("--help");
    start("completion", "bash");
    start("analyze", "site.yml", "--skip-lint");
    start("analyze", "site.yml", "--skip-lint", "--format", "json");
    start("analyze", "other.yml", "--skip-lint", "--strict");
    start("analyze", "plain.yml", "--skip-lint", "--format", "json");
    start("analyze", "no-such-file.yml", "--skip-lint");
    start("explain", "site.yml", "ansible-core");
    start("list-host", "localhost");
    start("list-host", "localhost", "--format", "json");
    start("list-host", "localhost", "--refresh");
    start("verify", "localhost", "--format", "json");
    start("show-spec", "site_00000000");
    startIn("deployed", "deploy", "site.yml", "localhost", "--skip-lint");
    startIn("deployed", "deploy", "site.yml", "localhost", "--skip-lint");
    startIn("deployed", "deploy", "site.yml", "localhost", "--skip-lint", "--copy");
    startIn("deployed", "deploy", "site.yml", "localhost", "--skip-lint", "--copy");
    start("deploy", "no-such-file.yml", "localhost", "-e", "a=b", "-e", "{c: d}");
    start("ensure", "no-such-profile", "localhost");
    start("lock", "no-such-name", "--dry-run", "--skip-lint");
    start("no-such-command");
  }

  static void copyProject(Path directory) throws IOException {
    for (var file : FILES) {
      var path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      try (var content = StartupTraining.class.getResourceAsStream("training/" + file)) {
        Files.copy(Objects.requireNonNull(content, file), path);
      }
    }
  }

  private void start(String... arguments) {
    startIn("", arguments);
  }

  private void startIn(String project, String... arguments) {
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
            directory.resolve(project),
            new LocalClock()),
        arguments);
  }
}
