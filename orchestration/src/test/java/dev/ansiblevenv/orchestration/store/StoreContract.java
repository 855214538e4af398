package dev.ansiblevenv.orchestration.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.orchestration.store.Store.Document;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store has to keep, whatever it stores in.
interface StoreContract {

  /// An empty store.
  Store store();

  private static Document append(Document before, String text) {
    return new Document(before.name(), before.place(), before.text() + text);
  }

  @Test
  default void what_was_written_is_read() {
    var store = store();
    store.update(Kind.SPEC, "b", before -> append(before, "name: \u00e4\r\n"));
    store.update(Kind.SPEC, "a", before -> append(before, "x"));
    assertThat(store.read(Kind.SPEC, "b").orElseThrow().text()).isEqualTo("name: \u00e4\r\n");
    assertThat(store.names(Kind.SPEC)).containsExactly("a", "b");
  }

  @Test
  default void what_is_not_there_is_empty() {
    var store = store();
    assertThat(store.read(Kind.SPEC, "a")).isEmpty();
    assertThat(store.names(Kind.HOST_RECORD)).isEmpty();
    store.remove(Kind.SPEC, "a");
  }

  @Test
  default void kinds_do_not_mix() {
    var store = store();
    store.update(Kind.SPEC, "a", before -> append(before, "spec"));
    assertThat(store.read(Kind.PROFILE, "a")).isEmpty();
  }

  @Test
  default void names_that_differ_in_case_only_are_one() {
    var store = store();
    store.update(Kind.HOST_RECORD, "NIGHT2.lan", before -> append(before, "1"));
    var after = store.update(Kind.HOST_RECORD, "night2.LAN", before -> append(before, "2"));
    assertThat(after.text()).isEqualTo("12");
    assertThat(store.names(Kind.HOST_RECORD)).containsExactly("NIGHT2.lan");
  }

  @Test
  default void what_was_removed_is_gone() {
    var store = store();
    store.update(Kind.SPEC, "a", before -> append(before, "x"));
    store.remove(Kind.SPEC, "A");
    assertThat(store.names(Kind.SPEC)).isEmpty();
  }

  @Test
  default void an_edit_that_throws_changes_nothing() {
    var store = store();
    store.update(Kind.SPEC, "a", before -> append(before, "x"));
    assertThatThrownBy(() ->
            store.update(
                Kind.SPEC,
                "a",
                _ -> {
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    assertThat(store.read(Kind.SPEC, "a").orElseThrow().text()).isEqualTo("x");
  }

  @Test
  default void no_update_is_lost() {
    var store = store();
    try (var threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, 100)
          .forEach(_ ->
              threads.execute(() -> store.update(Kind.SPEC, "a", before -> append(before, "x"))));
    }
    assertThat(store.read(Kind.SPEC, "a").orElseThrow().text()).isEqualTo("x".repeat(100));
  }
}
