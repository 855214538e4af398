package dev.ansiblevenv.analysis.canonical;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/// Writes data down as YAML, each time in another of the ways that mean the same.
final class Scribe {

  private static final Pattern PLAIN = Pattern.compile("[a-zA-Zé😀]([a-zA-Z é😀-]*[a-zA-Zé😀])?");
  private static final Pattern TYPED =
      Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");
  private static final Pattern LITERAL =
      Pattern.compile("[a-zA-Z0-9][ -~]*(\n|(\n+[a-zA-Z0-9][ -~]*)*\n?)");

  private final Random random;
  private final Map<Data, String> anchors = new HashMap<>();
  private int anchorsWritten;

  private Scribe(Random random) {
    this.random = random;
  }

  static String write(Data data, Random random) {
    var scribe = new Scribe(random);
    var text = scribe.start() + scribe.block(data, 0).stripLeading();
    if (!text.endsWith("\n")) {
      text += "\n";
    }
    if (random.nextInt(4) == 0) {
      text = text.replace("\n", "\r\n");
    }
    return random.nextInt(4) == 0 ? "\uFEFF" + text : text;
  }

  private String start() {
    return (random.nextBoolean() ? "# about\n\n" : "")
        + (random.nextInt(8) == 0 ? "%YAML 1.1\n---\n" : random.nextBoolean() ? "---\n" : "");
  }

  /// Behind a key or dash: text that starts with a space or a line break and ends with one.
  private String block(Data data, int indent) {
    var known = anchors.get(data);
    if (known != null && random.nextBoolean()) {
      return " *" + known + end();
    }
    var anchor = "";
    boolean collection =
        (data instanceof Data.Items(var items) && !items.isEmpty())
            || (data instanceof Data.Keys(var keys, _) && !keys.isEmpty());
    if (!(data instanceof Data.Nothing) && random.nextInt(4) == 0) {
      var name = "a-" + anchorsWritten++;
      anchor = " &" + name;
      var text = anchor + blockValue(data, indent, collection);
      anchors.putIfAbsent(data, name);
      return text;
    }
    return anchor + blockValue(data, indent, collection);
  }

  private String blockValue(Data data, int indent, boolean collection) {
    if (!collection || random.nextInt(5) == 0) {
      return data instanceof Data.Word(var text)
              && random.nextBoolean()
              && LITERAL.matcher(text).matches()
              && text.contains("\n")
          ? literal(text, indent)
          : " " + flow(data) + end();
    }
    var text = new StringBuilder(end());
    int deeper = indent + 1 + random.nextInt(4);
    var space = " ".repeat(indent);
    if (data instanceof Data.Items(var items)) {
      for (var item : items) {
        text.append(comment(indent)).append(space).append('-').append(block(item, deeper));
      }
    } else if (data instanceof Data.Keys keys) {
      var entries = ordered(keys);
      int merged = keys.object() || random.nextInt(4) > 0 ? 0 : random.nextInt(entries.size() + 1);
      if (merged > 0) {
        var first = new Data.Keys(entries.subList(0, merged), false);
        text.append(space).append("<<:").append(block(first, deeper));
      }
      for (var entry : entries.subList(merged, entries.size())) {
        text.append(comment(indent)).append(space).append(word(entry.name()));
        text.append(random.nextInt(9) == 0 ? " :" : ":").append(block(entry.value(), deeper));
      }
    }
    return text.toString();
  }

  private List<Data.Key> ordered(Data.Keys keys) {
    var entries = new ArrayList<>(keys.keys());
    if (keys.object()) {
      Collections.shuffle(entries, random);
    }
    return entries;
  }

  private String end() {
    return switch (random.nextInt(8)) {
      case 0 -> " # why\n";
      case 1 -> "   \n";
      case 2 -> "\n\n";
      default -> "\n";
    };
  }

  private String comment(int indent) {
    return random.nextInt(8) == 0 ? " ".repeat(random.nextInt(indent + 1)) + "# - a: b\n" : "";
  }

  private String literal(String text, int indent) {
    var space = " ".repeat(indent + 1);
    var lines = new StringBuilder(text.endsWith("\n") ? " |\n" : " |-\n");
    for (var line : text.lines().toList()) {
      lines.append(line.isEmpty() ? "" : space).append(line).append('\n');
    }
    return lines.toString();
  }

  private String flow(Data data) {
    return switch (data) {
      case Data.Word(var text) -> word(text);
      case Data.Unsafe(var text) -> "!unsafe " + quoted(text);
      case Data.Whole(var number) -> whole(BigInteger.valueOf(number));
      case Data.Truth(var value) ->
          pick(value ? "yes true True TRUE on On" : "no false off NO Off");
      case Data.Nothing() -> pick("~ null Null NULL");
      case Data.Fraction(var quarters) -> fraction(quarters);
      case Data.Items(var items) -> {
        var parts = new ArrayList<String>();
        items.forEach(item -> parts.add(flow(item)));
        yield joined("[", parts, "]");
      }
      case Data.Keys keys -> {
        var parts = new ArrayList<String>();
        ordered(keys).forEach(key -> parts.add(word(key.name()) + ": " + flow(key.value())));
        yield joined("{", parts, "}");
      }
    };
  }

  private String joined(String open, List<String> parts, String close) {
    var last = !parts.isEmpty() && random.nextInt(5) == 0 ? "," : "";
    return open + String.join(random.nextBoolean() ? ", " : " ,  ", parts) + last + close;
  }

  private String pick(String choices) {
    var all = choices.split(" ", -1);
    return all[random.nextInt(all.length)];
  }

  private String whole(BigInteger number) {
    var sign = number.signum() < 0 ? "-" : random.nextInt(5) == 0 ? "+" : "";
    var size = number.abs();
    return switch (random.nextInt(7)) {
      case 0 -> sign + "0" + size.toString(8);
      case 1 -> sign + "0x" + size.toString(16);
      case 2 -> sign + "0b" + size.toString(2);
      case 3 -> "!!int \"" + number + "\"";
      case 4 ->
          sign
              + size.toString().charAt(0)
              + (size.signum() == 0 ? "" : "_")
              + size.toString().substring(1);
      case 5 ->
          size.compareTo(BigInteger.valueOf(60)) < 0
              ? sign + size
              : sign + size.divide(BigInteger.valueOf(60)) + ":" + size.mod(BigInteger.valueOf(60));
      default -> sign + size;
    };
  }

  private String fraction(int quarters) {
    var text = Double.toString(quarters / 4.0);
    return switch (random.nextInt(4)) {
      case 0 -> text + "0";
      case 1 -> text + "e+0";
      case 2 -> "!!float '" + text + "'";
      default -> text;
    };
  }

  private String word(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !TYPED.matcher(text).matches();
    return plain && random.nextInt(3) > 0 ? text : quoted(text);
  }

  private String quoted(String text) {
    if (random.nextBoolean() && text.chars().allMatch(c -> c >= ' ' && c != 0x7F && c != 0xA0)) {
      return "'" + text.replace("'", "''") + "'";
    }
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
          } else if (c == '\n') {
            quoted.append(random.nextBoolean() ? "\\n" : "\\x0a");
          } else if (c < ' ' || (c > '~' && random.nextBoolean())) {
            quoted.append("\\U%08x".formatted(c));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}
