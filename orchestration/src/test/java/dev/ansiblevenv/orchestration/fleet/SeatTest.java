package dev.ansiblevenv.orchestration.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                slow.whileWaiting(() -> awaited(answers));
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

    assertThat(seat.<String>whileWaiting(() -> "here")).isEqualTo("here");
    assertThat(free.availablePermits()).isZero();
    assertThatThrownBy(() ->
            seat.whileWaiting(() -> {
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    seat.leave();
    seat.leave();

    assertThat(free.availablePermits()).isOne();
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
