package dev.ansiblevenv.analysis.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A text that Python's `json.loads` accepts, as nodes. Ansible tries that before YAML, and the two
/// disagree: on `1e5`, on surrogate pairs, on tabs, on keys of more than 1024 characters.
final class JsonDocument {

  private static final Tag UNSAFE_STRING = new Tag("!unsafe");

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][-+]?[0-9]++)?");
  private static final int[] NO_SNIPPET = {};

  /// Not JSON after all. Without a stack trace, as it is thrown for flow-style YAML too.
  private static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int index;
  private int line;
  private int lineStart;
  private int depth;
  private int nodes;

  private JsonDocument(String text) {
    this.text = text;
  }

  /// Whether this is the tag of a string that is not a template, whatever it looks like. By
  /// identity, so that nobody can write it: the same tag in YAML makes a number of `5`.
  @SuppressWarnings("ReferenceEquality")
  static boolean isUnsafeString(Tag tag) {
    return tag == UNSAFE_STRING;
  }

  /// @return null when the text is not JSON, or is beyond the reader's bounds, which reading it as
  ///   YAML then says with a place
  static @Nullable Node read(String text) {
    var document = new JsonDocument(text);
    document.skipSpace();
    if ("{[\"-0123456789ntfNI".indexOf(document.peek()) < 0) {
      return null;
    }
    try {
      var root = document.value();
      return document.index == text.length() ? root : null;
    } catch (NotJson e) {
      return null;
    }
  }

  private Node value() throws NotJson {
    if (++depth > YamlReader.MAXIMUM_DEPTH || ++nodes > YamlReader.MAXIMUM_NODES) {
      throw new NotJson();
    }
    var mark = mark();
    var node =
        switch (peek()) {
          case '{' -> object(mark);
          case '[' -> array(mark);
          case '"' -> scalar(Tag.STR, string(), mark);
          case 'n' -> word("null", Tag.NULL, "null", mark);
          case 't' -> word("true", Tag.BOOL, "true", mark);
          case 'f' -> word("false", Tag.BOOL, "false", mark);
          case 'N' -> word("NaN", Tag.FLOAT, ".nan", mark);
          case 'I' -> word("Infinity", Tag.FLOAT, ".inf", mark);
          default ->
              text.startsWith("-Infinity", index)
                  ? word("-Infinity", Tag.FLOAT, "-.inf", mark)
                  : number(mark);
        };
    depth--;
    skipSpace();
    return node;
  }

  private Node object(Mark start) throws NotJson {
    var entries = new ArrayList<NodeTuple>();
    index++;
    skipSpace();
    while (peek() != '}') {
      var mark = mark();
      if (peek() != '"') {
        throw new NotJson();
      }
      var key = scalar(Tag.STR, string(), mark);
      skipSpace();
      expect(':');
      entries.add(new NodeTuple(key, value()));
      if (peek() == ',') {
        index++;
        skipSpace();
        if (peek() == '}') {
          throw new NotJson();
        }
      } else if (peek() != '}') {
        throw new NotJson();
      }
    }
    index++;
    var special = special(entries, start);
    return special != null
        ? special
        : new MappingNode(Tag.MAP, true, entries, start, mark(), FlowStyle.FLOW);
  }

  /// What Ansible itself writes for strings that are encrypted or not to be templated.
  private @Nullable Node special(List<NodeTuple> entries, Mark start) throws NotJson {
    Node found = null;
    for (var kind : List.of("__ansible_unsafe", "__ansible_vault", "__ansible_type")) {
      for (var entry : entries) {
        if (((ScalarNode) entry.getKeyNode()).getValue().equals(kind)) {
          found = entry.getValueNode();
        }
      }
      if (found != null) {
        if (!found.getTag().equals(Tag.STR) || kind.equals("__ansible_type")) {
          throw new NotJson();
        }
        var tag = kind.equals("__ansible_vault") ? new Tag("!vault") : UNSAFE_STRING;
        return scalar(tag, ((ScalarNode) found).getValue(), start);
      }
    }
    return null;
  }

  private Node array(Mark start) throws NotJson {
    var items = new ArrayList<Node>();
    index++;
    skipSpace();
    while (peek() != ']') {
      items.add(value());
      if (peek() == ',') {
        index++;
        skipSpace();
        if (peek() == ']') {
          throw new NotJson();
        }
      } else if (peek() != ']') {
        throw new NotJson();
      }
    }
    index++;
    return new SequenceNode(Tag.SEQ, true, items, start, mark(), FlowStyle.FLOW);
  }

  private String string() throws NotJson {
    var result = new StringBuilder();
    for (index++; ; index++) {
      char c = peek();
      if (c == '"') {
        index++;
        return result.toString();
      }
      if (c < ' ') {
        throw new NotJson();
      }
      result.append(c == '\\' ? escape() : c);
      requirePair(result);
    }
  }

  private char escape() throws NotJson {
    index++;
    return switch (peek()) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (index + 5 > text.length()) {
          throw new NotJson();
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = text.charAt(++index) < 128 ? Character.digit(text.charAt(index), 16) : -1;
          if (digit < 0) {
            throw new NotJson();
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw new NotJson();
    };
  }

  /// Ansible refuses strings that cannot be encoded, which is what half a surrogate pair is.
  private void requirePair(StringBuilder soFar) throws NotJson {
    int last = soFar.length() - 1;
    boolean afterHigh = last > 0 && Character.isHighSurrogate(soFar.charAt(last - 1));
    boolean low = Character.isLowSurrogate(soFar.charAt(last));
    boolean endsInHigh =
        Character.isHighSurrogate(soFar.charAt(last))
            && index + 1 < text.length()
            && text.charAt(index + 1) == '"';
    if (afterHigh != low || endsInHigh) {
      throw new NotJson();
    }
  }

  private Node number(Mark start) throws NotJson {
    var matcher = NUMBER.matcher(text).region(index, text.length());
    if (!matcher.lookingAt()) {
      throw new NotJson();
    }
    index = matcher.end();
    boolean whole = matcher.group(1) == null && matcher.group(2) == null;
    return plain(whole ? Tag.INT : Tag.FLOAT, matcher.group(), start);
  }

  private Node word(String word, Tag tag, String value, Mark start) throws NotJson {
    if (!text.startsWith(word, index)) {
      throw new NotJson();
    }
    index += word.length();
    return plain(tag, value, start);
  }

  private Node plain(Tag tag, String value, Mark start) {
    return new ScalarNode(tag, true, value, start, mark(), ScalarStyle.PLAIN);
  }

  private Node scalar(Tag tag, String value, Mark start) {
    return new ScalarNode(tag, true, value, start, mark(), ScalarStyle.DOUBLE_QUOTED);
  }

  private void expect(char c) throws NotJson {
    if (peek() != c) {
      throw new NotJson();
    }
    index++;
    skipSpace();
  }

  private void skipSpace() {
    for (; index < text.length(); index++) {
      char c = text.charAt(index);
      if (c == '\n') {
        line++;
        lineStart = index + 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
    }
  }

  private char peek() {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private Mark mark() {
    return new Mark("", index, line, index - lineStart, NO_SNIPPET, 0);
  }
}
