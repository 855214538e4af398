package dev.ansiblevenv.core.net;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// A file on its way from a server to a disk.
final class Download {

  private final Http http;
  private final Path target;
  private final Optional<String> sha256;
  private final long most;

  /// @param sha256 what the content must have, where that is known
  /// @param most bytes of it
  Download(Http http, Path target, Optional<String> sha256, long most) {
    this.http = http;
    this.target = target.toAbsolutePath();
    this.sha256 = sha256;
    this.most = most;
  }

  /// @return the SHA-256 of the content
  String from(Request request) {
    var temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(temporary.getParent());
      try {
        var found =
            http.get(
                request,
                most,
                (status, uri, _, body) -> {
                  if (status != 200) {
                    throw refused(uri, status);
                  }
                  var actual = save(body, temporary);
                  check(uri, actual);
                  return actual;
                });
        Files.move(temporary, target, ATOMIC_MOVE);
        return found;
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (UncheckedIOException | IOException e) {
      throw unwritable(e);
    }
  }

  /// An IOException is the network's, an UncheckedIOException the disk's: only the former is
  /// retried.
  private static String save(InputStream body, Path file) throws IOException {
    var digest = Sha256.digest();
    var buffer = new byte[1 << 16];
    try (var out = open(file)) {
      for (int length; (length = body.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, length);
        write(out, buffer, length);
      }
    }
    flush(file);
    return Sha256.hex(digest);
  }

  private void check(URI uri, String actual) {
    if (!actual.equals(sha256.orElse(actual))) {
      throw new Unresolvable(
          "is not the file that was asked for",
          Redacted.url(uri),
          "its sha256 is " + actual + " instead of " + sha256.orElse(""),
          "check the server or proxy between; nothing of it is used");
    }
  }

  private static OutputStream open(Path file) {
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(OutputStream out, byte[] bytes, int length) {
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flush(Path file) {
    try {
      DurableFile.flush(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Unresolvable refused(URI uri, int status) {
    var next =
        status == 401 || status == 403
            ? "give a login in the URL or in ~/.netrc"
            : "check the address";
    return new Unresolvable(
        "cannot fetch", Redacted.url(uri), "the server answers " + status, next);
  }

  private StateConflict unwritable(Exception e) {
    var cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return new StateConflict(
        "cannot write", target.toString(), String.valueOf(cause.getMessage()), "", e);
  }
}
