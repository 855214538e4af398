package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.TinyCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles, made with a network and used without one: on the second side every way to an index or a
/// Galaxy server leads to a closed port.
final class BundleIT {

  private static final String CLOSED = "http://127.0.0.1:9";

  @TempDir private static Path shared;
  private static Program open;
  private static Path bundle;

  @TempDir private Path temporary;
  private Program closed;

  @BeforeAll
  static void a_bundle_of_two_venvs() throws IOException {
    TinyCollection.named("acme.web", "1.0.0")
        .with("plugins/modules/ping.py", "#!/usr/bin/python\n")
        .in(shared.resolve("artifacts"));
    open = Program.in(Files.createDirectory(shared.resolve("project")));
    Files.createDirectory(shared.resolve("home"));
    open.file(
        "profiles/web.yml",
        "name: web\ncollections: [acme.web]\npython_packages: [ansible-core, requests]\n");
    open.file("profiles/db.yml", "name: db\ncollections: []\npython_packages: [ansible-core]\n");
    bundle = shared.resolve("project/all.tar");
    try (var galaxy = GalaxyServer.over(shared.resolve("artifacts")).start()) {
      open.file(
          "ansible.cfg",
          "[galaxy]\nserver_list = own\n[galaxy_server.own]\nurl = " + galaxy.url() + "\n");
      var created = open.run("bundle", "create", "web", "db", "all.tar", "--host", "localhost");
      assertThat(created.exitCode()).as(created.errorOutput()).isZero();
      assertThat(created.output()).contains("all.tar: ", "web", "db");
    }
  }

  @BeforeEach
  void a_closed_side() throws IOException {
    var program = Program.in(Files.createDirectory(temporary.resolve("project")));
    Files.createDirectory(temporary.resolve("home"));
    var environment = new HashMap<>(program.environment());
    environment.keySet().removeIf(name -> name.matches("(?i)(UV|PIP)_.*|.*_proxy"));
    for (var name : List.of("UV_DEFAULT_INDEX", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      environment.put(name, CLOSED);
    }
    environment.put("ANSIBLE_GALAXY_SERVER", CLOSED);
    closed = new Program(program.directory(), environment, "");
  }

  @Test
  void what_was_made_with_a_network_is_built_without_one() throws IOException {
    var loaded = closed.run("bundle", "load", bundle.toString(), "localhost", "--format", "json");
    assertThat(loaded.exitCode()).as(loaded.errorOutput()).isZero();
    var document = JSON.std.mapFrom(loaded.output());
    assertThat(JSON.std.asString(document.get("ensured")))
        .contains("\"name\":\"db\"", "\"name\":\"web\"", "\"status\":\"built\"");
    assertThat(closed.run("list-host", "localhost").output()).contains("web", "db");
    var galaxy =
        new ProcessBuilder(
                temporary.resolve("home/venvs/web/bin/ansible-galaxy").toString(),
                "collection",
                "list")
            .start();
    assertThat(new String(galaxy.getInputStream().readAllBytes(), UTF_8))
        .containsPattern("acme\\.web\\s+1\\.0\\.0");
  }

  @Test
  void a_loaded_bundle_serves_later_pushes_and_loading_it_again_changes_nothing()
      throws IOException {
    assertThat(closed.run("bundle", "load", bundle.toString()).exitCode()).isZero();
    var before = Files.readString(closed.directory().resolve("profiles/web.yml"));
    assertThat(before).isEqualTo(Files.readString(open.directory().resolve("profiles/web.yml")));
    assertThat(closed.run("bundle", "load", bundle.toString()).exitCode()).isZero();

    closed.file("ansible-venv.yml", "push: [localhost]\n");
    var ensured = closed.run("ensure", "db", "localhost");
    assertThat(ensured.exitCode()).as(ensured.errorOutput()).isZero();
    var again = closed.run("ensure", "web", "localhost", "--push");
    assertThat(again.exitCode()).as(again.errorOutput()).isZero();
  }

  @Test
  void a_playbook_is_deployed_from_a_bundle() throws IOException {
    var playbook =
        """
        - name: Say something
          hosts: localhost
          gather_facts: false
          tasks:
            - name: Say
              ansible.builtin.debug:
                msg: hello
        """;
    open.file("site.yml", playbook);
    var deployed = open.run("deploy", "site.yml", "localhost", "--skip-lint", "--format", "json");
    assertThat(deployed.exitCode()).as(deployed.errorOutput()).isZero();
    var name = String.valueOf(JSON.std.mapFrom(deployed.lastLine()).get("venv_name"));
    assertThat(open.run("bundle", "create", name, "site.tar", "--host", "localhost").exitCode())
        .isZero();

    closed.file("site.yml", playbook);
    var site = open.directory().resolve("site.tar").toString();
    assertThat(closed.run("bundle", "load", site).exitCode()).isZero();
    var run = closed.run("deploy", "site.yml", "localhost", "--push", "--skip-lint");
    assertThat(run.exitCode()).as(run.errorOutput()).isZero();
    assertThat(run.output()).contains("PLAY RECAP");
  }

  @Test
  void the_same_locks_and_platform_give_the_same_bytes() throws IOException {
    var again = open.run("bundle", "create", "db", "web", "again.tar", "--host", "localhost");
    assertThat(again.exitCode()).as(again.errorOutput()).isZero();
    assertThat(open.directory().resolve("again.tar")).hasSameBinaryContentAs(bundle);
  }

  @Test
  void another_lock_of_that_name_is_a_conflict_and_stays() throws IOException {
    closed.file(
        "profiles/web.yml", "name: web\ncollections: []\npython_packages: [ansible-core]\n");
    var result = closed.run("bundle", "load", bundle.toString());
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.errorOutput()).contains("profiles/web.yml");
    assertThat(closed.directory().resolve("venv_specs")).doesNotExist();
    assertThat(closed.directory().resolve("profiles/db.yml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 1500, 200_000, 5_000_000})
  void a_truncated_bundle_is_named_and_nothing_of_it_is_kept(int length) throws IOException {
    var cut = Files.write(temporary.resolve("cut.tar"), head(length));
    refused(cut);
  }

  @Test
  void a_damaged_file_in_it_is_refused() throws IOException {
    var bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    var error = refused(Files.write(temporary.resolve("damaged.tar"), bytes));
    assertThat(error).contains("SHA-256");
  }

  @Test
  void hostile_entries_are_refused() throws IOException {
    refused(rewritten(entry -> entry.named("../../../../evil")));
    refused(rewritten(entry -> entry.named("/etc/evil")));
    refused(rewritten(entry -> entry.link("/etc/passwd")));
    refused(rewritten(entry -> entry.replacing("\"web\"", "\"../web\"")));
    refused(rewritten(entry -> entry.replacing("\"format\" : 1", "\"format\" : 2")));
    refused(rewritten(entry -> entry.replacing("{", "[")));
    assertThat(temporary.resolve("evil")).doesNotExist();
  }

  @Test
  void two_loads_at_once_both_succeed() throws Exception {
    Callable<Program.Result> load = () -> closed.run("bundle", "load", bundle.toString());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(List.of(load, load))) {
        assertThat(result.get().exitCode()).as(result.get().errorOutput()).isZero();
      }
    }
  }

  @Test
  void a_platform_instead_of_a_host_needs_its_python() {
    assertThat(open.run("bundle", "create", "db", "x.tar", "--platform", "x86_64-glibc-2.36"))
        .returns(2, Program.Result::exitCode);
    var other =
        open.run(
            "bundle",
            "create",
            "db",
            "x.tar",
            "--platform",
            "aarch64-musl-1.2",
            "--python",
            "3.12");
    assertThat(other.exitCode()).as(other.errorOutput()).isZero();
    assertThat(other.output()).contains("aarch64-musl-1.2", "3.12");
    var none =
        open.run(
            "bundle", "create", "db", "y.tar", "--platform", "vax-glibc-2.36", "--python", "3.12");
    assertThat(none.exitCode()).isEqualTo(4);
    assertThat(open.directory().resolve("y.tar")).doesNotExist();
  }

  private String refused(Path file) {
    var result = closed.run("bundle", "load", file.toString());
    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(3);
    assertThat(result.errorOutput()).contains(file.toString());
    assertThat(closed.directory().resolve("profiles")).doesNotExist();
    assertThat(closed.directory().resolve("venv_specs")).doesNotExist();
    assertThat(temporary.resolve("cache/ansible-venv/blobs")).doesNotExist();
    assertThat(temporary.resolve("cache/ansible-venv/building")).isEmptyDirectory();
    return result.errorOutput();
  }

  private static byte[] head(int length) throws IOException {
    try (var in = Files.newInputStream(bundle)) {
      return in.readNBytes(length);
    }
  }

  /// The bundle with its first entry, or the one behind it, changed.
  private Path rewritten(UnaryOperator<Entry> change) throws IOException {
    var target = temporary.resolve("hostile.tar");
    var entries = new ArrayList<Entry>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(bundle))) {
      for (var next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
        entries.add(new Entry(next, tar.readAllBytes()));
      }
    }
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(target))) {
      var manifest = change.apply(entries.getFirst());
      var isManifest =
          manifest.header().getName().equals("manifest.json")
              && manifest.header().isFile()
              && !manifest.header().isSymbolicLink();
      entries.set(isManifest ? 0 : 1, isManifest ? manifest : change.apply(entries.get(1)));
      for (var entry : entries) {
        entry.header().setSize(entry.content().length);
        tar.putArchiveEntry(entry.header());
        tar.write(entry.content());
        tar.closeArchiveEntry();
      }
    }
    return target;
  }

  private record Entry(TarArchiveEntry header, byte[] content) {

    Entry named(String name) {
      var other = new TarArchiveEntry(name, true);
      return new Entry(other, content);
    }

    Entry link(String target) {
      var other = new TarArchiveEntry(header.getName(), TarArchiveEntry.LF_SYMLINK);
      other.setLinkName(target);
      return new Entry(other, new byte[0]);
    }

    Entry replacing(String old, String text) {
      return new Entry(
          header,
          new String(content, UTF_8).replaceFirst(Pattern.quote(old), text).getBytes(UTF_8));
    }
  }
}
