package dev.ansiblevenv.core.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ansiblevenv.core.session.HostSession;
import dev.ansiblevenv.diagnostic.HostUnreachable;
import dev.ansiblevenv.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JumpHostIT {

  @TempDir private Path directory;
  private final Map<String, SshServer> servers = new HashMap<>();
  private final List<String> blocks = new ArrayList<>();
  private Path runtime;

  /// Whoever logs in has the jump host for themselves: with plain `ProxyJump`, all but one of those
  /// who come at once are turned away.
  @BeforeEach
  void a_jump_host_that_lets_in_one_at_a_time() throws IOException {
    runtime = Files.createDirectory(directory.resolve("run"));
    server("bastion", "", "MaxStartups 1:100:1");
  }

  @AfterEach
  void end_servers() {
    servers.values().forEach(SshServer::close);
  }

  @Test
  void many_hosts_behind_it_log_in_to_it_once_and_nothing_stays_behind() throws Exception {
    var hosts = List.of("one", "two", "three", "four", "five", "six");
    for (var host : hosts) {
      server(host, "ProxyJump bastion");
    }
    var homes = new ArrayList<String>();
    try (var jumps = new JumpHosts(environment());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> tasks =
          hosts.stream().<Callable<String>>map(host -> () -> home(jumps, transport(host))).toList();
      for (var home : threads.invokeAll(tasks)) {
        homes.add(home.get());
      }
      assertThat(masters()).hasSize(1);
    }
    assertThat(homes)
        .containsExactlyElementsOf(
            hosts.stream().map(host -> servers.get(host).home().toString()).toList());
    assertThat(logins("bastion")).isEqualTo(1);
    assertThat(logins("one")).isEqualTo(1);
    assertThat(masters()).isEmpty();
    assertThat(runtime).isEmptyDirectory();
  }

  @Test
  void the_inventory_may_name_it_in_any_way_that_ssh_knows() throws Exception {
    server("one", "");
    try (var jumps = new JumpHosts(environment())) {
      for (var arguments :
          List.of(
              List.of("-J", "bastion"),
              List.of("-4Jbastion"),
              List.of("-o", "ProxyJump=bastion"),
              List.of("-oproxyjump bastion"))) {
        assertThat(home(jumps, transport("one", arguments)))
            .isEqualTo(servers.get("one").home().toString());
      }
    }
    assertThat(logins("bastion")).isEqualTo(1);
  }

  @Test
  void there_may_be_several_on_the_way() throws Exception {
    server("inner", "ProxyJump bastion");
    server("one", "ProxyJump bastion,inner");
    try (var jumps = new JumpHosts(environment())) {
      assertThat(home(jumps, transport("one"))).isEqualTo(servers.get("one").home().toString());
    }
    assertThat(logins("bastion")).isEqualTo(1);
    assertThat(logins("inner")).isEqualTo(1);
  }

  @Test
  void one_that_cannot_be_reached_is_named_and_so_is_the_reason() throws Exception {
    server("one", "ProxyJump bastion");
    servers.get("bastion").close();
    assertThat(failure(transport("one")))
        .hasMessageContaining("cannot be reached: its jump host `bastion` refuses the connection")
        .satisfies(failure -> assertThat(failure.where()).isEqualTo("one"));
  }

  @Test
  void its_key_has_to_be_known_too() throws Exception {
    server("one", "ProxyJump bastion");
    servers.get("bastion").changeKey();
    assertThat(failure(transport("one"))).hasMessageContaining("another host key than the one");
    Files.writeString(servers.get("bastion").knownHosts(), "");
    assertThat(failure(transport("one")))
        .satisfies(failure -> assertThat(failure.next()).contains("ansible-venv enroll bastion"));
  }

  @Test
  void a_host_behind_it_that_refuses_is_told_apart() throws Exception {
    server("one", "ProxyJump bastion");
    servers.get("one").close();
    assertThat(failure(transport("one")))
        .hasMessageContaining("cannot be reached through the jump host");
  }

  @Test
  void when_it_goes_away_its_hosts_are_lost_and_none_is_looked_for_elsewhere() throws Exception {
    server("one", "ProxyJump bastion");
    try (var jumps = new JumpHosts(environment())) {
      var way = jumps.reached(transport("one"));
      masters().forEach(ProcessHandle::destroyForcibly);
      masters().forEach(process -> process.onExit().join());
      var failure =
          catchThrowableOfType(
              HostUnreachable.class,
              () -> {
                try (var session = HostSession.open(way, "")) {
                  session.facts();
                }
              });
      assertThat(failure).hasMessageContaining("the connection to its jump host `bastion` ended");
      assertThat(logins("one")).isZero();
      assertThat(home(jumps, transport("one"))).isEqualTo(servers.get("one").home().toString());
    }
  }

  @Test
  void a_host_with_a_control_path_of_its_own_is_left_to_that() throws Exception {
    server("one", "ProxyJump bastion\n  ControlPath " + directory + "/%C");
    try (var jumps = new JumpHosts(environment())) {
      var transport = transport("one");
      assertThat(jumps.reached(transport)).isSameAs(transport);
    }
    assertThat(logins("bastion")).isZero();
  }

  @Test
  void a_host_name_that_a_shell_could_obey_is_not_put_into_a_line_for_one() throws Exception {
    var mark = directory.resolve("mark");
    blocks.add("Host one\n  HostName $(touch${IFS}" + mark + ")\n  ProxyJump bastion\n");
    configuration();
    var transport = transport("one");
    try (var jumps = new JumpHosts(environment())) {
      assertThat(jumps.reached(transport)).isSameAs(transport);
    }
    assertThat(mark).doesNotExist();
  }

  @Test
  void where_the_usual_place_is_too_long_for_a_socket_another_is_taken() throws Exception {
    server("one", "ProxyJump bastion");
    runtime = Files.createDirectory(directory.resolve("a".repeat(90)));
    try (var jumps = new JumpHosts(environment())) {
      assertThat(home(jumps, transport("one"))).isEqualTo(servers.get("one").home().toString());
      assertThat(runtime).isEmptyDirectory();
    }
  }

  /// Connects to the jump host and waits.
  static final class Caller {
    public static void main(String[] arguments) throws Exception {
      var destination =
          new SshDestination(
              "one", "one", OptionalInt.empty(), "", "", List.of("-F", arguments[0]));
      new JumpHosts(Map.of("PATH", System.getenv("PATH"), "XDG_RUNTIME_DIR", arguments[1]))
          .reached(new SshTransport(destination, System.getenv()));
      System.out.println("connected");
      Thread.sleep(SECONDS.toMillis(600));
    }
  }

  @Test
  void it_does_not_outlive_a_caller_who_is_killed() throws Exception {
    server("one", "ProxyJump bastion");
    var caller =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Caller.class.getName(),
                configuration().toString(),
                runtime.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(caller.inputReader().readLine()).isEqualTo("connected");
    assertThat(masters()).hasSize(1);

    caller.destroyForcibly().waitFor();

    for (var attempt = 0; attempt < 200 && isNotEmpty(runtime); attempt++) {
      Thread.sleep(50);
    }
    assertThat(runtime).isEmptyDirectory();
    assertThat(masters()).isEmpty();
  }

  private static boolean isNotEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isPresent();
    }
  }

  private void server(String name, String configured, String... settings) throws IOException {
    var server = SshServer.start(directory.resolve(name), settings).makeKnown();
    servers.put(name, server);
    blocks.add(
        "Host %s\n  HostName 127.0.0.1\n  Port %d\n  UserKnownHostsFile %s\n  IdentityFile %s\n  %s\n"
            .formatted(name, server.port(), server.knownHosts(), server.privateKey(), configured));
    configuration();
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        directory.resolve("config"),
        String.join("", blocks)
            + "Host *\n  GlobalKnownHostsFile /dev/null\n  IdentitiesOnly yes\n  IdentityAgent none\n");
  }

  private SshTransport transport(String host, List<String> arguments) {
    var all = new ArrayList<>(List.of("-F", directory.resolve("config").toString()));
    all.addAll(arguments);
    return new SshTransport(
        new SshDestination(host, host, OptionalInt.empty(), "", "", all), environment());
  }

  private SshTransport transport(String host) {
    return transport(host, List.of());
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    environment.put("XDG_RUNTIME_DIR", runtime.toString());
    return environment;
  }

  private static String home(JumpHosts jumps, SshTransport transport) throws InterruptedException {
    try (var session = HostSession.open(jumps.reached(transport), "")) {
      return session.facts().home();
    }
  }

  private HostUnreachable failure(SshTransport transport) {
    try (var jumps = new JumpHosts(environment())) {
      return catchThrowableOfType(HostUnreachable.class, () -> home(jumps, transport));
    }
  }

  private long logins(String server) {
    return servers
        .get(server)
        .log()
        .lines()
        .filter(line -> line.startsWith("Accepted publickey"))
        .count();
  }

  /// The connections to jump hosts that were made in this test.
  private List<ProcessHandle> masters() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").endsWith("/ssh"))
        .filter(process -> {
          var arguments = List.of(process.info().arguments().orElse(new String[0]));
          return arguments.contains("-M")
              && arguments.contains(directory.resolve("config").toString());
        })
        .toList();
  }
}
