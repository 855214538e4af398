package dev.ansiblevenv.orchestration.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.ExclusiveLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The real ansible-core as the judge of inventories. Its environment is made once for each user
/// and kept.
final class AnsibleInventory {

  static final String VERSION = "2.19.14";

  private AnsibleInventory() {}

  /// What `ansible-inventory --list` says of each file; `{"error": …}` for what it does not read.
  static List<Map<String, Object>> list(Path directory, List<Path> files)
      throws IOException, InterruptedException {
    return list(directory, files, List.of());
  }

  /// Under `selected` also which hosts each pattern selects.
  static List<Map<String, Object>> list(Path directory, List<Path> files, List<String> patterns)
      throws IOException, InterruptedException {
    var names = directory.resolve("names");
    var out = directory.resolve("out");
    var errors = directory.resolve("errors");
    Files.write(
        names,
        files.stream()
            .map(file ->
                String.join(
                    "\t", Stream.concat(Stream.of(file.toString()), patterns.stream()).toList()))
            .toList(),
        UTF_8);
    var script = Path.of("src/test/python/inventory_oracle.py").toAbsolutePath();
    var builder = new ProcessBuilder(python().toString(), script.toString());
    var configuration = Files.writeString(directory.resolve("ansible.cfg"), "");
    clean(builder, configuration);
    builder.directory(directory.toFile());
    builder.redirectInput(names.toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(errors.toFile());
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException(Files.readString(errors));
    }
    var documents = new ArrayList<Map<String, Object>>();
    for (var line : Files.readAllLines(out, UTF_8)) {
      documents.add(JSON.std.mapFrom(line));
    }
    return documents;
  }

  private static void clean(ProcessBuilder builder, Path configuration) {
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    environment.put("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "true");
    environment.put("ANSIBLE_CONFIG", configuration.toString());
    environment.put("LC_ALL", "C.UTF-8");
  }

  private static Path python() throws IOException, InterruptedException {
    var home = Path.of(System.getProperty("user.home"), ".cache", "ansible-venv-tests");
    var environment = home.resolve("ansible-core-" + VERSION);
    var ready = environment.resolve("READY");
    try (var _ = ExclusiveLock.acquire(home.resolve("ansible-core-" + VERSION + ".lock"))) {
      if (!Files.exists(ready)) {
        run("python3", "-m", "venv", "--clear", environment.toString());
        run(
            environment.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "ansible-core==" + VERSION);
        Files.createFile(ready);
      }
    }
    return environment.resolve("bin/python");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + output);
    }
  }
}
