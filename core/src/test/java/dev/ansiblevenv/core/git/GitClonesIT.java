package dev.ansiblevenv.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What others can write into an address or a repository runs nothing here.
class GitClonesIT {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext::sh -c 'touch marker'",
        "git+ext::sh -c touch% marker",
        "fd::17",
        "--upload-pack=touch marker",
        "-u./marker",
        "git+--upload-pack=x",
        "ssh://-oProxyCommand=touch/x",
        "ssh://user@-oProxyCommand=touch/x",
        "git@-oProxyCommand=x:y",
        "-oProxyCommand=x@host:y",
        "git@host:-oProxyCommand=x",
        "file://host/x",
        "file:///x\ny",
        "ftp://host/x.git",
        "/etc",
        "../x",
        "https://user:secret@host/x.git",
      })
  void what_is_no_plain_address_is_refused(String address) {
    assertThatThrownBy(() -> GitAddress.parse(address, "", "requirements.yml"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("requirements.yml")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--upload-pack=x", "-x", "a b", "a..b", "a:b", "HEAD@{1}", "a\nb", "^a"})
  void what_is_no_name_of_a_commit_is_refused(String ref) {
    assertThatThrownBy(() -> GitAddress.parse("https://host/x.git", ref, "requirements.yml"))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void a_protocol_that_runs_a_command_is_refused_even_where_the_configuration_leads_to_it() {
    var environment = environment();
    environment.put("GIT_CONFIG_COUNT", "2");
    environment.put("GIT_CONFIG_KEY_0", "url.ext::sh -c touch% " + marker() + " .insteadOf");
    environment.put("GIT_CONFIG_VALUE_0", "https://host.invalid/");
    environment.put("GIT_CONFIG_KEY_1", "protocol.ext.allow");
    environment.put("GIT_CONFIG_VALUE_1", "always");
    assertThatThrownBy(() -> checkedOut("https://host.invalid/x.git", environment))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("transport 'ext' not allowed");
    assertThat(marker()).doesNotExist();
  }

  @Test
  void hooks_submodules_and_monitors_of_a_repository_are_left_alone() throws Exception {
    var origin = repository();
    Files.writeString(
        origin.resolve(".gitmodules"),
        "[submodule \"s\"]\n\tpath = s\n\turl = ext::sh -c touch% " + marker() + "\n");
    git(origin, "add", "-A");
    git(origin, "commit", "-qm", "x");
    var templates = Files.createDirectories(directory.resolve("templates/hooks"));
    var hook =
        Files.writeString(templates.resolve("post-checkout"), "#!/bin/sh\ntouch " + marker());
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    var environment = environment();
    environment.put("GIT_CONFIG_COUNT", "3");
    environment.put("GIT_CONFIG_KEY_0", "init.templateDir");
    environment.put("GIT_CONFIG_VALUE_0", templates.resolveSibling("").toString());
    environment.put("GIT_CONFIG_KEY_1", "submodule.recurse");
    environment.put("GIT_CONFIG_VALUE_1", "true");
    environment.put("GIT_CONFIG_KEY_2", "core.fsmonitor");
    environment.put("GIT_CONFIG_VALUE_2", "touch " + marker());
    assertThat(checkedOut("file://" + origin, environment)).contains("README", ".gitmodules");
    assertThat(marker()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../../outside", "d/../../outside", "l"})
  void a_link_that_leads_out_is_refused(String target) throws Exception {
    var origin = repository();
    Files.createSymbolicLink(origin.resolve("l"), Path.of(target));
    git(origin, "add", "-A");
    git(origin, "commit", "-qm", "x");
    assertThatThrownBy(() -> checkedOut("file://" + origin, environment()))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("its link `l` leads");
  }

  private Path marker() {
    return directory.resolve("marker");
  }

  private Path repository() throws Exception {
    var origin = Files.createDirectories(directory.resolve("origin"));
    Files.writeString(origin.resolve("README"), "x");
    git(origin, "init", "-q");
    return origin;
  }

  private String checkedOut(String address, Map<String, String> environment) {
    return new GitClones(directory.resolve("cache"), environment)
        .checkout(
            GitAddress.parse(address, "", "it"),
            "it",
            (root, _) -> {
              try (var files = Files.list(root)) {
                return files.map(file -> root.relativize(file).toString()).sorted().toList();
              }
            })
        .toString();
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    return environment;
  }

  private void git(Path repository, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-c", "user.name=x"));
    command.addAll(List.of("-c", "user.email=x@example.invalid"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(repository.toFile()).inheritIO();
    builder.environment().put("HOME", directory.toString());
    assertThat(builder.start().waitFor()).isZero();
  }
}
