package dev.ansiblevenv.cli.output;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSON.Feature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// One JSON document on standard output.
public final class JsonDocument {

  private static final JSON PRETTY = JSON.std.with(Feature.PRETTY_PRINT_OUTPUT);

  private JsonDocument() {}

  /// @param document maps, lists, text, numbers and booleans; keys in the order they are printed
  public static void print(PrintStream out, Map<String, ?> document) {
    try {
      out.println(PRETTY.asString(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
