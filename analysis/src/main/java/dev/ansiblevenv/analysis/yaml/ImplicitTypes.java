package dev.ansiblevenv.analysis.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// Which type an untagged plain scalar has: PyYAML's rules, which are Ansible's. SnakeYAML's own
/// differ, for instance on `1e5`, `-.5`, `0b_` and `=`.
///
/// See [PyYAML's resolver](https://github.com/yaml/pyyaml/blob/main/lib/yaml/resolver.py).
final class ImplicitTypes extends Resolver {

  static final Tag VALUE = new Tag(Tag.PREFIX + "value");

  private static final Pattern BOOLEAN =
      Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  @Override
  protected void addImplicitResolvers() {}

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    return switch (kind) {
      case sequence -> Tag.SEQ;
      case mapping, anchor -> Tag.MAP;
      case scalar -> implicit ? plain(value) : Tag.STR;
    };
  }

  private static Tag plain(String value) {
    if (value.isEmpty()) {
      return Tag.NULL;
    }
    return switch (value.charAt(0)) {
      case 'y', 'Y', 't', 'T', 'f', 'F', 'o', 'O' -> word(value);
      case 'n', 'N' -> isNull(value) ? Tag.NULL : word(value);
      case '~' -> isNull(value) ? Tag.NULL : Tag.STR;
      case '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(value);
      case '<' -> value.equals("<<") ? Tag.MERGE : Tag.STR;
      case '=' -> value.equals("=") ? VALUE : Tag.STR;
      case '!', '&', '*' -> value.length() == 1 ? Tag.YAML : Tag.STR;
      default -> Tag.STR;
    };
  }

  private static boolean isNull(String value) {
    return switch (value) {
      case "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }

  private static Tag word(String value) {
    return BOOLEAN.matcher(value).matches() ? Tag.BOOL : Tag.STR;
  }

  private static Tag number(String value) {
    if (INTEGER.matcher(value).matches()) {
      return Tag.INT;
    }
    if (DECIMAL.matcher(value).matches()) {
      return Tag.FLOAT;
    }
    if (value.indexOf(':') < 0) {
      return TIME.matcher(value).matches() ? Tag.TIMESTAMP : Tag.STR;
    }
    return TIME.matcher(value).matches() ? Tag.TIMESTAMP : sexagesimal(value);
  }

  /// `1:30` is 90 and `1:30.5` is 90.5. By hand, because a repeated group in a regular expression
  /// recurses once for each of its rounds.
  private static Tag sexagesimal(String value) {
    int i = value.charAt(0) == '-' || value.charAt(0) == '+' ? 1 : 0;
    int first = i;
    while (i < value.length() && (isDigit(value, i) || (i > first && value.charAt(i) == '_'))) {
      i++;
    }
    if (i == first) {
      return Tag.STR;
    }
    int places = 0;
    while (i < value.length() && value.charAt(i) == ':') {
      int digits =
          isDigit(value, i + 1) && isDigit(value, i + 2) ? 2 : isDigit(value, i + 1) ? 1 : 0;
      if (digits == 0 || (digits == 2 && value.charAt(i + 1) > '5')) {
        return Tag.STR;
      }
      i += 1 + digits;
      places++;
    }
    if (places == 0) {
      return Tag.STR;
    }
    if (i == value.length()) {
      return value.charAt(first) == '0' ? Tag.STR : Tag.INT;
    }
    if (value.charAt(i) != '.') {
      return Tag.STR;
    }
    for (i++; i < value.length(); i++) {
      if (!isDigit(value, i) && value.charAt(i) != '_') {
        return Tag.STR;
      }
    }
    return Tag.FLOAT;
  }

  private static boolean isDigit(String value, int index) {
    return index < value.length() && value.charAt(index) >= '0' && value.charAt(index) <= '9';
  }
}
