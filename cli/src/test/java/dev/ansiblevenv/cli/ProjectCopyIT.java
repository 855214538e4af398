package dev.ansiblevenv.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run in a copy of the project, as on another machine: it sees the whole project, what it writes
/// stays for the next run, and comes back as far as a host is trusted.
final class ProjectCopyIT {

  private static final String PLAYBOOK =
      """
      - name: Look and write
        hosts: all
        gather_facts: false
        vars:
          seen: "{{ lookup('pipe', 'cd .. && ./list.sh') }}"
        tasks:
          - name: Say what is there
            ansible.builtin.copy:
              content: "{{ seen }}"
              dest: "{{ lookup('env', 'HOME') }}/seen"
              mode: "0644"
          - name: Say the password
            ansible.builtin.debug:
              msg: "password {{ lookup('ansible.builtin.password', 'credentials/db length=12') }} {{ lookup('file', '../shared/x') }}"
          - name: Write what comes back and what does not
            ansible.builtin.copy:
              content: "written"
              dest: "{{ playbook_dir }}/../{{ item }}"
              mode: "0644"
            loop: [report.txt, tracked.conf, evil.yml, roles/web.txt, .hidden]
            delegate_to: localhost
      """;

  private static final String FILTER =
      """
      class FilterModule:
          def filters(self):
              return {"ours": lambda text: "<" + text + ">"}
      """;

  private static final String ABOVE =
      """
      - name: Use what lies above
        hosts: all
        gather_facts: false
        vars_files:
          - ../../common/vars.yml
        roles:
          - ../../roles/web
        tasks:
          - name: Copy a directory
            ansible.builtin.copy:
              src: ../../dist/app
              dest: "{{ out }}/"
              mode: preserve
          - name: Say what was read
            ansible.builtin.debug:
              msg: "{{ said | ours }} {{ lookup('file', '../../dist/app/index.html') }} {{ playbook_dir is search('/projects/') }}"
            failed_when: playbook_dir is not search('/projects/')
          - name: Include tasks
            ansible.builtin.include_tasks: ../../common/tasks.yml
          - name: Only a run knows what
            ansible.builtin.include_vars: "../../common/{{ ansible_check_mode }}.yml"
            when: false
      """;

  @TempDir private Path temporary;

  @Test
  void a_run_in_a_copy_is_like_one_in_the_project() throws IOException {
    var program = project();

    var first = deploy(program);
    assertThat(first.exitCode()).as(first.errorOutput() + first.output()).isZero();
    var password = password(first.output());
    assertThat(first.output() + first.errorOutput())
        .contains("brought: plays/credentials/db, report.txt, tracked.conf.from-localhost")
        .contains("left on the host: .hidden, evil.yml, roles/web.txt");
    assertThat(program.directory().resolve("tracked.conf")).hasContent("tracked");
    assertThat(program.directory().resolve("report.txt")).hasContent("written");
    assertThat(program.directory().resolve("evil.yml")).doesNotExist();
    assertThat(program.directory().resolve("plays/credentials/db")).content().startsWith(password);
    assertThat(temporary.resolve("home/seen"))
        .content()
        .contains("./empty:755:d:")
        .contains("./link:777:l:tracked.conf")
        .contains("./script.sh:755:f:")
        .contains("./tracked.conf:640:f:")
        .doesNotContain("build/")
        .doesNotContain("venv/")
        .doesNotContain(".git/")
        .doesNotContain("secret.key");

    Files.delete(program.directory().resolve("plays/credentials/db"));
    Files.delete(program.directory().resolve("link"));
    program.file("tracked.conf", "edited");
    var second = deploy(program);
    assertThat(second.exitCode()).as(second.errorOutput()).isZero();
    assertThat(second.output()).contains("password " + password);
    assertThat(temporary.resolve("home/seen")).content().doesNotContain("./link:");

    var files = program.run("files", "last", "--format", "json");
    assertThat(files.exitCode()).as(files.errorOutput()).isZero();
    Schema.FILES.assertValid(files.output());
    assertThat(program.run("logs", "last").errorOutput())
        .contains("hint: the run wrote ", "`ansible-venv files ", "`--get '**'`");
    assertThat(program.run("attach", "last").errorOutput()).contains("  wrote ", "files ");
    var out = temporary.resolve("out");
    var got =
        program.run(
            "files", "last", "--get", "**", "--into", Files.createDirectory(out).toString());
    assertThat(got.exitCode()).as(got.errorOutput()).isZero();
    assertThat(out.resolve("tracked.conf.from-localhost")).hasContent("written");
  }

  @Test
  void what_is_named_above_the_project_and_plugins_of_the_configuration_travel()
      throws IOException {
    var program = Program.in(Files.createDirectories(temporary.resolve("work/project")));
    program.file("inventory/hosts", "localhost ansible_connection=local\n");
    program.file("ansible-venv.yml", "runs: {copy: true}\n");
    program.file("ansible.cfg", "[defaults]\nfilter_plugins = ../plugins\n");
    program.file("../plugins/ours.py", FILTER);
    program.file("../common/vars.yml", "said: from above\n");
    program.file("../common/tasks.yml", "- {ansible.builtin.debug: {msg: included}}\n");
    program.file("../dist/app/index.html", "page");
    program.file("../roles/web/tasks/main.yml", "- {ansible.builtin.debug: {msg: role}}\n");
    program.file("plays/site.yml", ABOVE);

    var result =
        program.run(
            "deploy",
            "plays/site.yml",
            "localhost",
            "--skip-lint",
            "-e",
            "out=" + temporary.resolve("out"));
    assertThat(result.exitCode()).as(result.output() + result.errorOutput()).isZero();
    assertThat(result.output()).contains("<from above> page", "included", "role");
    assertThat(result.errorOutput()).contains("`../../common/*.yml` may lead out of the project");
    assertThat(temporary.resolve("out/app/index.html")).hasContent("page");
  }

  @Test
  void a_project_that_is_too_large_is_an_error_that_names_its_largest_directories()
      throws IOException {
    var program = project();
    program.file("ansible-venv.yml", "runs: {max_files: 10, copy: true}\n");
    for (var number = 0; number < 20; number++) {
      program.file("data/set/" + number, "x".repeat(1000));
    }
    var result = program.run("deploy", "plays/site.yml", "localhost", "--skip-lint");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.errorOutput())
        .contains("too large")
        .contains("`data/set`")
        .contains(".ansible-venvignore");
  }

  private Program project() throws IOException {
    var program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    program.file("inventory/hosts", "localhost ansible_connection=local\n");
    program.file("ansible-venv.yml", "runs: {copy: true}\n");
    program.file("plays/site.yml", PLAYBOOK);
    program.file("shared/x", "shared");
    program.file("tracked.conf", "tracked");
    program.file("script.sh", "#!/bin/sh\n");
    program.file("list.sh", "#!/bin/sh\nfind . -mindepth 1 -printf '%p:%m:%y:%l\\n' | sort\n");
    program.file("build/out", "ignored by git");
    program.file("secret.key", "ignored by us");
    program.file(".gitignore", "build/\n");
    program.file(".ansible-venvignore", "*.key\n");
    program.file("venv/pyvenv.cfg", "");
    program.file("roles/keep/tasks/main.yml", "[]\n");
    var top = program.directory();
    Files.setPosixFilePermissions(top.resolve("tracked.conf"), fromString("rw-r-----"));
    Files.setPosixFilePermissions(top.resolve("script.sh"), fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(top.resolve("list.sh"), fromString("rwxr-xr-x"));
    Files.createDirectory(top.resolve("empty"));
    Files.setPosixFilePermissions(top.resolve("empty"), fromString("rwxr-xr-x"));
    Files.createSymbolicLink(top.resolve("link"), Path.of("tracked.conf"));
    git(top, "init", "-q");
    git(top, "add", "tracked.conf", "plays");
    return program;
  }

  private static Program.Result deploy(Program program) {
    return program.run("deploy", "plays/site.yml", "localhost", "--skip-lint");
  }

  private static String password(String output) {
    return output.replaceFirst("(?s).*password (\\S+) shared.*", "$1");
  }

  private static void git(Path directory, String... words) throws IOException {
    var command = new java.util.ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(words));
    try {
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
