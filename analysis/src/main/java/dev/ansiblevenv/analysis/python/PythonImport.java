package dev.ansiblevenv.analysis.python;

import java.util.List;
import java.util.Set;

/// An import statement, or one module of a statement that imports several.
///
/// @param module dotted; empty in `from . import x`
/// @param names what `from module import …` lists, `*` included; empty for `import module`
/// @param level the dots in front of a relative module; 0 for an absolute one
/// @param line 1-based
/// @param definition the function or class at the top of the file that it stands in; empty for none
/// @param flags names that tell later whether the import has worked: bound by it, or assigned in
///   its `try` statement
/// @param refused whether the handler of its `try` statement gives up when it is missing
public record PythonImport(
    String module,
    List<Name> names,
    int level,
    int line,
    Guard guard,
    String definition,
    Set<String> flags,
    boolean refused) {

  /// @param bound what it is called in this file: `y` in `import x as y`
  public record Name(String name, String bound) {}

  /// The first part of an absolute module's name; empty for a relative one.
  public String top() {
    var dot = module.indexOf('.');
    return level > 0 ? "" : dot < 0 ? module : module.substring(0, dot);
  }
}
