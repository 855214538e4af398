package dev.ansiblevenv.core.run;

import dev.ansiblevenv.core.agent.AgentConnection;
import dev.ansiblevenv.core.agent.Answer;
import dev.ansiblevenv.core.agent.Blobs;
import dev.ansiblevenv.core.agent.Exchange;
import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.diagnostic.Failure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Starts runs on a host and follows them.
public final class RunFollower {

  private final AgentConnection connection;

  public RunFollower(AgentConnection connection) {
    this.connection = connection;
  }

  /// A run that was asked for. The host may answer that it lacks files; they are sent then.
  public final class Pending {
    private final RunId id;
    private final Blobs blobs;
    private final Map<String, Object> message;
    private volatile Exchange exchange;

    private Pending(RunId id, Map<String, Object> message, Blobs blobs) {
      this.id = id;
      this.message = message;
      this.blobs = blobs;
      this.exchange = connection.send(message);
    }

    /// Follows the run to its end. When this thread is interrupted the run is cancelled, its end is
    /// waited for, and the thread is interrupted again.
    ///
    /// @throws Failure `StateConflict` when the venv is not there or not fit, `InvalidInput` when a
    ///   file is refused, `HostUnreachable` when the connection ends; the run then goes on
    public RunResult follow(Consumer<Event> events) {
      var interrupted = false;
      try {
        while (true) {
          try {
            var answer = exchange.last(piece -> pass(id, piece, events));
            if (!answer.type().equals("need-blobs")) {
              return result(answer);
            }
            blobs.send(connection, answer.texts("blobs"));
            again();
          } catch (InterruptedException e) {
            interrupted = true;
            exchange.cancel();
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /// Has the host end the run and everything it started; [#follow] then returns.
    public void cancel() {
      exchange.cancel();
    }

    /// Asks for the run once more, after what it lacked has been brought.
    public void again() {
      exchange.abandon();
      exchange = connection.send(message);
    }
  }

  /// Sends the request without waiting for its answer.
  public Pending start(RunRequest request) {
    var blobs = new Blobs();
    return new Pending(request.id(), message(request, blobs), blobs);
  }

  /// Takes up a run that was started before, from this or another controller.
  ///
  /// @param offset of the log's first byte that is wanted
  public Pending attach(RunId run, long offset) {
    return new Pending(
        run, Map.of("type", "attach", "run", run.text(), "offset", offset), new Blobs());
  }

  private static void pass(RunId id, Answer piece, Consumer<Event> events) {
    switch (piece) {
      case Answer.Printed(var bytes) -> events.accept(new Event.OutputChunk(bytes));
      case Answer.Happened(var event) ->
          events.accept(new Event.JobEvent(event.text("event"), event.fields()));
      case Answer.Said(var message) when message.type().equals("started") ->
          events.accept(new Event.Started(new RunId(message.text("run"))));
      case Answer.Said(var message) when message.type().equals("cancelling") ->
          events.accept(new Event.Cancelling(id));
      case Answer.Said said -> {}
      case Answer.Ended ended -> {}
    }
  }

  private static Map<String, Object> message(RunRequest request, Blobs blobs) {
    var message = new LinkedHashMap<String, Object>();
    message.put("type", "run");
    message.put("run", request.id().text());
    message.put("venv", request.venv());
    message.put("lock", request.lockDigest());
    message.put("playbook", request.playbook());
    message.put("files", files(request.files(), blobs));
    message.put("inventory", request.inventory().message(blobs));
    message.put("forward_agent", request.forwardsAgent());
    message.put("extra_vars", request.extraVars());
    message.put("secrets", request.secrets().message());
    message.put("options", request.options().message());
    message.put("limits", request.limits().message());
    message.put(
        "terminal",
        Map.of("columns", request.terminal().columns(), "colour", request.terminal().colour()));
    message.put("warm", request.warm());
    if (!request.sslCertFile().isEmpty()) {
      message.put("ssl_cert_file", request.sslCertFile());
    }
    return message;
  }

  /// @param files by the path that they have on the host
  static List<Map<String, Object>> files(Map<String, Path> files, Blobs blobs) {
    var listed = new ArrayList<Map<String, Object>>();
    files.forEach((path, file) ->
        listed.add(
            Map.of(
                "path",
                path,
                "sha256",
                blobs.add(file),
                "executable",
                file.toFile().canExecute())));
    return listed;
  }

  private static RunResult result(Message answer) {
    var stats = new LinkedHashMap<String, HostStats>();
    var perHost = answer.object("stats");
    for (var host : perHost.fields().keySet()) {
      stats.put(String.valueOf(host), stats(perHost.object(String.valueOf(host))));
    }
    return new RunResult(
        new RunId(answer.text("run")),
        RunResult.Status.valueOf(constant(answer.text("status"))),
        answer.number("rc").intValue(),
        instant(answer.number("started")),
        instant(answer.number("ended")),
        answer.number("output_bytes").longValue(),
        Map.copyOf(stats),
        answer.texts("plays_without_hosts"),
        answer.texts("survivors").stream().map(Long::valueOf).toList(),
        Optional.of(answer.text("reason"))
            .filter(reason -> !reason.isEmpty())
            .map(reason -> RunResult.Reason.valueOf(constant(reason))));
  }

  private static String constant(String word) {
    return word.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static HostStats stats(Message counts) {
    return new HostStats(
        counts.number("ok").intValue(),
        counts.number("changed").intValue(),
        counts.number("failed").intValue(),
        counts.number("unreachable").intValue(),
        counts.number("skipped").intValue(),
        counts.number("rescued").intValue(),
        counts.number("ignored").intValue());
  }

  private static Instant instant(Number seconds) {
    return Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000));
  }
}
