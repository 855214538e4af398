package dev.ansiblevenv.analysis.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// What a node stands for: null, Boolean, Long or BigInteger, Double, String, List, or Map in
/// document order. Aliases and merge keys are resolved.
///
/// `!vault` and `!unsafe` become the one-entry maps that Ansible's own JSON uses
/// (`__ansible_vault`, `__ansible_unsafe`). Dates stay text.
public final class YamlValue {

  private YamlValue() {}

  public static @Nullable Object of(@Nullable Node node) {
    if (node == null) {
      return null;
    }
    if (node instanceof ScalarNode scalar) {
      return tagged(node, ofScalar(scalar));
    }
    if (node instanceof SequenceNode sequence) {
      var items = new ArrayList<@Nullable Object>();
      sequence.getValue().forEach(item -> items.add(of(item)));
      return tagged(node, items);
    }
    if (node instanceof MappingNode mapping) {
      var entries = new LinkedHashMap<@Nullable Object, @Nullable Object>();
      for (var entry : entries(mapping)) {
        entries.put(of(entry.getKeyNode()), of(entry.getValueNode()));
      }
      return tagged(node, entries);
    }
    throw new IllegalStateException(node.toString());
  }

  /// The entries of a mapping, those of its merge keys first, as PyYAML orders them. A key may
  /// appear more than once; the last one counts.
  public static List<NodeTuple> entries(MappingNode mapping) {
    var merged = new ArrayList<NodeTuple>();
    var own = new ArrayList<NodeTuple>();
    for (var entry : mapping.getValue()) {
      if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(entry.getValueNode(), merged);
      } else {
        own.add(entry);
      }
    }
    merged.addAll(own);
    return merged;
  }

  private static void merge(Node from, List<NodeTuple> into) {
    if (from instanceof MappingNode one) {
      into.addAll(entries(one));
    } else if (from instanceof SequenceNode several) {
      several.getValue().reversed().forEach(one -> merge(one, into));
    }
  }

  private static @Nullable Object tagged(Node node, @Nullable Object value) {
    return switch (node.getTag().getValue()) {
      case "!vault", "!vault-encrypted" -> Map.of("__ansible_vault", String.valueOf(value));
      case "!unsafe" -> Map.of("__ansible_unsafe", String.valueOf(value));
      default -> value;
    };
  }

  private static @Nullable Object ofScalar(ScalarNode node) {
    var text = node.getValue();
    var tag = node.getTag();
    try {
      if (tag.equals(Tag.NULL)) {
        return null;
      } else if (tag.equals(Tag.BOOL)) {
        return switch (text.toLowerCase(Locale.ROOT)) {
          case "yes", "true", "on" -> true;
          default -> false;
        };
      } else if (tag.equals(Tag.INT)) {
        return integer(text.replace("_", ""));
      } else if (tag.equals(Tag.FLOAT)) {
        return decimal(text.replace("_", "").toLowerCase(Locale.ROOT));
      }
    } catch (NumberFormatException e) {
      return text;
    }
    return text;
  }

  private static Object integer(String text) {
    boolean negative = text.startsWith("-");
    var digits = negative || text.startsWith("+") ? text.substring(1) : text;
    BigInteger number;
    if (digits.startsWith("0b")) {
      number = new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      number = new BigInteger(digits.substring(2), 16);
    } else if (digits.indexOf(':') >= 0) {
      number = BigInteger.ZERO;
      for (var place : digits.split(":", -1)) {
        number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(place));
      }
    } else if (digits.startsWith("0") && digits.length() > 1) {
      number = new BigInteger(digits, 8);
    } else {
      number = new BigInteger(digits);
    }
    number = negative ? number.negate() : number;
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static Double decimal(String text) {
    double sign = text.startsWith("-") ? -1 : 1;
    var digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (digits.equals(".inf")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (digits.equals(".nan")) {
      return Double.NaN;
    }
    double number = 0;
    for (var place : digits.split(":", -1)) {
      number = number * 60 + Double.parseDouble(place);
    }
    return sign * number;
  }
}
