package dev.ansiblevenv.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows whose cells stand under each other. Nothing is cut off: a reader may need the whole of it,
/// and so may `grep`.
final class Table {

  private static final String GAP = "  ";

  private final String indent;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String indent) {
    this.indent = indent;
  }

  Table row(String... cells) {
    rows.add(Stream.of(cells).map(Printable::line).toList());
    return this;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder(indent);
      for (int column = 0; column < row.size(); column++) {
        var cell = row.get(column);
        line.append(cell).repeat(" ", width(column) - cell.length()).append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
