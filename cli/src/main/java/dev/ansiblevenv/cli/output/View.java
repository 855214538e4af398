package dev.ansiblevenv.cli.output;

import java.util.Map;

/// A result, as programs and as people read it.
public interface View {

  /// Maps, lists, text, numbers, booleans and null; keys in the order they are printed.
  Map<String, Object> document();

  /// Lines, the last one ended; empty when there is nothing to show.
  String text();
}
