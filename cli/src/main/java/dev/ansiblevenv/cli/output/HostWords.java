package dev.ansiblevenv.cli.output;

import java.util.List;
import java.util.Map;

/// How the result of an operation on one of many hosts is told.
///
/// @param <R> the result
public interface HostWords<R> {

  /// As the same operation on one host prints it.
  Map<String, Object> document(R result);

  /// The columns of [#rows].
  List<String> columns();

  /// What a table says of a host; one row or several.
  List<List<String>> rows(R result);

  /// What is worth a line of its own as soon as a host is done; empty for nothing.
  default String said(R result) {
    return "";
  }

  /// What stands below the line of a host where it did not go well.
  default List<String> below(R result) {
    return List.of();
  }
}
