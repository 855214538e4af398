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
    send(connection, wanted, "");
  }

  /// The same for files of a project.
  ///
  /// @param into the project's directory on the host; empty for the host's store
  public void send(AgentConnection connection, Collection<String> wanted, String into)
      throws InterruptedException {
    begin(connection, wanted, into).last(interim -> {});
  }

  /// Sends without waiting for an answer: what does not arrive will be asked for.
  public void push(AgentConnection connection, Collection<String> wanted, String into) {
    begin(connection, wanted, into).abandon();
  }

  private Exchange begin(AgentConnection connection, Collection<String> wanted, String into) {
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
      var message = new LinkedHashMap<String, Object>();
      message.put("type", "put-blobs");
      message.put("blobs", announced);
      if (!into.isEmpty()) {
        message.put("into", into);
      }
      var exchange = connection.send(message);
      var pieces = new BlobPieces(exchange);
      for (var entry : sizes.entrySet()) {
        var source = sources.get(entry.getKey());
        if (source != null) {
          sendOne(pieces, source, entry.getValue());
        }
      }
      pieces.flush();
      return exchange;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Exactly the announced number of bytes, also when the file has changed since or is gone: the
  /// agent's check of the hash refuses it then, and the stream stays in step.
  private static void sendOne(BlobPieces pieces, Source source, long size) {
    var left = size;
    try (var in = source.open()) {
      while (left > 0) {
        var length = pieces.fill(in, left);
        if (length <= 0) {
          break;
        }
        left -= length;
      }
    } catch (IOException e) {
      // It arrives as something else, and is refused.
    }
    pieces.pad(left);
  }
}
