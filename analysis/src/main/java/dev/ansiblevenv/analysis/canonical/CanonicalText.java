package dev.ansiblevenv.analysis.canonical;

import dev.ansiblevenv.analysis.yaml.Value;
import dev.ansiblevenv.analysis.yaml.Values;
import dev.ansiblevenv.analysis.yaml.YamlReader;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// The canonical text of one file. Two files have the same text if and only if Ansible loads the
/// same from both, as far as it can be seen.
///
/// One line a value, indented by two spaces a level:
///
/// ```
/// -
///   hosts: "all"
///   tasks:
///     -
///       copy:
///         mode: 420
///         content: |
///           "first line\n"
///           "second line\n"
///       name: !unsafe "no {{ template }}"
/// ```
///
/// Strings are quoted, with `|` where they have several lines; whole numbers, `true`, `false` and
/// `null` are not; everything else has a tag. Keys that read as words stand without quotes. The
/// keys of plays, blocks, tasks and role entries are sorted.
public final class CanonicalText {

  private static final int MAXIMUM_LENGTH = 64 * 1024 * 1024;

  private final String file;
  private final StringBuilder text = new StringBuilder();

  private CanonicalText(String file) {
    this.file = file;
  }

  /// @param file the name shown in errors
  /// @throws InvalidInput when a file that is to be YAML is not
  public static String of(String file, FileKind kind, byte[] content) {
    if (kind == FileKind.RAW) {
      return "!bytes " + ContentHasher.sha256(content) + "\n";
    }
    if (kind == FileKind.TEXT || YamlReader.isVault(content)) {
      var text = new CanonicalText(file);
      text.text.append("!text");
      text.string(new String(content, StandardCharsets.UTF_8), 0);
      return text.text.toString();
    }
    return of(file, kind, YamlReader.read(file, content));
  }

  /// The same for a file that has been read already, and is not encrypted as a whole.
  ///
  /// @param kind a kind of YAML
  public static String of(String file, FileKind kind, @Nullable Node root) {
    return of(file, kind.shape(), Values.of(file, root));
  }

  static String of(String file, Shape shape, Value value) {
    var text = new CanonicalText(file);
    text.root(value, shape);
    return text.text.toString();
  }

  private void root(Value value, Shape shape) {
    value(value, shape, 0);
    // A value is written behind its key or dash, of which the root has none.
    text.deleteCharAt(0);
  }

  private void value(Value value, Shape shape, int depth) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new InvalidInput(
          "is too large",
          file,
          "its canonical form has more than " + MAXIMUM_LENGTH + " characters",
          "repeat large values less often");
    }
    if (value instanceof Value.Text(var string, var template)) {
      text.append(template ? "" : " !unsafe");
      string(string, depth);
    } else if (value instanceof Value.Mapping(var entries)) {
      mapping(entries, shape, depth);
    } else if (value instanceof Value.Sequence(var items)) {
      sequence("", items, shape, depth);
    } else if (value instanceof Value.Vault(var ciphertext)) {
      text.append(" !vault");
      string(ciphertext, depth);
    } else if (value instanceof Value.Distinct(var items)) {
      sequence(" !set", sorted(items), Shape.DATA, depth);
    } else if (value instanceof Value.Pair(var first, var second)) {
      sequence(" !pair", List.of(first, second), Shape.DATA, depth);
    } else {
      text.append(' ').append(ScalarText.of(value)).append('\n');
    }
  }

  private void sequence(String tag, List<Value> items, Shape shape, int depth) {
    text.append(tag).append(items.isEmpty() ? " []\n" : "\n");
    for (var item : items) {
      indent(depth).append('-');
      value(item, shape.item(), depth + 1);
    }
  }

  private void mapping(List<Value.Entry> entries, Shape shape, int depth) {
    record Line(String key, Value.Entry entry) {}
    text.append(entries.isEmpty() ? " {}\n" : "\n");
    var lines = new ArrayList<Line>(entries.size());
    for (var entry : entries) {
      lines.add(new Line(ScalarText.key(entry.key()), entry));
    }
    if (!shape.keyOrderShows()) {
      lines.sort((a, b) -> a.key.compareTo(b.key));
    }
    for (var line : lines) {
      indent(depth).append(line.key).append(':');
      value(line.entry.value(), shape.under(line.key), depth + 1);
    }
  }

  private static List<Value> sorted(List<Value> items) {
    return items.stream().sorted(Comparator.comparing(ScalarText::key)).toList();
  }

  private void string(String string, int depth) {
    int end = string.indexOf('\n') + 1;
    if (end == 0 || end == string.length()) {
      text.append(' ');
      ScalarText.quote(text, string, 0, string.length());
      text.append('\n');
      return;
    }
    text.append(" |\n");
    for (int start = 0; start < string.length(); start = end) {
      int newline = string.indexOf('\n', start);
      end = newline < 0 ? string.length() : newline + 1;
      ScalarText.quote(indent(depth), string, start, end);
      text.append('\n');
    }
  }

  private StringBuilder indent(int depth) {
    return text.repeat("  ", depth);
  }
}
