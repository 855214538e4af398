package dev.ansiblevenv.core.environment;

import dev.ansiblevenv.core.agent.AgentConnection;
import dev.ansiblevenv.core.agent.Answer;
import dev.ansiblevenv.core.agent.Blobs;
import dev.ansiblevenv.core.agent.Exchange;
import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.core.environment.HostEnvironment.Status;
import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.diagnostic.BuildFailed;
import dev.ansiblevenv.diagnostic.Failure;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Makes the environment of a lock exist on a host: one look when it is there, a build when not.
public final class EnvironmentBuilder {

  /// A host may see only with one thing which others it needs: the lock, then its wheels.
  private static final int MOST_QUESTIONS = 5;

  private final AgentConnection connection;

  public EnvironmentBuilder(AgentConnection connection) {
    this.connection = connection;
  }

  /// Sends the question without waiting for its answer, so that more can follow it at once.
  public Exchange ask(EnvironmentRequest request) {
    var question = question("ensure", request);
    question.put("first", request.first());
    return connection.send(question);
  }

  /// Waits for the answer to `question`, and has the environment built if the host lacks it.
  ///
  /// @param inputs called once, and only for a build
  /// @throws Failure `BuildFailed`, `StateConflict` (something foreign, or another's venv, has the
  ///   place), `Unresolvable` (no Python that the lock allows), `HostUnreachable`
  /// @throws InterruptedException after the build has been cancelled
  public HostEnvironment complete(
      EnvironmentRequest request,
      Exchange question,
      Supplier<BuildInputs> inputs,
      Consumer<BuildProgress> progress)
      throws InterruptedException {
    var answer = question.last(interim -> {});
    if (answer.type().equals("missing")) {
      var built = build(request, inputs.get(), progress);
      return environment(built, answer.text("reason"));
    }
    return environment(answer, answer.text("reason"));
  }

  private Message build(
      EnvironmentRequest request, BuildInputs inputs, Consumer<BuildProgress> progress)
      throws InterruptedException {
    var blobs = new Blobs();
    var order = order(request, inputs, blobs);
    for (var asked = 0; asked < MOST_QUESTIONS; asked++) {
      var answer = await(connection.send(order), progress);
      if (!answer.type().equals("need-blobs")) {
        return answer;
      }
      blobs.send(connection, answer.texts("blobs"));
    }
    throw new BuildFailed(
        "cannot build the environment",
        request.venv(),
        "the host asks for content again that it was given",
        "look whether something removes files from its store");
  }

  private static Message await(Exchange exchange, Consumer<BuildProgress> progress)
      throws InterruptedException {
    try {
      return exchange.last(interim -> {
        if (interim instanceof Answer.Said(var message) && message.type().equals("progress")) {
          progress.accept(new BuildProgress(message.text("phase"), message.text("detail")));
        }
      });
    } catch (InterruptedException e) {
      exchange.cancel();
      throw e;
    }
  }

  private static Map<String, Object> order(
      EnvironmentRequest request, BuildInputs inputs, Blobs blobs) {
    var order = question("build", request);
    order.put("pylock", blobs.add(request.lock().pylock().getBytes(StandardCharsets.UTF_8)));
    var collections =
        request.lock().collections().stream()
            .map(each ->
                Map.of("name", each.name(), "version", each.version(), "sha256", each.sha256()))
            .toList();
    order.put("collections", List.copyOf(collections));
    var contents = new HashSet<String>();
    request.lock().collections().forEach(each -> contents.add(each.sha256()));
    inputs
        .pushed()
        .ifPresent(pushed -> {
          pushed.wheels().forEach(wheel -> contents.add(wheel.sha256()));
          order.put("python", pushed.python().path());
          order.put(
              "wheels",
              pushed.wheels().stream()
                  .map(wheel -> Map.of("file", wheel.file(), "sha256", wheel.sha256()))
                  .toList());
        });
    contents.add(inputs.uv().sha256());
    blobs.offer(contents, inputs.contents());
    order.put("uv", Map.of("version", inputs.uv().version(), "sha256", inputs.uv().sha256()));
    order.put("settings", inputs.settingsForTheHost());
    return order;
  }

  private static Map<String, Object> question(String type, EnvironmentRequest request) {
    var question = new LinkedHashMap<String, Object>();
    question.put("type", type);
    question.put("venv", request.venv());
    question.put("lock", request.lock().digest());
    if (!request.python().isEmpty()) {
      question.put("python", request.python());
    }
    question.put("rebuild", request.rebuild());
    return question;
  }

  private static HostEnvironment environment(Message answer, String reason) {
    var python = answer.object("python");
    return new HostEnvironment(
        Status.valueOf(answer.text("status").toUpperCase(Locale.ROOT)),
        reason,
        answer.text("path"),
        answer.text("digest"),
        new HostPython(python.text("path"), python.text("version")),
        answer.text("ansible_core"),
        answer.text("obstacle"));
  }
}
