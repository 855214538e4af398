package dev.ansiblevenv.formats.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/// The oracle is Ansible's own configuration manager: each value as it is written and by each type.
class AnsibleReadsTheSameSettingsIT {

  private static final List<String> PIECES =
      List.of(
          "[defaults]",
          "[defaults]\n",
          "[galaxy]\n",
          "[DEFAULT]\n",
          "[a]b]\n",
          "[]\n",
          "roles_path",
          "Roles_Path",
          "forks",
          "=",
          "=",
          ":",
          " = ",
          "\n",
          "\n",
          "\n ",
          "\n\t",
          "\n\n",
          "\r\n",
          "\r",
          "#",
          " #",
          ";",
          " ;",
          "; ",
          "a",
          "'a'",
          "\"a b\"",
          "a,b",
          "a:b",
          " ",
          "~",
          "~/",
          "~root/x",
          "~nobodyknows",
          "$V",
          "${V}",
          "$W",
          "${",
          "$",
          "{{CWD}}",
          "{{ CWD }}",
          "/",
          "//x",
          "..",
          "./",
          "yes",
          "True",
          "0",
          "%(x)s",
          "\u00a0",
          "\u0085",
          "\u2028",
          "é",
          "\\",
          "'a\\'",
          "\u001c",
          "[x",
          "]");
  private static final Path DIRECTORY = temporary();
  private static final Path FILE = DIRECTORY.resolve("project/ansible.cfg");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", DIRECTORY.resolve("home") + "/", "V", "v/$HOME", "LC_ALL", "C.UTF-8");
  private static final List<String> NAMES =
      List.of("defaults/roles_path", "defaults/forks", "galaxy/roles_path");
  private static final Process ANSIBLE = start();
  private static final Writer REQUESTS = ANSIBLE.outputWriter(UTF_8);
  private static final BufferedReader ANSWERS = ANSIBLE.inputReader(UTF_8);

  private static Path temporary() {
    try {
      var directory = Files.createTempDirectory("settings").toRealPath();
      Files.createDirectories(directory.resolve("project"));
      return directory;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process start() {
    var command = new ArrayList<String>();
    command.add(AnsibleEnvironment.get().python().toString());
    command.addAll(
        List.of("-I", Path.of("src/test/python/ansible_settings.py").toAbsolutePath().toString()));
    command.add(FILE.toString());
    command.addAll(NAMES);
    try {
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().clear();
      builder.environment().putAll(ENVIRONMENT);
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterContainer
  static void stop() throws IOException {
    REQUESTS.close();
    ANSIBLE.destroy();
  }

  @Property(tries = 2500)
  void files_of_random_pieces(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var text = new StringBuilder(random.nextInt(8) == 0 ? "" : "[defaults]\n");
    for (var i = random.nextInt(16); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    requireSame(text.toString());
  }

  @Property(tries = 1500)
  void values_of_random_pieces(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var text = new StringBuilder("[defaults]\nroles_path = ");
    for (var i = random.nextInt(6); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    requireSame(text.toString());
  }

  private static void requireSame(String text) throws IOException {
    REQUESTS.write(Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "\n");
    REQUESTS.flush();
    // Before ours: both write the file.
    var theirs = ANSWERS.readLine();
    if (theirs.equals("crash")) {
      return;
    }
    assertThat(ours(text)).as("<%s>", escaped(text)).isEqualTo(theirs);
  }

  private static String escaped(String text) {
    return text.chars()
        .mapToObj(c -> c >= ' ' && c < 127 ? String.valueOf((char) c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }

  private static String ours(String text) throws IOException {
    Files.writeString(FILE, text);
    AnsibleSettings settings;
    try {
      settings = AnsibleSettings.read(FILE, DIRECTORY, ENVIRONMENT);
    } catch (InvalidInput e) {
      return "error";
    }
    return NAMES.stream().map(name -> answers(settings, name)).collect(Collectors.joining(" "));
  }

  private static String answers(AnsibleSettings settings, String key) {
    var section = key.substring(0, key.indexOf('/'));
    var name = SettingName.of("UNSET", section, key.substring(key.indexOf('/') + 1));
    var raw = settings.inFile(section, name.keys().getFirst().key());
    return raw.map(setting ->
            String.join(
                " ",
                encoded(setting.value()),
                encoded(settings.string(name).orElseThrow()),
                list(settings.list(name)),
                settings.bool(name).orElseThrow() ? "True" : "False",
                encoded(settings.path(name).orElseThrow().toString()),
                list(settings.paths(name).stream().map(Path::toString).toList()),
                list(settings.pathList(name).stream().map(Path::toString).toList())))
        .orElse("none");
  }

  private static String list(List<String> texts) {
    return texts.stream()
        .map(AnsibleReadsTheSameSettingsIT::encoded)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
