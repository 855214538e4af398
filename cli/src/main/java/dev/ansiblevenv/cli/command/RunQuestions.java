package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.cli.output.ProgressLines;
import dev.ansiblevenv.core.run.Event;
import dev.ansiblevenv.diagnostic.Failure;
import dev.ansiblevenv.orchestration.AnsibleVenv;
import dev.ansiblevenv.orchestration.process.Progress;
import dev.ansiblevenv.orchestration.secret.Prompt;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers what a followed run asks (`pause`) at the terminal. A question that somebody else has
/// answered, also long ago, is not asked.
final class RunQuestions implements AutoCloseable {

  /// Output and events come each in order, but not against each other: the text is shown first.
  private static final Duration SETTLES = Duration.ofMillis(300);

  private final AnsibleVenv operations;
  private final Prompt prompt;
  private final ProgressLines lines;
  private String host = "";
  private String run = "";
  private @Nullable Thread asking;

  RunQuestions(AnsibleVenv operations, Prompt prompt, ProgressLines lines) {
    this.operations = operations;
    this.prompt = prompt;
    this.lines = lines;
  }

  synchronized boolean isOpen() {
    return asking != null;
  }

  /// Hears of questions.
  Consumer<Progress> watching(Consumer<Progress> next) {
    return prompt.isInteractive() ? step -> heard(step, next) : next;
  }

  private synchronized void heard(Progress step, Consumer<Progress> next) {
    next.accept(step);
    if (step instanceof Progress.Running running) {
      host = running.host();
      run = running.run();
    } else if (step instanceof Progress.Happened(Event.JobEvent event)) {
      switch (event.name()) {
        case "ansible_venv_question" -> ask(event);
        case "ansible_venv_answered" -> stop();
        default -> {}
      }
    }
  }

  private void ask(Event.JobEvent event) {
    if (event.fields().get("event_data") instanceof Map<?, ?> data
        && data.get("question") instanceof Number question) {
      var shown = !Boolean.TRUE.equals(data.get("hidden"));
      stop();
      // A thread that reads a terminal cannot be a virtual one.
      asking =
          Thread.ofPlatform()
              .daemon()
              .name("question of run " + run)
              .start(() -> answer(question.intValue(), shown));
    }
  }

  private void answer(int question, boolean shown) {
    try {
      Thread.sleep(SETTLES);
      lines.letType(true);
      try {
        operations.reply(host, run, question, prompt.ask("", shown));
      } finally {
        lines.letType(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Failure failure) {
      if (!Thread.currentThread().isInterrupted()) {
        lines.accept(
            new Progress.Warning("the run still waits for an answer: " + failure.getMessage()));
      }
    }
  }

  private void stop() {
    if (asking != null) {
      asking.interrupt();
      asking = null;
    }
  }

  @Override
  public synchronized void close() {
    stop();
  }
}
