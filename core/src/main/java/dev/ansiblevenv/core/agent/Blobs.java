package dev.ansiblevenv.core.agent;

import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Content that the agent may ask for, by SHA-256.
public final class Blobs {

  private static final int PIECE = 1 << 18;

  private final Map<String, Source> sources = new LinkedHashMap<>();

  private final Set<String> fetchable = new HashSet<>();
  private Contents contents = wanted -> Map.of();

  /// Content that costs something to have, such as a download.
  @FunctionalInterface
  public interface Contents {

    /// @param wanted SHA-256s
    /// @return a file for each
    Map<String, Path> files(Set<String> wanted);
  }

  private interface Source {
    long size() throws IOException;

    InputStream open() throws IOException;
  }

  /// Offers a file. Its SHA-256 is returned.
  public String add(Path file) {
    try {
      var name = Sha256.of(file);
      add(name, file);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Offers a file whose SHA-256 is known; the agent checks it.
  public void add(String name, Path file) {
    sources.put(
        name,
        new Source() {
          @Override
          public long size() throws IOException {
            return Files.size(file);
          }

          @Override
          public InputStream open() throws IOException {
            return Files.newInputStream(file);
          }
        });
  }

  /// Offers bytes. Their SHA-256 is returned.
  public String add(byte[] content) {
    var name = Sha256.of(content);
    sources.put(
        name,
        new Source() {
          @Override
          public long size() {
            return content.length;
          }

          @Override
          public InputStream open() {
            return new java.io.ByteArrayInputStream(content);
          }
        });
    return name;
  }

  /// Offers what is made or fetched only when the agent asks for it; the agent checks it.
  public void offer(Set<String> names, Contents from) {
    fetchable.addAll(names);
    contents = from;
  }

  /// Sends what the agent lacks and waits until it has stored all of it.
  ///
  /// @param wanted what the agent asked for
  /// @throws dev.ansiblevenv.diagnostic.Failure also when something of it cannot be had
  public void send(AgentConnection connection, Collection<String> wanted)
      throws InterruptedException {
    var missing = new HashSet<>(wanted);
    missing.removeAll(sources.keySet());
    missing.retainAll(fetchable);
    if (!missing.isEmpty()) {
      contents.files(missing).forEach(this::add);
    }
    try {
      var announced = new ArrayList<Map<String, Object>>();
      var sizes = new LinkedHashMap<String, Long>();
      for (var name : wanted) {
        var source = sources.get(name);
        if (source == null) {
          throw new IllegalStateException("the agent asks for an unknown blob " + name);
        }
        sizes.put(name, source.size());
        announced.add(Map.of("sha256", name, "size", source.size()));
      }
      var exchange = connection.send(Map.of("type", "put-blobs", "blobs", announced));
      for (var entry : sizes.entrySet()) {
        var source = sources.get(entry.getKey());
        if (source != null) {
          sendOne(exchange, source, entry.getValue());
        }
      }
      exchange.last(interim -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Exactly the announced number of bytes, also when the file has changed since: the agent's check
  /// of the hash refuses it then, and the stream stays in step.
  private static void sendOne(Exchange exchange, Source source, long size) throws IOException {
    try (var in = source.open()) {
      for (var left = size; left > 0; ) {
        var piece = in.readNBytes((int) Math.min(PIECE, left));
        if (piece.length == 0) {
          piece = new byte[(int) Math.min(PIECE, left)];
        }
        exchange.sendBlob(piece);
        left -= piece.length;
      }
    }
  }
}
