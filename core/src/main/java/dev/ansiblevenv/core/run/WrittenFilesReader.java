package dev.ansiblevenv.core.run;

import dev.ansiblevenv.core.agent.AgentConnection;
import dev.ansiblevenv.core.agent.Answer;
import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Asks a host what runs have written.
public final class WrittenFilesReader {

  private final AgentConnection connection;

  public WrittenFilesReader(AgentConnection connection) {
    this.connection = connection;
  }

  public WrittenFiles list(RunId run) throws InterruptedException {
    var answer = connection.send(Map.of("type", "files", "run", run.text())).last(interim -> {});
    return new WrittenFiles(
        answer.text("directory"),
        answer.flag("in_place"),
        answer.number("total").intValue(),
        answer.objects("files").stream().map(WrittenFilesReader::file).toList());
  }

  private static WrittenFile file(Message file) {
    return new WrittenFile(
        file.text("path"),
        switch (file.text("kind")) {
          case "f" -> WrittenFile.Kind.FILE;
          case "d" -> WrittenFile.Kind.DIRECTORY;
          case "l" -> WrittenFile.Kind.LINK;
          default -> WrittenFile.Kind.OTHER;
        },
        file.number("size").longValue(),
        file.number("mode").intValue(),
        WrittenFile.Change.valueOf(file.text("change").toUpperCase(Locale.ROOT)));
  }

  /// Writes a file's content, as it is on the host now.
  ///
  /// @param max bytes; a longer file ends the transfer
  /// @throws dev.ansiblevenv.diagnostic.Failure when it is longer, not there, or no file any more
  public void get(RunId run, String path, long max, OutputStream out) throws InterruptedException {
    var digest = Sha256.digest();
    var left = new AtomicLong(max);
    var call = connection.send(Map.of("type", "get-file", "run", run.text(), "path", path));
    try {
      var answer =
          call.last(piece -> {
            if (piece instanceof Answer.Content(var bytes)) {
              if (left.addAndGet(-bytes.remaining()) < 0) {
                throw notWhole(path, "it is longer than " + max + " bytes");
              }
              var content = new byte[bytes.remaining()];
              bytes.get(content);
              digest.update(content);
              write(out, content);
            }
          });
      if (!Sha256.hex(digest).equals(answer.text("sha256"))) {
        throw notWhole(path, "it was damaged on the way");
      }
    } finally {
      call.abandon();
    }
  }

  private static InvalidInput notWhole(String path, String why) {
    return new InvalidInput("a file did not arrive whole", path, why, "");
  }

  private static void write(OutputStream out, byte[] content) {
    try {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
