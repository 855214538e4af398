package dev.ansiblevenv.core.agent;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks messages against `protocol.json`, the same file that the agent checks against.
/// Understands the part of JSON Schema that the file uses, and refuses a schema that uses more.
final class MessageSchema {

  private static final Set<String> KEYWORDS =
      Set.of(
          "$ref",
          "type",
          "const",
          "enum",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "pattern",
          "minimum",
          "maximum",
          "maxLength",
          "description");

  private final Map<?, ?> definitions;
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  /// Read once for all hosts.
  private static final class Loaded {
    private static final MessageSchema SCHEMA = read();
  }

  private MessageSchema(Map<?, ?> definitions) {
    this.definitions = definitions;
  }

  static MessageSchema load() {
    return Loaded.SCHEMA;
  }

  private static MessageSchema read() {
    try {
      var document = JSON.std.mapFrom(AgentCode.resource("protocol.json"));
      return new MessageSchema(object(document.get("$defs")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param definition such as `response.facts` or `event`
  /// @throws ProtocolException that names the place which does not conform
  void check(String definition, @Nullable Object value) throws ProtocolException {
    if (!(definitions.get(definition) instanceof Map<?, ?> schema)) {
      throw new ProtocolException("unknown message " + definition);
    }
    check(schema, value, definition);
  }

  private void check(Map<?, ?> schema, @Nullable Object value, String place)
      throws ProtocolException {
    for (var keyword : schema.keySet()) {
      if (!KEYWORDS.contains(keyword)) {
        throw new IllegalStateException("the schema uses " + keyword);
      }
    }
    if (schema.get("$ref") instanceof String reference) {
      check(object(definitions.get(reference.substring("#/$defs/".length()))), value, place);
      return;
    }
    if (schema.get("type") instanceof String type && !isOf(type, value)) {
      throw new ProtocolException(place + " must be of type " + type);
    }
    if (schema.containsKey("const") && !equal(schema.get("const"), value)) {
      throw new ProtocolException(place + " must be " + schema.get("const"));
    }
    if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      throw new ProtocolException(place + " must be one of " + allowed);
    }
    if (value instanceof String text) {
      checkText(schema, text, place);
    } else if (value instanceof Map<?, ?> members) {
      checkObject(schema, members, place);
    } else if (value instanceof List<?> items) {
      checkItems(schema, items, place);
    } else if (value instanceof Number number) {
      checkRange(schema, number, place);
    }
  }

  private void checkText(Map<?, ?> schema, String text, String place) throws ProtocolException {
    if (schema.get("pattern") instanceof String pattern
        && !patterns.computeIfAbsent(pattern, Pattern::compile).matcher(text).matches()) {
      throw new ProtocolException(place + " must match " + pattern);
    }
    if (schema.get("maxLength") instanceof Number most
        && text.codePointCount(0, text.length()) > most.intValue()) {
      throw new ProtocolException(place + " is too long");
    }
  }

  private void checkObject(Map<?, ?> schema, Map<?, ?> members, String place)
      throws ProtocolException {
    if (schema.get("required") instanceof List<?> required) {
      for (var name : required) {
        if (!members.containsKey(name)) {
          throw new ProtocolException(place + " lacks " + name);
        }
      }
    }
    var properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
    for (var member : members.entrySet()) {
      var inner = place + "." + member.getKey();
      if (properties.get(member.getKey()) instanceof Map<?, ?> property) {
        check(property, member.getValue(), inner);
      } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
        throw new ProtocolException(place + " has the unknown field " + member.getKey());
      } else if (schema.get("additionalProperties") instanceof Map<?, ?> rest) {
        check(rest, member.getValue(), inner);
      }
    }
  }

  private void checkItems(Map<?, ?> schema, List<?> items, String place) throws ProtocolException {
    if (schema.get("items") instanceof Map<?, ?> each) {
      for (var index = 0; index < items.size(); index++) {
        check(each, items.get(index), place + "[" + index + "]");
      }
    }
  }

  private static void checkRange(Map<?, ?> schema, Number number, String place)
      throws ProtocolException {
    if (schema.get("minimum") instanceof Number least
        && number.doubleValue() < least.doubleValue()) {
      throw new ProtocolException(place + " must be at least " + least);
    }
    if (schema.get("maximum") instanceof Number most && number.doubleValue() > most.doubleValue()) {
      throw new ProtocolException(place + " must be at most " + most);
    }
  }

  private static boolean isOf(String type, @Nullable Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "null" -> value == null;
      case "number" -> value instanceof Number;
      case "integer" ->
          value instanceof Number && !(value instanceof Double) && !(value instanceof Float);
      default -> throw new IllegalStateException("the schema uses the type " + type);
    };
  }

  private static boolean equal(@Nullable Object expected, @Nullable Object value) {
    if (expected instanceof Number left && value instanceof Number right) {
      return left.doubleValue() == right.doubleValue();
    }
    return Objects.equals(expected, value);
  }

  private static Map<?, ?> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalStateException("the schema lacks a definition");
  }
}
