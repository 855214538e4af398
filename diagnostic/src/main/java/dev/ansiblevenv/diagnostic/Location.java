package dev.ansiblevenv.diagnostic;

/// A place in a file a person can open.
///
/// @param file path as shown to the user, relative to the project directory where possible
/// @param line 1-based, 0 when the whole file is meant
/// @param column 1-based, 0 when the whole line is meant
public record Location(String file, int line, int column) {

  public static Location of(String file) {
    return new Location(file, 0, 0);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
