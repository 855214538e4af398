package dev.ansiblevenv.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A Galaxy v3 server on a free loopback port over a directory of real collection tarballs. Runs
/// from [Builder#start] to [#close]; it cannot outlive the JVM, because it ends with its standard
/// input.
///
/// ```java
/// try (var server = GalaxyServer.over(RealCollections.directory()).token("s3cret").start()) {
///   server.url();
/// }
/// ```
public final class GalaxyServer implements AutoCloseable {

  private final Process process;
  private final URI url;
  private final Path log;

  private GalaxyServer(Process process, URI url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  /// @param artifacts holds the tarballs, each `namespace-name-version.tar.gz`; read once at start
  public static Builder over(Path artifacts) {
    return new Builder(artifacts);
  }

  /// What clients are configured with: `http://127.0.0.1:PORT/api/`.
  public String url() {
    return url.toString();
  }

  /// Scheme, host and port alone: `http://127.0.0.1:PORT`.
  public String root() {
    return "http://" + url.getAuthority();
  }

  /// Every request answered so far, in the order of the answers.
  public List<Request> requests() {
    try {
      return Files.readAllLines(log).stream().map(Request::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One request the server answered.
  ///
  /// @param path with its query
  /// @param authorization the scheme of the header `Authorization` (`Token`, `Bearer`, `Basic`),
  ///   `-` without one
  public record Request(String method, String path, int status, String authorization) {

    private static Request parse(String line) {
      var fields = line.split(" ", -1);
      return new Request(fields[0], fields[1], Integer.parseInt(fields[2]), fields[3]);
    }
  }

  /// How the server is to behave. Without any option it answers like a healthy Pulp server that
  /// asks for no token.
  public static final class Builder {

    private final List<String> arguments = new ArrayList<>();

    private Builder(Path artifacts) {
      option("--artifacts", artifacts.toString());
    }

    /// Answer 401 unless a request carries this token as `Token` or `Bearer`.
    public Builder token(String token) {
      return option("--token", token);
    }

    /// Serve roles, too, by the v1 API.
    ///
    /// @param directory holds them as `owner.name,version.tar.gz`
    public Builder roles(Path directory) {
      return option("--roles", directory.toString());
    }

    /// At most this many versions on a page, so that a short list spans several.
    public Builder page(int size) {
      return option("--page", String.valueOf(size));
    }

    /// Download URLs without scheme and host.
    public Builder relative() {
      arguments.add("--relative");
      return this;
    }

    /// 302 from the short routes to Pulp's long ones, as the public Galaxy answers.
    public Builder redirect() {
      arguments.add("--redirect");
      return this;
    }

    /// 302 from each tarball to the same path on another host.
    public Builder downloadsFrom(String root) {
      return option("--download-host", root);
    }

    /// Latency added to each request.
    public Builder delay(int milliseconds) {
      return option("--delay-ms", String.valueOf(milliseconds));
    }

    /// The first `count` requests of any kind answer `status`.
    public Builder fail(int count, int status) {
      return option("--fail", count + ":" + status);
    }

    /// The first `count` downloads of a tarball answer `status`.
    public Builder failDownloads(int count, int status) {
      return option("--fail-download", count + ":" + status);
    }

    /// The first `count` downloads of a tarball break off in the middle.
    public Builder truncate(int count) {
      return option("--truncate", String.valueOf(count));
    }

    /// One byte of every tarball whose name starts so is flipped on its way.
    public Builder corrupt(String prefix) {
      return option("--corrupt", prefix);
    }

    /// `pulp` (the default) or `amanda`, whose answers are the scantiest in the field.
    public Builder style(String style) {
      return option("--style", style);
    }

    /// Accept published tarballs; they are written into the directory.
    public Builder publish() {
      arguments.add("--publish");
      return this;
    }

    private Builder option(String name, String value) {
      arguments.addAll(List.of(name, value));
      return this;
    }

    /// Starts the server and returns once it listens.
    public GalaxyServer start() {
      try {
        var log = Files.createTempFile("galaxy", ".log");
        option("--log", log.toString());
        var process = PythonScripts.process("galaxy_server.py", arguments).start();
        var output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var url = Objects.requireNonNull(output.readLine(), "the Galaxy server did not start");
        return new GalaxyServer(process, URI.create(url), log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
