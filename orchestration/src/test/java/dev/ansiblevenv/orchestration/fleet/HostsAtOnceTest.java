package dev.ansiblevenv.orchestration.fleet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.orchestration.deploy.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HostsAtOnceTest {

  @Test
  void a_defect_keeps_its_cause_also_when_the_call_is_cancelled() {
    var defect = new IllegalStateException("the cause");
    Future<HostOutcome<String>> failed = CompletableFuture.failedFuture(defect);
    List<Target> none = List.of();

    assertThatThrownBy(() -> HostsAtOnce.outcomes(none, List.of(failed), () -> {}))
        .isSameAs(defect);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> HostsAtOnce.outcomes(none, List.of(failed), () -> {}))
        .isSameAs(defect);
  }
}
