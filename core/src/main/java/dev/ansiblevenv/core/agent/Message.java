package dev.ansiblevenv.core.agent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON message, or an object in one, that has passed the schema: the accessors may rely on it.
public record Message(Map<?, ?> fields) {

  private static final int MILLIS_A_SECOND = 1000;

  public String type() {
    return text("type");
  }

  /// The text of a field that the schema requires; empty for an absent optional one.
  public String text(String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  /// The number in a field that the schema requires; zero for an absent optional one.
  public Number number(String name) {
    return fields.get(name) instanceof Number number ? number : 0;
  }

  /// A point in time that is told in seconds since the epoch, to the millisecond.
  public Instant instant(String name) {
    return Instant.ofEpochMilli(Math.round(number(name).doubleValue() * MILLIS_A_SECOND));
  }

  public boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  public Message object(String name) {
    return of(fields.get(name));
  }

  public List<String> texts(String name) {
    return list(name).stream().map(String::valueOf).toList();
  }

  public List<Message> objects(String name) {
    return list(name).stream().map(Message::of).toList();
  }

  private List<?> list(String name) {
    return fields.get(name) instanceof List<?> list ? list : List.of();
  }

  private static Message of(@Nullable Object value) {
    return new Message(value instanceof Map<?, ?> map ? map : Map.of());
  }
}
