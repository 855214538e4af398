package dev.ansiblevenv.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.core.run.Inventory;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.RunResult.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that a warm starter begins are held against runs that begin cold, and starters are killed.
class WarmRunIT {

  private static final String VENV = "warm_1";

  /// Says what started ansible-playbook, and what started that.
  private static final String PARENT =
      """
      - hosts: all
        gather_facts: false
        vars:
          ancestors: >-
            p=$PPID; while [ "$p" -gt 1 ]; do ps -ww -o args= -p "$p"; p=$(ps -o ppid= -p "$p" | tr -d " "); done
        tasks:
          - ansible.builtin.debug: msg="{{ lookup('pipe', ancestors) }}"
      """;

  /// The projects that show most.
  private static final Set<String> TELLING =
      Set.of("configuration", "failure", "flow", "internals", "modules", "processes", "verbose");

  private static final Map<String, RunOptions> OPTIONS =
      Map.of(
          "verbose", options(3, false),
          "check", options(0, true));

  @TempDir static Path directory;
  private static TestHost host;

  @BeforeAll
  static void a_host_with_a_venv() {
    host = TestHost.with(directory, VENV);
  }

  @AfterEach
  void no_starter_stays() {
    starters().forEach(WarmRunIT::kill);
    starters().forEach(WarmRunIT::remove);
  }

  static List<Path> projects() throws Exception {
    try (var found = Files.list(Path.of(WarmRunIT.class.getResource("warm").toURI()))) {
      return found.sorted().toList();
    }
  }

  static List<Path> telling() throws Exception {
    return projects().stream()
        .filter(project -> TELLING.contains(project.getFileName().toString()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("telling")
  void nothing_of_a_run_differs(Path project) {
    assertNothingDiffers(project);
  }

  @ParameterizedTest
  @MethodSource("projects")
  @Tag("long")
  void nothing_of_any_run_differs(Path project) {
    assertNothingDiffers(project);
  }

  private static void assertNothingDiffers(Path project) {
    // A project lasts: what the first run writes, all later ones find.
    run(project, false);
    var cold = run(project, false);
    warmUp(() -> run(project, true));
    var warm = run(project, true);

    assertThat(warm.runnerLog()).isEmpty();
    assertThat(warm.output()).isEqualTo(cold.output());
    assertThat(warm.events()).isEqualTo(cold.events());
    assertThat(warm.files()).isEqualTo(cold.files());
    assertThat(warm.result().code()).isEqualTo(cold.result().code());
    assertThat(warm.result().stats()).isEqualTo(cold.result().stats());
    assertThat(warm.result().status()).isEqualTo(cold.result().status());
  }

  @Test
  void a_run_leaves_a_starter_for_the_next_one_of_its_configuration() {
    assertThat(warmUp(() -> run(PARENT, Map.of(), true)).output()).doesNotContain("starter.py");
    assertThat(run(PARENT, Map.of(), true).output()).contains("starter.py");
    assertThat(run(PARENT, Map.of(), false).output()).doesNotContain("starter.py");
    assertThat(starters()).hasSize(1);
    var configured = Map.of("ansible.cfg", "[defaults]\nforks = 3\n");
    assertThat(warmUp(() -> run(PARENT, configured, true)).output()).doesNotContain("starter.py");
    assertThat(starters()).hasSize(2);
    assertThat(run(PARENT, configured, true).output()).contains("starter.py");
  }

  @Test
  void what_an_import_leaves_behind_and_forks_would_share_makes_runs_cold() {
    var logged = Map.of("ansible.cfg", "[defaults]\nlog_path = own.log\n");
    run(PARENT, logged, true);
    await(() -> starters().stream().anyMatch(each -> Files.exists(each.resolve("refused"))));
    assertThat(run(PARENT, logged, true).output()).doesNotContain("starter.py");
  }

  @Test
  @Tag("long")
  void there_are_at_most_four_starters_and_the_one_idle_longest_goes() {
    for (var forks = 1; forks <= 5; forks++) {
      var configured = Map.of("ansible.cfg", "[defaults]\nforks = %d\n".formatted(forks));
      warmUp(() -> run(PARENT, configured, true));
    }
    assertThat(starters()).hasSize(4);
    var first = Map.of("ansible.cfg", "[defaults]\nforks = 1\n");
    assertThat(warmUp(() -> run(PARENT, first, true)).output()).doesNotContain("starter.py");
  }

  @Test
  void a_starter_that_was_killed_costs_nothing_but_its_time() {
    warmUp();
    kill(starters().getFirst());
    var run = warmUp(() -> run(PARENT, Map.of(), true));
    assertThat(run.result().succeeded()).isTrue();
    assertThat(run.output()).doesNotContain("starter.py");
    assertThat(run.runnerLog()).contains("the warm starter does not answer");
    assertThat(run(PARENT, Map.of(), true).output()).contains("starter.py");
  }

  @Test
  void a_starter_that_hangs_costs_a_second() throws Exception {
    warmUp();
    var starter = process(starters().getFirst()).orElseThrow();
    signal("STOP", starter.pid());
    try {
      var run = run(PARENT, Map.of(), true);
      assertThat(run.result().succeeded()).isTrue();
      assertThat(run.output()).doesNotContain("starter.py");
      assertThat(run.runnerLog()).contains("the warm starter does not answer");
    } finally {
      signal("CONT", starter.pid());
    }
    // It finds the request of the run that has begun without it.
    assertThat(run(PARENT, Map.of(), true).output()).contains("starter.py");
  }

  @Test
  void runs_go_on_when_their_starter_is_killed() {
    warmUp();
    try (var session = host.open()) {
      var playbook =
          """
          - hosts: all
            gather_facts: false
            tasks:
              - ansible.builtin.command: "true"
              - ansible.builtin.command: "true"
          """;
      var output = new ByteArrayOutputStream();
      var result =
          session.run(
              request(Map.of("site.yml", playbook), RunOptions.DEFAULTS, true),
              event -> {
                if (event instanceof Event.JobEvent(var name, var text)
                    && name.equals("runner_on_start")) {
                  starters().forEach(WarmRunIT::kill);
                }
                collect(event, output);
              });
      assertThat(result.succeeded()).as(output.toString(UTF_8)).isTrue();
      assertThat(result.stats().get("testhost").ok()).isEqualTo(2);
    }
  }

  @Test
  void cancelling_ends_the_whole_tree() throws Exception {
    warmUp();
    var marker = "62" + ProcessHandle.current().pid();
    var playbook =
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.shell: "setsid nohup sleep %1$s >/dev/null 2>&1 & trap '' TERM; sleep %1$s; sleep %1$s"
        """
            .formatted(marker);
    var result = new AtomicReference<RunResult>();
    try (var session = host.open()) {
      var request = request(Map.of("site.yml", playbook), RunOptions.DEFAULTS, true);
      var thread = Thread.ofVirtual().start(() -> result.set(session.run(request, event -> {})));
      await(() -> TestHost.sleeping(marker).size() == 2);
      thread.interrupt();
      thread.join();
    }
    assertThat(result.get().status()).isEqualTo(Status.CANCELLED);
    assertThat(result.get().survivors()).isEmpty();
    assertThat(TestHost.sleeping(marker)).isEmpty();
    assertThat(run(PARENT, Map.of(), true).output()).contains("starter.py");
  }

  @Test
  void one_starter_begins_many_runs_at_once() throws Exception {
    warmUp();
    try (var threads = Executors.newFixedThreadPool(10)) {
      var tasks = new ArrayList<Callable<Observed>>();
      for (var i = 0; i < 10; i++) {
        var request = request(Map.of("site.yml", PARENT), RunOptions.DEFAULTS, true);
        tasks.add(() -> run(request));
      }
      for (var each : threads.invokeAll(tasks)) {
        assertThat(each.get().result().succeeded()).isTrue();
        assertThat(each.get().output()).contains("starter.py");
      }
    }
    assertThat(starters()).hasSize(1);
  }

  @Test
  void a_file_that_was_imported_and_has_changed_since_is_imported_anew() throws Exception {
    warmUp();
    var imported = Path.of(run(where("ansible.playbook.play"), Map.of(), false).value("FILE"));
    var content = Files.readString(imported);
    Files.writeString(imported, content + "\n# changed\n");
    try {
      var run = warmUp(() -> run(PARENT, Map.of(), true));
      assertThat(run.output()).doesNotContain("starter.py");
      assertThat(run.runnerLog()).contains("has changed");
    } finally {
      Files.writeString(imported, content);
    }
  }

  @Test
  void an_environment_goes_with_its_starter() throws Exception {
    try (var own = host.open()) {
      host.ensure(own, "warm_2", TestHost.lock());
      warmUp();
      assertThat(own.remove("warm_2").environment()).isFalse();
      assertThat(starters()).hasSize(1);
      var starter = process(starters().getFirst()).orElseThrow();
      assertThat(own.remove(VENV).environment()).isTrue();
      assertThat(starters()).isEmpty();
      await(() -> !starter.isAlive());
      host.ensure(own, VENV, TestHost.lock());
    }
  }

  /// What can be seen of a run, without what differs between any two.
  private record Observed(
      RunResult result, String output, List<String> events, List<String> files, String runnerLog) {

    String value(String name) {
      return output
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("\"msg\": \"" + name + "="))
          .map(line -> line.substring(name.length() + 9, line.length() - 1))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String where(String module) {
    return """
    - hosts: all
      gather_facts: false
      tasks:
        - ansible.builtin.debug: msg="FILE={{ lookup('pipe', ansible_playbook_python + ' -c \\"import %1$s; print(%1$s.__file__)\\"') }}"
    """
        .formatted(module);
  }

  private static void warmUp() {
    warmUp(() -> run(PARENT, Map.of(), true));
  }

  /// Waits for the starter that a cold run has left.
  private static Observed warmUp(Supplier<Observed> run) {
    var before = ready();
    var observed = run.get();
    await(() -> !before.containsAll(ready()));
    return observed;
  }

  private static Observed run(String playbook, Map<String, String> more, boolean warm) {
    var files = new TreeMap<String, String>(more);
    files.put("site.yml", playbook);
    return run(files, RunOptions.DEFAULTS, warm);
  }

  private static Observed run(Path project, boolean warm) {
    try (var found = Files.walk(project)) {
      var files =
          found
              .filter(Files::isRegularFile)
              .collect(
                  Collectors.toMap(
                      file -> project.relativize(file).toString(), WarmRunIT::content));
      var options = OPTIONS.getOrDefault(project.getFileName().toString(), RunOptions.DEFAULTS);
      return run(files, options, warm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Observed run(Map<String, String> files, RunOptions options, boolean warm) {
    return run(request(files, options, warm));
  }

  private static Observed run(RunRequest request) {
    var output = new ByteArrayOutputStream();
    var events = new ArrayList<String>();
    try (var session = host.open()) {
      var result =
          session.run(
              request,
              event -> {
                collect(event, output);
                if (event instanceof Event.JobEvent job) {
                  events.add(job.name() + " " + new TreeMap<>(job.fields()).keySet());
                }
              });
      var place = host.run(request.id());
      return new Observed(
          result,
          stable(output.toString(UTF_8), request.id().text()),
          events,
          names(place),
          content(place.resolve("runner.log")));
    }
  }

  private static RunRequest request(Map<String, String> files, RunOptions options, boolean warm) {
    var request = host.request(VENV, TestHost.lock(), files.get("site.yml"), files);
    var inventory =
        files.containsKey("hosts")
            ? new Inventory(
                "testhost",
                false,
                List.of(new Inventory.Source.InProject("hosts")),
                Map.of(),
                List.of())
            : request.inventory();
    return new VariedRequest(request)
        .inventory(inventory)
        .extraVars(Map.of("token", "of-this-run"))
        .options(options)
        .warm(warm)
        .get();
  }

  private static void collect(Event event, ByteArrayOutputStream output) {
    if (event instanceof Event.OutputChunk(var chunk)) {
      while (chunk.hasRemaining()) {
        output.write(chunk.get());
      }
    }
  }

  /// Process numbers, times, addresses and names that are drawn by lot.
  private static String stable(String text, String run) {
    return text.replace(run, "RUN")
        .replaceAll("ansible-local-\\d+[a-z0-9_]+(/tmp\\w+)?", "LOCAL")
        .replaceAll("ansible-tmp-[\\d.]+-\\d+-\\d+", "TEMPORARY")
        .replaceAll("(/dev/shm/ansible-venv-RUN-)[0-9a-f]+", "$1SECRET")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d[.,]?\\d*", "TIME")
        .replaceAll("\\b0:\\d\\d:\\d\\d\\.\\d+|[a-z]\\d{6,}\\.\\d+", "DURATION")
        .replaceAll("0x[0-9a-f]{6,}", "ADDRESS")
        .replaceAll("AnsiballZ_\\w+", "MODULE")
        .replaceAll("(pipe|socket):\\[\\d+]|/tmp/#\\d+|SigQ:\\\\t\\d+|\\(\\d+ bytes\\)", "NUMBER")
        .replaceAll("/proc/\\d+/", "/proc/NUMBER/");
  }

  /// All but what the two may have between them, and Python's bytecode.
  private static List<String> names(Path place) {
    try (var found = Files.walk(place)) {
      return found
          .map(path -> place.relativize(path).toString())
          .filter(name -> !name.contains("__pycache__") && !name.startsWith("ansible/tmp"))
          .map(name -> name.replaceAll("ansible-local-.*", "LOCAL"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> starters() {
    try (var found = Files.list(host.store().resolve("warm"))) {
      return found.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Their sockets: one that is started anew has another.
  private static Set<Object> ready() {
    var sockets = new HashSet<Object>();
    for (var starter : starters()) {
      try {
        sockets.add(Files.getAttribute(starter.resolve("socket"), "unix:ino"));
      } catch (IOException e) {
        // Not yet, or no more.
        continue;
      }
    }
    return sockets;
  }

  private static Optional<ProcessHandle> process(Path starter) {
    var pid = content(starter.resolve("starter.json")).replaceFirst(".*\"pid\": (\\d+).*", "$1");
    return ProcessHandle.of(Long.parseLong(pid));
  }

  private static void kill(Path starter) {
    var process = process(starter);
    process.ifPresent(ProcessHandle::destroyForcibly);
    await(() -> process.isEmpty() || !process.get().isAlive());
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  private static void remove(Path starter) {
    try (var found = Files.walk(starter)) {
      found.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Callable<Boolean> condition) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(10);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunOptions options(int verbosity, boolean check) {
    return new RunOptions(
        List.of(),
        List.of(),
        "",
        "",
        "",
        "",
        0,
        verbosity,
        check ? Set.of(RunOptions.Flag.CHECK, RunOptions.Flag.DIFF) : Set.of());
  }
}
