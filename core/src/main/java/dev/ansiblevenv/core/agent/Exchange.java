package dev.ansiblevenv.core.agent;

import dev.ansiblevenv.diagnostic.Failure;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One request and its answers. For one consuming thread.
public final class Exchange {

  /// So many pieces wait for the consumer, each of 256 KiB at most where it is output; then the
  /// agent has to.
  private static final int BACKLOG = 64;

  private static final long LOOKS_AGAIN_MILLIS = 100;

  private final AgentConnection connection;
  private final int request;
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(BACKLOG);
  private volatile boolean abandoned;

  Exchange(AgentConnection connection, int request) {
    this.connection = connection;
    this.request = request;
  }

  int request() {
    return request;
  }

  /// Waits while the consumer has not taken what came before. One who has left is not waited for.
  void add(Answer answer) throws InterruptedException {
    while (!abandoned && !answers.offer(answer, LOOKS_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
      if (connection.isClosed()) {
        answers.clear();
      }
    }
  }

  /// Waits for the last word on the request and hands everything before it to `interim`.
  ///
  /// @throws Failure when the agent answers with an error, or leaves
  /// @throws InterruptedException when this thread is interrupted; the request goes on
  public Message last(Consumer<Answer> interim) throws InterruptedException {
    return awaited(interim, Answer.Said::isLast);
  }

  /// Waits for the only answer to a request that goes on to be carried out behind it.
  ///
  /// @throws Failure when the agent answers with an error, or leaves
  public Message only() throws InterruptedException {
    return awaited(interim -> {}, said -> true);
  }

  private Message awaited(Consumer<Answer> interim, Predicate<Answer.Said> isLast)
      throws InterruptedException {
    while (true) {
      var answer = answers.take();
      if (answer instanceof Answer.Said said && isLast.test(said)) {
        connection.forget(this);
        if (said.message().type().equals("error")) {
          throw connection.failures().of(said.message());
        }
        return said.message();
      }
      if (answer instanceof Answer.Ended) {
        connection.forget(this);
        throw connection.lost();
      }
      interim.accept(answer);
    }
  }

  /// Asks the agent to give the request up. It still answers.
  public void cancel() {
    connection.cancel(request);
  }

  /// Drops whatever answer still comes.
  public void abandon() {
    abandoned = true;
    connection.forget(this);
    answers.clear();
  }

  /// Sends bytes that belong to the request.
  void sendBlob(byte[] piece) {
    connection.write(new Frame(Frame.Kind.BLOB, request, piece));
  }
}
