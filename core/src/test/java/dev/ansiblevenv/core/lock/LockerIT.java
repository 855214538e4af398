package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.LoopbackServer;
import dev.ansiblevenv.core.tool.Controller;
import dev.ansiblevenv.core.tool.ManagedUv;
import dev.ansiblevenv.core.tool.Uv;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockerIT {

  @TempDir static Path cache;
  @TempDir Path directory;
  private Path artifacts;
  private Project project;
  private final List<PythonRequirement> python = new ArrayList<>();

  @BeforeEach
  void lay_out() {
    artifacts = directory.resolve("artifacts");
    project = new Project(directory.resolve("project"));
    TinyCollection.named("acme.web", "1.0.0").requiringAnsible(">=2.16,<2.19").in(artifacts);
    TinyCollection.named("acme.any", "1.0.0").requiringAnsible(">=2.16").in(artifacts);
    TinyCollection.named("acme.old", "1.0.0").requiringAnsible("<2.10").in(artifacts);
  }

  private final List<PythonBound> bounds = new ArrayList<>();
  private Optional<Lock> preferred = Optional.empty();
  private final List<CollectionRequirement> collectionBounds = new ArrayList<>();

  private Uv uv() {
    var environment = System.getenv();
    var uv =
        new ManagedUv(Controller.of(cache, environment), new Http(environment)).forController();
    var variables = new HashMap<>(uv.environment());
    variables.putAll(settings);
    return new Uv(uv.executable(), uv.version(), uv.origin(), variables);
  }

  private final Map<String, String> settings = new HashMap<>();

  private LockResolution resolve(String pythonVersion) {
    var locker = new Locker(uv(), Project::impatient, directory.resolve("cache"));
    return locker.resolve(request(pythonVersion, false));
  }

  private LockRequest request(String pythonVersion, boolean offline) {
    return new LockRequest(
        python,
        project.requirements(),
        new LockBounds(bounds, collectionBounds),
        pythonVersion,
        project.directory,
        project.settings(),
        preferred,
        offline);
  }

  private LockerIT needs(String line) {
    python.add(new PythonRequirement(line, "requirements.txt:" + (python.size() + 1)));
    return this;
  }

  @Test
  void versions_of_a_preferred_lock_stay_as_far_as_they_fit() {
    project.wants("acme.any", "*");
    needs("ansible-core==2.17.*").needs("idna==3.4").needs("packaging==23.1");
    var before = resolveFromGalaxy().lock();
    preferred = Optional.of(before);
    TinyCollection.named("acme.any", "1.1.0").requiringAnsible(">=2.16").in(artifacts);
    python.clear();

    needs("idna").needs("packaging>=23.2").needs("toml");
    var after = resolveFromGalaxy();

    assertThat(after.ansibleCore())
        .isEqualTo(new AnsibleCoreChoice(before.ansibleCoreVersion(), "the lock so far has it"));
    assertThat(LockChange.between(before, after.lock()))
        .extracting(LockChange::name)
        .containsExactly("packaging", "toml");

    project.wants("acme.any", ">1.0.0");
    assertThat(LockChange.between(before, resolveFromGalaxy().lock()))
        .contains(
            new LockChange(LockChange.COLLECTION, "acme.any", List.of("1.0.0"), List.of("1.1.0")));
  }

  private LockResolution resolveFromGalaxy() {
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      project.server(galaxy);
      return resolve("3.11");
    }
  }

  @Test
  void locks_packages_and_collections_the_same_way_every_time() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.any", "*");
      needs("ansible-core").needs("requests").needs("urllib3<3");
      var first = resolve("3.11");
      assertThat(first.lock().pylock())
          .contains("name = \"requests\"", "sha256 = \"")
          .doesNotContain(directory.toString(), "/tmp/", "requirements.in");
      assertThat(first.ansibleCore().version()).startsWith("2.19.");
      assertThat(first.lock().ansibleCoreVersion()).isEqualTo(first.ansibleCore().version());
      assertThat(first.ansibleCore().reason()).contains("Python 3.11").doesNotContain("\n");
      assertThat(first.lock().collections())
          .map(LockedCollection::name)
          .containsExactly("acme.any");
      // The index's answers of a moment ago: its mirrors need not agree on what is newest.
      settings.put("UV_OFFLINE", "1");
      assertThat(resolve("3.11")).isEqualTo(first);

      var storage = new LockStorage(directory.resolve("venv_specs"), directory.resolve("guard"));
      storage.write("site", first.lock());
      assertThat(storage.read("site")).contains(first.lock());
    }
  }

  @Test
  void takes_the_newest_ansible_core_that_python_supports() {
    assertThat(resolve("3.10").ansibleCore().version()).startsWith("2.17.");
    assertThat(resolve("3.12").ansibleCore().version()).startsWith("2.21.");
  }

  @Test
  void takes_an_older_ansible_core_when_a_collection_needs_one_and_says_so() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.web", "*");
      var resolution = resolve("3.11");
      assertThat(resolution.ansibleCore().version()).startsWith("2.18.");
      assertThat(resolution.ansibleCore().reason())
          .startsWith("2.18 instead of 2.19: acme.web 1.0.0 requires ansible-core >=2.16,<2.19");
    }
  }

  @Test
  void honours_the_users_own_constraint_on_ansible_core() {
    needs("ansible-core>=2.16,<2.17.5");
    assertThat(resolve("3.11").ansibleCore().version()).isEqualTo("2.17.4");
  }

  @Test
  void takes_an_older_ansible_core_when_a_python_package_needs_one() {
    needs("resolvelib<1.1").needs("jinja2<3.1");
    assertThat(resolve("3.11").ansibleCore().version()).startsWith("2.1");
  }

  @Test
  void says_what_excludes_each_ansible_core() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.web", "*").wants("acme.old", "*");
      assertThatThrownBy(() -> resolve("3.11"))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("with ansible-core 2.19: ")
          .hasMessageContaining("acme.old 1.0.0 requires ansible-core <2.10, not 2.19.")
          .hasMessageContaining("the older ones down to 2.14 do not fit either")
          .extracting(e -> ((Unresolvable) e).next())
          .asString()
          .contains("allow another version of acme.old");
    }
  }

  @Test
  void explains_a_conflict_of_packages_with_the_places_that_cause_it() {
    needs("requests>=2.32").needs("urllib3<1.21").needs("idna");
    assertThatThrownBy(() -> resolve("3.11"))
        .isInstanceOf(Unresolvable.class)
        .hasMessageStartingWith("requirements.txt:2: ")
        .hasMessageContaining("`urllib3<1.21` excludes what is needed: requests")
        .hasMessageContaining("`requests>=2.32` (requirements.txt:1)")
        .hasMessageContaining("change `urllib3<1.21` in requirements.txt:2");
  }

  @Test
  void bounds_what_only_another_package_needs() {
    needs("requests==2.31.0");
    bounds.add(new PythonBound("urllib3==1.26.18", List.of(), "requirements.txt:3"));
    bounds.add(new PythonBound("nothing-uses-this<1", List.of(), "requirements.txt:4"));
    assertThat(resolve("3.11").lock().packages())
        .containsEntry("urllib3", List.of("1.26.18"))
        .doesNotContainKey("nothing-uses-this");
  }

  @Test
  void locks_only_files_whose_hash_the_user_allows() {
    bounds.add(
        new PythonBound("idna==3.6", List.of("sha256:" + "0".repeat(64)), "requirements.txt:7"));
    needs("idna");
    assertThatThrownBy(() -> resolve("3.11"))
        .isInstanceOf(Unresolvable.class)
        .hasMessageStartingWith("requirements.txt:7: no file of idna 3.6 has a hash");
    bounds.clear();
    var right = "c05567e9c24a6b9faaa835c4821bad0590fbb9d5779e7caa6e1cc4978e7eb24f";
    bounds.add(new PythonBound("idna==3.6", List.of("sha256:" + right), "requirements.txt:7"));
    assertThat(resolve("3.11").lock().pylock())
        .contains("idna-3.6-py3-none-any.whl", right)
        .doesNotContain("idna-3.6.tar.gz");
  }

  @Test
  void a_lock_holds_for_no_python_that_its_ansible_core_does_not_run_on() {
    assertThat(resolve("3.9").lock().pylock()).contains("requires-python = \">=3.9,<3.12\"");
  }

  @Test
  void says_that_the_python_of_the_host_excludes_the_wanted_ansible_core() {
    needs("ansible-core<2.16");
    assertThatThrownBy(() -> resolve("3.13"))
        .hasMessageStartingWith("requirements.txt:1: no ansible-core fits both")
        .hasMessageContaining("Python 3.13 on the host runs ansible-core 2.18 to 2.21");
  }

  @Test
  void a_login_that_the_index_refuses_is_no_conflict_of_versions() throws IOException {
    try (var index = new LoopbackServer(exchange -> LoopbackServer.reply(exchange, 401, ""))) {
      settings.put("UV_DEFAULT_INDEX", index.uri("/simple").toString());
      settings.put("UV_NO_CACHE", "1");
      assertThatThrownBy(() -> resolve("3.11"))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("the Python index refuses the login: it answers 401 Unauthorized")
          .hasMessageNotContaining("No solution");
    }
  }

  @Test
  void goes_without_a_dispensable_collection_that_nobody_has() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.any", "*").dispenses("acme.windows");
      var resolution = resolve("3.11");
      assertThat(resolution.lock().collections())
          .map(LockedCollection::name)
          .containsExactly("acme.any");
      assertThat(resolution.without())
          .containsExactly(new LockResolution.Unavailable("acme.windows", "no server has it"));
    }
  }

  @Test
  void bounds_a_collection_that_only_another_one_needs() {
    TinyCollection.named("acme.base", "1.0.0").in(artifacts);
    TinyCollection.named("acme.base", "2.0.0").in(artifacts);
    TinyCollection.named("acme.top", "1.0.0").requiring("acme.base", ">=1.0.0").in(artifacts);
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.top", "*");
      collectionBounds.add(
          new CollectionRequirement("acme.base", "<2.0.0", "", "requirements.yml:3"));
      assertThat(resolve("3.11").lock().collections())
          .map(LockedCollection::version)
          .containsExactly("1.0.0", "1.0.0");
    }
  }

  @Test
  void names_a_package_that_does_not_exist() {
    needs("ansible-venv-no-such-package==1");
    assertThatThrownBy(() -> resolve("3.11"))
        .isInstanceOf(Unresolvable.class)
        .hasMessageStartingWith("requirements.txt:1: ")
        .hasMessageContaining("no configured Python index has `ansible-venv-no-such-package`");
  }

  @Test
  void refuses_lines_that_are_no_requirements() {
    for (var line :
        List.of(
            "-r other.txt",
            "--index-url=https://example.org",
            "x\n-r other.txt",
            "x @ file:///etc/passwd",
            "x @ ${SECRET}",
            "x --hash=sha256:00",
            "x \\",
            "")) {
      python.clear();
      needs(line);
      assertThatThrownBy(() -> resolve("3.11"))
          .as(line)
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("requirements.txt:1");
    }
    python.clear();
    needs("requests >>= 2");
    assertThatThrownBy(() -> resolve("3.11")).isInstanceOf(InvalidInput.class);
  }

  @Test
  void offline_asks_no_server_and_says_so() {
    try (var server = GalaxyServer.over(artifacts).start()) {
      project.server(server).wants("acme.any", "*");
      resolve("3.11");
      var asked = server.requests().size();
      assertThatThrownBy(() ->
              new Locker(uv(), Project::impatient, directory.resolve("cache"))
                  .resolve(request("3.11", true)))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining(server.url())
          .hasMessageContaining("acme.any (requirements.yml:1)")
          .hasMessageContaining("offline");
      assertThat(server.requests()).hasSize(asked);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy", "stalled", "truncated"})
  void an_index_that_does_not_serve_is_named(String fault) throws Exception {
    try (var index =
        new LoopbackServer(exchange -> {
          switch (fault) {
            case "busy" -> LoopbackServer.reply(exchange, 500, "no");
            case "stalled" -> sleep();
            default -> {
              exchange.sendResponseHeaders(200, 10_000);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
            }
          }
        })) {
      settings.put("UV_DEFAULT_INDEX", index.uri("/simple").toString());
      settings.put("UV_INDEX", "");
      settings.put("UV_HTTP_TIMEOUT", "1");
      settings.put("UV_HTTP_RETRIES", "1");
      settings.put("UV_CACHE_DIR", directory.resolve("uv-cache").toString());
      assertThatThrownBy(() -> resolve("3.11"))
          .isInstanceOf(Unresolvable.class)
          .hasMessageContaining("127.0.0.1:" + index.port());
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void knows_for_which_python_there_is_no_ansible_core() {
    assertThatThrownBy(() -> resolve("3.8"))
        .isInstanceOf(Unresolvable.class)
        .hasMessageContaining("no ansible-core supports Python 3.8");
    assertThatThrownBy(() -> resolve("3.99")).isInstanceOf(Unresolvable.class);
    assertThatThrownBy(() -> resolve("2.7")).isInstanceOf(InvalidInput.class);
  }
}
