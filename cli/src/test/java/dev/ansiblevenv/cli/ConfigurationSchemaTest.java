package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.configuration.ProjectConfiguration;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.store.YamlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schemas of what people write and the program agree.
final class ConfigurationSchemaTest {

  @TempDir private Path project;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "add:",
        "add: {collections: [a.b, {name: a.b, version: '>=1', source: /x}]}",
        "add: {collections: [{name: a.b, version: 1.0}]}",
        "add: {python_packages: [requests>=2, {requirement: x, side: both}]}",
        "add: {plugins: [a.b.c, {name: a.b.c, kind: lookup}], roles: [web, a.b.c]}",
        "exclude: {collections: [a.b], python_packages: [x, Y_z]}",
        "constrain: {collections: [{name: a.b, version: '<2'}, {name: c.d, source: x}]}",
        "constrain: {python_packages: [x<2]}",
        "cleanup:",
        "cleanup: {keep: 3, unused_for: 90d}",
        "cleanup: {keep: , unused_for: }",
        "push: [all, 'web:!db', night2.lan]",
        "push:",
        "runs: {keep: 1}",
        "runs: {keep: }",
        "runs:",
        "playbooks: {site.yml: , plays/b.yml: {add: {roles: [web]}, exclude: , constrain: {}}}",
      })
  void what_the_schema_allows_the_program_reads(String text) throws IOException {
    assertThat(Schema.ANSIBLE_VENV.violations(json(text))).isEmpty();
    assertThat(isRead(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "text",
        "ad: {}",
        "add: []",
        "add: {collections: a.b}",
        "add: {collections: [ab]}",
        "add: {collections: [{version: '1'}]}",
        "add: {collections: [{name: a.b, ver: '1'}]}",
        "add: {python_packages: [{side: both}]}",
        "add: {python_packages: [{requirement: x, side: left}]}",
        "add: {plugins: [copy]}",
        "add: {plugins: [{name: a.b.c, kind: role}]}",
        "add: {roles: ['']}",
        "exclude: {roles: [a]}",
        "exclude: {collections: [{name: a.b}]}",
        "exclude: {python_packages: [x<2]}",
        "constrain: {collections: [a.b]}",
        "constrain: {collections: [{name: a.b}]}",
        "cleanup: 3",
        "cleanup: {keep: 0}",
        "cleanup: {keep: many}",
        "cleanup: {unused_for: 90}",
        "cleanup: {unused: 90d}",
        "push: all",
        "runs: {keep: 0}",
        "runs: {kept: 5}",
        "runs: 5",
        "push: ['']",
        "push: [{host: x}]",
        "playbooks: {site.yml: {push: [all]}}",
        "playbooks: []",
        "playbooks: {site.yml: {playbooks: {}}}",
      })
  void what_the_schema_forbids_the_program_refuses(String text) throws IOException {
    assertThat(Schema.ANSIBLE_VENV.violations(json(text))).isNotEmpty();
    assertThat(isRead(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: p",
        "{name: p, collections: , python_packages: }",
        "{name: p, collections: [a.b, {name: c.d, version: '>=1,<2', source: /x}]}",
        "{name: p, collections: [{name: a.b, version: 1.0}], python_packages: [x, 'y[z]>=2']}",
      })
  void a_profile_that_the_schema_allows_is_read(String text) throws IOException {
    assertThat(Schema.PROFILE.violations(json(text))).isEmpty();
    assertThat(isReadAsProfile(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "collections: []",
        "{name: p, created: now}",
        "{name: p, collections: a.b}",
        "{name: p, collections: [ab]}",
        "{name: p, collections: [{version: '1'}]}",
        "{name: p, collections: [{name: a.b, git: x}]}",
        "{name: p, python_packages: ['']}",
        "{name: p, python_packages: [{name: x}]}",
      })
  void a_profile_that_the_schema_forbids_is_refused(String text) throws IOException {
    assertThat(Schema.PROFILE.violations(json(text))).isNotEmpty();
    assertThat(isReadAsProfile(text)).isFalse();
  }

  @Test
  void the_examples_are_valid() throws IOException {
    var profile = Files.readString(Path.of("../examples/torrent/profiles/torrent.yml"));
    assertThat(Schema.PROFILE.violations(json(profile))).isEmpty();
    var example = Files.readString(Path.of("../examples/rtorrent/ansible-venv.yml"));
    assertThat(Schema.ANSIBLE_VENV.violations(json(example))).isEmpty();
  }

  private static String json(String yaml) throws IOException {
    var root = YamlReader.read("ansible-venv.yml", yaml.getBytes(UTF_8));
    return root == null ? "null" : JSON.std.asString(YamlValue.of(root));
  }

  private boolean isReadAsProfile(String text) throws IOException {
    Files.createDirectories(project.resolve("profiles"));
    Files.writeString(project.resolve("profiles/p.yml"), text);
    try {
      return new SpecStorage(new YamlFiles(project)).profile("p").isPresent();
    } catch (InvalidInput e) {
      return false;
    }
  }

  private static boolean isRead(String text) {
    try {
      ProjectConfiguration.parse(text);
      return true;
    } catch (InvalidInput e) {
      return false;
    }
  }
}
