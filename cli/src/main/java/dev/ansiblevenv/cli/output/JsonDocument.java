package dev.ansiblevenv.cli.output;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSON.Feature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// JSON documents, of maps, lists, text, numbers, booleans and null.
final class JsonDocument {

  private static final JSON PRETTY =
      JSON.std.with(Feature.PRETTY_PRINT_OUTPUT, Feature.WRITE_NULL_PROPERTIES);

  private static final JSON PLAIN = JSON.std.with(Feature.WRITE_NULL_PROPERTIES);

  private JsonDocument() {}

  static String text(Map<String, ?> document) {
    try {
      return PRETTY.asString(document) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same in one line.
  static String line(Map<String, ?> document) {
    try {
      return PLAIN.asString(document) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An object whose keys stand in the order given.
  static Map<String, Object> object(@Nullable Object... keysAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  static <T> List<Map<String, Object>> objects(
      Collection<T> items, Function<T, Map<String, Object>> object) {
    return items.stream().map(object).toList();
  }
}
