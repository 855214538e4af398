package dev.ansiblevenv.orchestration.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class SeatTest {

  private final Semaphore free = new Semaphore(1);

  @Test
  void a_host_that_does_not_answer_lets_others_have_its_seat() throws Exception {
    var answers = new CountDownLatch(1);
    var slow = new Seat(free);
    slow.take();
    var waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slow.whileWaiting(() -> awaited(answers), dropped -> {});
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              slow.leave();
            });

    var next = new Seat(free);
    next.take();
    next.leave();
    answers.countDown();
    waiting.join();

    assertThat(free.availablePermits()).isOne();
  }

  @Test
  void a_prompt_answer_keeps_its_seat_also_when_it_is_a_failure() throws Exception {
    var seat = new Seat(free);
    seat.take();

    assertThat(seat.<String>whileWaiting(() -> "here", dropped -> {})).isEqualTo("here");
    assertThat(free.availablePermits()).isZero();
    assertThatThrownBy(() ->
            seat.whileWaiting(
                () -> {
                  throw new IllegalStateException("no");
                },
                dropped -> {}))
        .hasMessage("no");
    seat.leave();
    seat.leave();

    assertThat(free.availablePermits()).isOne();
  }

  @Test
  void an_answer_that_nobody_takes_because_of_an_interrupt_is_given_back() throws Exception {
    var answers = new CountDownLatch(1);
    var dropped = new CompletableFuture<String>();
    var slow = new Seat(free);
    slow.take();
    var waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slow.whileWaiting(
                    () -> {
                      answers.await();
                      return "session";
                    },
                    dropped::complete);
              } catch (InterruptedException e) {
                slow.leave();
              }
            });
    free.acquire();

    answers.countDown();
    while (!free.hasQueuedThreads()) {
      Thread.sleep(10);
    }
    waiting.interrupt();
    waiting.join();

    assertThat(dropped).isCompletedWithValue("session");
    assertThat(free.availablePermits()).isZero();
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
