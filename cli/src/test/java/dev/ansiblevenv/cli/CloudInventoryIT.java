package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ansiblevenv.testing.GalaxyServer;
import dev.ansiblevenv.testing.RealCollections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real plugin `amazon.aws.aws_ec2`, with its collection and boto3, asks a cloud of our own.
final class CloudInventoryIT {

  private static final String INSTANCE =
      """
      <item><reservationId>r-%1$s</reservationId><ownerId>1</ownerId><groupSet/><instancesSet><item>
        <instanceId>i-%1$s</instanceId><instanceState><code>16</code><name>running</name></instanceState>
        <placement><availabilityZone>us-east-1a</availabilityZone></placement><privateIpAddress>%2$s</privateIpAddress>
        <tagSet><item><key>Name</key><value>%1$s</value></item><item><key>role</key><value>web</value></item></tagSet>
      </item></instancesSet></item>
      """;

  private static final String DENIED =
      "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no rights here</Message></Error></Errors><RequestID>x</RequestID></Response>";

  private static final String CONFIGURATION =
      """
      plugin: amazon.aws.aws_ec2
      regions: [us-east-1]
      endpoint_url: http://127.0.0.1:%d
      hostnames: ["tag:Name"]
      keyed_groups: [{key: tags.role, prefix: role}]
      compose: {ansible_host: private_ip_address}
      """;

  private static final String CACHED =
      """
      cache: true
      cache_plugin: ansible.builtin.jsonfile
      cache_connection: %s
      """;

  @TempDir private Path temporary;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer cloud;

  @BeforeEach
  void start_cloud() throws IOException {
    cloud = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cloud.createContext("/", this::answer);
    cloud.start();
  }

  @AfterEach
  void stop_cloud() {
    cloud.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var isDenied = asked.incrementAndGet() > 2;
    var instances = INSTANCE.formatted("one", "192.0.2.1") + INSTANCE.formatted("two", "192.0.2.2");
    var text =
        isDenied
            ? DENIED
            : "<DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>x</requestId><reservationSet>"
                + instances
                + "</reservationSet></DescribeInstancesResponse>";
    exchange.sendResponseHeaders(isDenied ? 403 : 200, text.getBytes(UTF_8).length);
    exchange.getResponseBody().write(text.getBytes(UTF_8));
    exchange.close();
  }

  @Test
  void a_cloud_is_asked_once_a_command_or_less_often_as_its_plugin_says() throws Exception {
    var artifacts = RealCollections.copy(temporary.resolve("artifacts"), "amazon.aws");
    try (var galaxy = GalaxyServer.over(artifacts).start()) {
      var plain = Program.in(Files.createDirectory(temporary.resolve("project"))).asking(galaxy);
      var environment = new HashMap<>(plain.environment());
      environment.put("AWS_ACCESS_KEY_ID", "key");
      environment.put("AWS_SECRET_ACCESS_KEY", "secret");
      var program = new Program(plain.directory(), environment, "");
      program.file("ansible.cfg", "[defaults]\ninventory = inventories/cloud\n");
      var configuration = CONFIGURATION.formatted(cloud.getAddress().getPort());
      program.file(
          "inventories/cloud/10.aws_ec2.yml",
          configuration + CACHED.formatted(temporary.resolve("kept")));
      program.file(
          "inventories/cloud/20-constructed.yml",
          "plugin: constructed\nstrict: true\ngroups: {second: \"ansible_host is match('.*2$')\"}\n");

      var web = program.run("list-host", "role_web");
      assertThat(web.output()).as(web.errorOutput()).contains("one", "two");
      assertThat(program.run("list-host", "second").output()).contains("two").doesNotContain("one");
      assertThat(asked).hasValue(1);

      program.file("inventories/cloud/10.aws_ec2.yml", configuration);
      assertThat(program.run("list-host", "second").output()).contains("two");
      assertThat(asked).hasValue(2);

      var denied = program.run("list-host", "second");
      assertThat(denied.exitCode()).isEqualTo(3);
      assertThat(denied.errorOutput())
          .contains("inventories/cloud/10.aws_ec2.yml", "UnauthorizedOperation", "no rights here")
          .hasSizeLessThan(2_000);
    }
  }
}
