package dev.ansiblevenv.orchestration.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ansiblevenv.core.run.Secret;
import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A file that holds a password, or an executable one that prints it, by the rules of
/// [ansible.parsing.vault](https://github.com/ansible/ansible/blob/devel/lib/ansible/parsing/vault/__init__.py).
/// No error quotes what was read or printed.
///
/// @param purpose what the password is for, as errors name it
/// @param environment of an executable
record SecretFile(String purpose, Path file, Map<String, String> environment) {

  private static final int LARGEST = 1 << 16;
  private static final Pattern CLIENT = Pattern.compile(".*-client(\\.[^./]*)?");

  /// White space as Python's `bytes.strip` knows it.
  private static final Pattern AROUND =
      Pattern.compile("^[ \\t\\n\\r\\x0b\\f]+|[ \\t\\n\\r\\x0b\\f]+\\z");

  private static final Pattern LINE_BREAKS_AROUND = Pattern.compile("^[\\r\\n]+|[\\r\\n]+\\z");

  /// @param label what a script is told whose name ends in `-client`; empty for others
  /// @throws InvalidInput when there is no password to be had
  /// @throws Cancelled when the thread is interrupted while a script runs
  Secret read(String label) {
    if (Files.isDirectory(file)) {
      throw failed("it is a directory", null);
    }
    try {
      return isExecutable() ? printed(label) : of(AROUND, ISO_8859_1.decode(content()).toString());
    } catch (NoSuchFileException e) {
      throw failed("there is no such file on this machine", e);
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()), e);
    }
  }

  /// A password that somebody typed.
  ///
  /// @throws InvalidInput when it is empty
  static Secret typed(String purpose, byte[] text) {
    return new SecretFile(purpose, Path.of("(the prompt)"), Map.of())
        .of(LINE_BREAKS_AROUND, new String(text, ISO_8859_1));
  }

  private java.nio.ByteBuffer content() throws IOException {
    try (var in = Files.newInputStream(file)) {
      return java.nio.ByteBuffer.wrap(bounded(in.readNBytes(LARGEST + 1)));
    }
  }

  private byte[] bounded(byte[] content) {
    if (content.length > LARGEST) {
      throw failed("it is longer than any password", null);
    }
    return content;
  }

  private boolean isExecutable() throws IOException {
    var permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.OWNER_EXECUTE)
        || permissions.contains(PosixFilePermission.GROUP_EXECUTE)
        || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
  }

  /// A script may ask the person at the terminal itself, so it has our input and error output.
  private Secret printed(String label) throws IOException {
    var command = new ArrayList<>(List.of(file.toString()));
    if (!label.isEmpty() && CLIENT.matcher(file.toString()).matches()) {
      command.addAll(List.of("--vault-id", label));
    }
    var builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new InvalidInput(
          "cannot get the " + purpose,
          file.toString(),
          "it is executable, but cannot be run",
          "if it holds the password itself: `chmod -x " + file + "`",
          e);
    }
    try (var out = process.getInputStream()) {
      var output = bounded(out.readNBytes(LARGEST + 1));
      var code = process.waitFor();
      if (code != 0) {
        throw failed("the script ended with exit code " + code, null);
      }
      return of(LINE_BREAKS_AROUND, new String(output, ISO_8859_1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled("cancelled", file.toString(), "", "", e);
    } finally {
      process.destroy();
    }
  }

  private Secret of(Pattern unwanted, String text) {
    var password = unwanted.matcher(text).replaceAll("");
    if (password.isEmpty()) {
      throw failed("it is empty", null);
    }
    if (AROUND.matcher(password).find()) {
      throw failed("it begins or ends with white space, which gets lost on its way", null);
    }
    return new Secret(password.getBytes(ISO_8859_1));
  }

  private InvalidInput failed(String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new InvalidInput("cannot get the " + purpose, file.toString(), why, "", cause);
  }
}
