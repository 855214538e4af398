package dev.ansiblevenv.core.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/// A body that fails when nothing has arrived for a while. Java's client limits the wait for the
/// headers only, and a slow but steady download must not be cut off.
final class StallGuard extends FilterInputStream {

  private final Duration patience;
  private final Thread watch;
  private volatile long lastProgress = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration patience) {
    super(body);
    this.patience = patience;
    this.watch = Thread.ofVirtual().name("body-stall-guard").start(this::watch);
  }

  private void watch() {
    try {
      for (var left = patience; left.isPositive(); ) {
        Thread.sleep(left);
        left = patience.minusNanos(System.nanoTime() - lastProgress);
      }
      stalled = true;
      in.close();
    } catch (InterruptedException | IOException e) {
      // The body was closed by its reader, or is broken, which the reader sees by itself.
    }
  }

  @Override
  public int read() throws IOException {
    return progressed(() -> in.read());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return progressed(() -> in.read(buffer, offset, length));
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    in.close();
  }

  private int progressed(Read read) throws IOException {
    try {
      var result = read.read();
      if (stalled) {
        throw timedOut();
      }
      lastProgress = System.nanoTime();
      return result;
    } catch (IOException e) {
      throw stalled ? timedOut() : e;
    }
  }

  private HttpTimeoutException timedOut() {
    return new HttpTimeoutException("no data for " + patience.toSeconds() + " s");
  }

  private interface Read {
    int read() throws IOException;
  }
}
