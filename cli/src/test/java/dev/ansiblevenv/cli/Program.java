package dev.ansiblevenv.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.cli.output.Console;
import dev.ansiblevenv.testing.GalaxyServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/// The program in this process, in a directory and with an environment of its own.
record Program(Path directory, Map<String, String> environment, String input) {

  record Result(int exitCode, String output, String errorOutput) {

    /// The result behind the events of a run.
    String lastLine() {
      return output.lines().reduce("", (before, line) -> line);
    }
  }

  /// Its home and its cache lie beside the directory that it works in.
  static Program in(Path directory) {
    var environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("ANSIBLE_") || name.startsWith("PYTHON"));
    environment.put("HOME", directory.resolveSibling("home").toString());
    environment.put("XDG_CACHE_HOME", directory.resolveSibling("cache").toString());
    return new Program(directory, environment, "");
  }

  /// Tools that were installed once serve several tests.
  Program sharing(Path cache) {
    var shared = new HashMap<>(environment);
    shared.put("XDG_CACHE_HOME", cache.toString());
    return new Program(directory, shared, input);
  }

  /// With this server as the one that Ansible would ask.
  Program asking(GalaxyServer galaxy) {
    var changed = new HashMap<>(environment);
    changed.put("ANSIBLE_GALAXY_SERVER", galaxy.url());
    return new Program(directory, changed, input);
  }

  Program with(String text) {
    return new Program(directory, environment, text);
  }

  Program file(String name, String text) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Result run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var exitCode = run(out, err, arguments);
    return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /// For what is too long to be kept, or is to be heard of while it comes.
  int run(OutputStream out, OutputStream err, String... arguments) {
    var console =
        new Console(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            80,
            environment,
            directory,
            Clock.system(ZoneId.systemDefault()));
    return Main.run(console, arguments);
  }
}
