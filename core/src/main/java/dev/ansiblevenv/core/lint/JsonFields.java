package dev.ansiblevenv.core.lint;

import java.io.IOException;
import java.util.Map;

/// The fields of a JSON object that another program wrote.
record JsonFields(Map<?, ?> fields) {

  /// @throws IOException when `value` is not an object
  static JsonFields of(Object value) throws IOException {
    if (value instanceof Map<?, ?> fields) {
      return new JsonFields(fields);
    }
    throw new IOException("not a JSON object");
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  String string(String name) throws IOException {
    return field(name, String.class);
  }

  int number(String name) throws IOException {
    return field(name, Number.class).intValue();
  }

  JsonFields object(String name) throws IOException {
    return new JsonFields(field(name, Map.class));
  }

  <T> T field(String name, Class<T> type) throws IOException {
    var value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new IOException("no " + type.getSimpleName() + " `" + name + "` in a JSON object");
    }
    return type.cast(value);
  }
}
