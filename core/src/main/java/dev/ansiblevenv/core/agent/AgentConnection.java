package dev.ansiblevenv.core.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.host.Transport;
import dev.ansiblevenv.core.process.PipeReader;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection to the agent of a host. Opening it does not wait: requests may be sent at once and
/// several may be under way; the agent answers them in their order. Safe for several threads.
///
/// Closing it ends what the agent does for it, but never a run: that belongs to the host.
public final class AgentConnection implements AutoCloseable {

  /// A host that gives us a shell instead of our command would obey what it reads: at most this.
  private static final String GUARD = "exit 1";

  /// `ssh` says nothing of an end that it would only call a piece of information.
  private static final String WITHOUT_A_WORD =
      "without a word: the host does not answer any more, or the agent was killed there";

  private static final long PATIENCE_SECONDS = 10;

  /// A host says something of ours within that, or it runs something else.
  private static final Duration GREETING_TIMEOUT = Duration.ofSeconds(60);

  /// After that it is looked whether the login itself works: then a login script is in the way.
  private static final Duration SHELL_TIMEOUT = Duration.ofSeconds(8);

  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(5);

  private final Transport transport;
  private final AgentFailures failures;
  private final AgentCode code;
  private final MessageSchema schema = MessageSchema.load();
  private final Process process;
  private final DataOutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<Integer, Exchange> exchanges = new ConcurrentHashMap<>();
  private final ErrorOutput errorOutput;
  private final Thread reader;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch greeted = new CountDownLatch(1);
  private volatile boolean running;
  private volatile boolean answered;
  private volatile boolean cutOff;
  private volatile boolean closed;
  private volatile @Nullable Failure end;

  private AgentConnection(Transport transport, AgentCode code, Process process) {
    var host = transport.host();
    this.transport = transport;
    this.failures = AgentFailures.of(transport);
    this.code = code;
    this.process = process;
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    this.errorOutput = ErrorOutput.of(process, host);
    this.reader = PipeReader.thread("agent of " + host).unstarted(this::read);
  }

  /// Starts the agent of the host. Whether that works shows at the first answer.
  ///
  /// @param store where the host keeps everything: absolute, or with a leading `~/`; empty for the
  ///   default `~/.local/share/ansible-venv`
  /// @throws Failure when the transport itself cannot be started
  public static AgentConnection open(Transport transport, String store) {
    if (store.lines().count() > 1) {
      throw new IllegalArgumentException("the path of a store cannot hold a line break");
    }
    var code = AgentCode.load();
    try {
      var connection = new AgentConnection(transport, code, transport.start(code.command()));
      connection.greet(store);
      connection.reader.start();
      Thread.ofVirtual()
          .name("patience with " + transport.host())
          .start(connection::lookAtTheClock);
      return connection;
    } catch (IOException e) {
      throw AgentFailures.of(transport).cannotStart(e);
    }
  }

  /// Sends a request and returns without waiting.
  public Exchange send(Map<String, ?> request) {
    var exchange = new Exchange(this, requests.incrementAndGet());
    exchanges.put(exchange.request(), exchange);
    var ended = end;
    if (ended != null) {
      throw ended;
    }
    write(json(exchange.request(), request));
    return exchange;
  }

  void cancel(int request) {
    write(json(requests.incrementAndGet(), Map.of("type", "cancel", "request", (Object) request)));
  }

  void forget(Exchange exchange) {
    exchanges.remove(exchange.request());
  }

  /// Whether nobody wants what may still come.
  boolean isClosed() {
    return closed;
  }

  AgentFailures failures() {
    return failures;
  }

  /// Whether the agent has answered anything.
  public boolean hasAnswered() {
    return answered;
  }

  /// Whether the host may have begun what was asked of it. Everything is sent at once, so a
  /// connection that was made and then cut may have carried a request without a word coming back.
  public boolean mayHaveBegun() {
    return answered || cutOff;
  }

  /// Whether the stream has ended: nothing can be asked any more.
  public boolean isLost() {
    return end != null;
  }

  /// For what was sent and is not what the protocol says.
  public Failure refused(String why) {
    return failures.lost(why, "");
  }

  /// Why the stream ended.
  Failure lost() {
    var known = end;
    return known != null ? known : ended(WITHOUT_A_WORD);
  }

  private Failure ended(String why) {
    var said = errorOutput.text();
    var explained = transport.explain(said, running);
    cutOff = explained.isEmpty() || transport.explain(said, true).isPresent();
    return explained.orElseGet(
        () -> running ? failures.lost(why, said) : failures.silent(why, said));
  }

  void write(Frame frame) {
    writing.lock();
    try {
      frame.write(out);
      out.flush();
    } catch (IOException e) {
      // The reader knows why: it has what the agent said last.
      awaitReader();
      throw lost();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Frame json(int request, Map<String, ?> message) {
    try {
      return new Frame(Frame.Kind.JSON, request, JSON.std.asBytes(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void greet(String store) {
    writing.lock();
    try {
      var lines = String.join("\n", GUARD, store, code.sha256(), code.boot(), "");
      out.write(lines.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      // A shell that is gone already; the reader finds out why.
    } finally {
      writing.unlock();
    }
  }

  private void lookAtTheClock() {
    try {
      if (!reached.await(SHELL_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
          && transport.letsIn(LOGIN_TIMEOUT)
          && reached.getCount() > 0) {
        end = failures.waiting(SHELL_TIMEOUT.toSeconds());
        process.destroy();
      } else if (!greeted.await(GREETING_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        end =
            failures.lost(
                "it said nothing of the agent for " + GREETING_TIMEOUT.toSeconds() + " s", "");
        process.destroy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
      var refusal = Greeting.await(in, reached::countDown, this::shipCode);
      greeted.countDown();
      if (!refusal.isEmpty()) {
        end = failures.refused(refusal);
        return;
      }
      running = true;
      for (var frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
        deliver(frame);
      }
      end = ended(WITHOUT_A_WORD);
    } catch (IOException e) {
      if (end == null) {
        end = ended(String.valueOf(e.getMessage()));
      }
      process.destroy();
    } catch (Failure e) {
      // Whoever opened the connection has closed it while the agent's code was on its way.
      end = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reached.countDown();
      greeted.countDown();
      announceEnd();
    }
  }

  private void shipCode() {
    greeted.countDown();
    write(new Frame(Frame.Kind.AGENT, 0, code.zip()));
  }

  private void deliver(Frame frame) throws IOException, InterruptedException {
    var exchange = exchanges.get(frame.request());
    switch (frame.kind()) {
      case JSON -> {
        var message = new Message(JSON.std.mapFrom(frame.payload()));
        schema.check("response." + message.type(), message.fields());
        answered = true;
        offer(exchange, new Answer.Said(message));
      }
      case OUTPUT -> offer(exchange, new Answer.Printed(bytes(frame)));
      case EVENTS -> offer(exchange, new Answer.Happened(bytes(frame)));
      case BLOB -> offer(exchange, new Answer.Content(bytes(frame)));
      case AGENT -> throw new ProtocolException("the agent sent a frame of " + frame.kind());
    }
  }

  private static ByteBuffer bytes(Frame frame) {
    return ByteBuffer.wrap(frame.payload());
  }

  private static void offer(@Nullable Exchange exchange, Answer answer)
      throws InterruptedException {
    if (exchange != null) {
      exchange.add(answer);
    }
  }

  private void announceEnd() {
    for (var exchange : exchanges.values()) {
      try {
        exchange.add(new Answer.Ended());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitReader() {
    if (Thread.currentThread() == reader) {
      return;
    }
    try {
      reader.join(Duration.ofSeconds(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
