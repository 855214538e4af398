package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainCommandTest {

  @TempDir private Path temporary;
  private Program program;

  @BeforeEach
  void create_project() throws IOException {
    program = Program.in(Files.createDirectory(temporary.resolve("project")));
    program
        .file(
            "site.yml",
            """
            - hosts: all
              collections: [only.mentioned]
              roles: [web]
              tasks:
                - community.docker.docker_container: {name: x}
                - community.docker.docker_image: {name: y}
                - ini_file: {path: /x}
                - ansible.builtin.debug:
                - community.postgresql.postgresql_ping:
                - ansible.builtin.include_tasks: "{{ os }}"
            """)
        .file("library/ini_file.py", "")
        .file("library/idle.py", "")
        .file("roles/web/tasks/main.yml", "- ansible.builtin.ping:\n")
        .file(
            "requirements.yml",
            """
            roles: [geerlingguy.idle]
            collections:
              - {name: community.docker, version: ">=3"}
              - ansible.posix
            """)
        .file("requirements.txt", "Net_Addr>=1\nansible-core>=2.16\n-e ./local_thing\n")
        .file("bindep.txt", "gcc [platform:rpm]\n")
        .file(
            "ansible-venv.yml",
            """
            add:
              python_packages: [{requirement: requests>=2, side: both}]
            exclude:
              collections: [community.postgresql, community.unused]
              python_packages: [gone]
            constrain:
              python_packages: [requests<3, boto3<2]
            """);
  }

  @Test
  void a_needed_collection_is_shown_with_every_place_and_bound() {
    assertThat(explained("community.docker"))
        .isEqualTo(
            """
            collection community.docker is needed, >=3
              site.yml:5  module  community.docker.docker_container
              site.yml:6  module  community.docker.docker_image

            Bounds
              requirements.yml:3  requirements  >=3
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"requests", "Requests", "REQUESTS"})
  void a_needed_package_is_found_in_any_spelling(String spelling) {
    assertThat(explained(spelling))
        .isEqualTo(
            """
            Python package requests is needed on the controller and on managed nodes, >=2,<3
              site.yml:5          module    community.docker.docker_container
              site.yml:6          module    community.docker.docker_image
              ansible-venv.yml:2  override  requests
              ansible-venv.yml:7  override  requests

            Bounds
              ansible-venv.yml:2  override  >=2
              ansible-venv.yml:7  override  <3
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ansible-core         | Python package ansible-core is needed on the controller and on managed nodes, >=2.16
          docker_image         | plugin community.docker.docker_image is used
          ansible.builtin.debug | plugin ansible.builtin.debug is used: ansible-core has it itself
          ini_file             | plugin ini_file is used
          web                  | role web is used
          gcc                  | system package gcc is needed
          """)
  void whatever_is_there_is_found_by_its_name(String name, String headline) {
    assertThat(explained(name).lines().findFirst()).contains(headline);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ansible.posix      | collection ansible.posix is not needed: nothing in the closure uses it | requirements.yml:4: lists it, which bounds it wherever it is installed, and needs nothing
          only.mentioned     | collection only.mentioned is not needed: nothing in the closure uses it | site.yml:2: names it under `collections:`
          community.general  | collection community.general is not needed: nothing in the closure uses it | site.yml:7: `ini_file` is the project's own library/ini_file.py
          community.unused   | collection community.unused is not needed: nothing in the closure uses it | ansible-venv.yml:4: excludes it
          ansible.builtin    | collection ansible.builtin is not needed: ansible-core has it itself | ''
          no.such            | collection no.such is not needed: nothing in the closure uses it | ''
          net-addr           | Python package net-addr is not needed: nothing in the closure uses it | requirements.txt:1: lists it
          local-thing        | Python package local-thing is not needed: nothing in the closure uses it | requirements.txt:3: lists it in a way that only pip understands
          boto3              | Python package boto3 is not needed: nothing in the closure uses it | ansible-venv.yml:7: bounds it
          gone               | Python package gone is not needed: nothing in the closure uses it | ansible-venv.yml:5: excludes it
          PyYAML             | Python package pyyaml is not needed: nothing in the closure uses it; ansible-core depends on it, | ''
          idle               | plugin idle is not used: nothing in the closure uses it | library/idle.py:1: is the project's own
          ansible.builtin.copy | plugin ansible.builtin.copy is not used: nothing in the closure uses it; ansible-core has it itself | ''
          firewalld          | plugin ansible.posix.firewalld is not used: nothing in the closure uses it; it would come from ansible.posix | ''
          geerlingguy.idle   | role geerlingguy.idle is not used: nothing in the closure uses it | requirements.yml:1: lists it
          """)
  void whatever_is_absent_has_its_real_reason_and_what_it_could_hide_behind(
      String name, String headline, String place) {
    assertThat(explained(name))
        .startsWith(headline)
        .contains(place)
        .contains("\nIt could hide behind\n", "site.yml:10: include: {{ os }}");
  }

  @Test
  void what_is_used_and_excluded_says_both() {
    assertThat(explained("community.postgresql"))
        .startsWith(
            """
            collection community.postgresql is not needed, although the closure names it
              ansible-venv.yml:4: excludes it
              site.yml:9  module  community.postgresql.postgresql_ping
            """);
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    assertThat(explained("reqests"))
        .startsWith("nothing in site.yml is called `reqests`\n")
        .contains("\nNearest names\n  requests\n");
    assertThat(explained("comunity.docker")).contains("\nNearest names\n  community.docker\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"community.docker", "requests", "ansible.posix", "ini_file", "web", "gcc", "?"})
  void every_answer_is_a_document_as_published(String name) throws IOException {
    var result = program.run("explain", "site.yml", name, "--format", "json");

    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    Schema.EXPLAIN.assertValid(result.output());
    assertThat(result.output()).contains("\"name\" : \"" + name + "\"");
  }

  @Test
  void what_only_something_needed_depends_on_is_found_in_the_lock() throws IOException {
    var analysis = program.run("analyze", "site.yml", "--skip-lint").output();
    var lock = "venv_specs/" + analysis.lines().findFirst().orElseThrow() + ".lock/";
    program
        .file(
            lock + "pylock.toml",
            """
            lock-version = "1.0"
            created-by = "uv"
            requires-python = ">=3.11"

            [[packages]]
            name = "charset-normalizer"
            version = "3.4.4"
            wheels = [{ url = "https://example.org/c.whl", hashes = { sha256 = "aa" } }]
            """)
        .file(
            lock + "collections.yml",
            """
            schema: 1
            collections:
              - name: ansible.netcommon
                version: "8.1.0"
                source: "https://example.org/api/"
                url: "https://example.org/a.tar.gz"
                sha256: "%s"
                size: 17
            """
                .formatted("a".repeat(64)));

    assertThat(explained("Charset_Normalizer"))
        .isEqualTo(
            """
            Python package charset-normalizer is not needed: nothing in the closure uses it;\
             something that is needed depends on it, so that the lock has it at 3.4.4
            """);
    assertThat(explained("ansible.netcommon")).contains("the lock has it at 8.1.0\n");
    var json = program.run("explain", "site.yml", "ansible.netcommon", "--format=json").output();
    Schema.EXPLAIN.assertValid(json);
    assertThat(json).contains("\"kind\" : \"locked\"");
  }

  @Test
  void nothing_is_written_to_the_project() throws IOException {
    explained("requests");
    assertThat(program.directory().resolve(".ansible-venv")).doesNotExist();
    assertThat(program.directory().resolve("venv_specs")).doesNotExist();
  }

  @Test
  void a_playbook_that_is_not_there_is_an_error() throws IOException {
    var result = program.run("explain", "nowhere.yml", "requests", "--format=json");

    assertThat(result.exitCode()).isEqualTo(3);
    Schema.ERROR.assertValid(result.output());
  }

  @Test
  void a_name_is_required() {
    assertThat(program.run("explain", "site.yml").exitCode()).isEqualTo(2);
  }

  private String explained(String name) {
    var result = program.run("explain", "site.yml", name);
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    assertThat(result.errorOutput()).isEmpty();
    return result.output();
  }
}
