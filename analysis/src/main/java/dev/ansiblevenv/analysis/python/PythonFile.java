package dev.ansiblevenv.analysis.python;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a file of Python source says about itself. Immutable.
///
/// @param imports in the order of the file
/// @param definitions by name; what stands outside of any has the empty name
/// @param constants strings that are assigned to names, attributes of `self` included; a name that
///   is assigned more than once has its last
/// @param dictionaries the keys of dictionaries, by the name that each is assigned to
/// @param filters the names that its `filters()` returns, as far as literals show
/// @param tests the same for `tests()`
public record PythonFile(
    List<PythonImport> imports,
    Map<String, Definition> definitions,
    Constants constants,
    Map<String, Set<String>> dictionaries,
    Set<String> filters,
    Set<String> tests) {

  /// Reads a file. Takes time linear in its length, and whatever it is, never fails.
  public static PythonFile read(String text) {
    return new FileScanner().scan(Tokenizer.statements(text));
  }
}
