package dev.ansiblevenv.analysis.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/// One Python process that loads documents with Ansible's own DataLoader and answers with the
/// canonical text of what came out, written by a second, independent renderer.
final class AnsibleLoader implements AutoCloseable {

  private static final Path SCRIPT = Path.of("src", "test", "python", "ansible_loader.py");
  private static final Pattern ANSWER =
      Pattern.compile("\\{\"(text|error)\": \"((?:[^\"\\\\]|\\\\.)*+)\"}");

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  AnsibleLoader(Path python) throws IOException {
    process =
        new ProcessBuilder(python.toString(), "-I", SCRIPT.toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
  }

  /// What came out: the canonical text, or the reason for which Ansible refuses the document.
  record Outcome(boolean loaded, String text) {}

  Outcome load(byte[] content) throws IOException {
    requests.write(Base64.getEncoder().encodeToString(content) + "\n");
    requests.flush();
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("the loader has ended");
    }
    var match = ANSWER.matcher(line);
    if (!match.matches()) {
      throw new IOException("not an answer: " + line);
    }
    return new Outcome(match.group(1).equals("text"), unescaped(match.group(2)));
  }

  private static String unescaped(String json) {
    var text = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = json.charAt(++i);
      switch (c) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
          i += 4;
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }
}
