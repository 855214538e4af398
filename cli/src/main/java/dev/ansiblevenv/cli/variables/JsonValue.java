package dev.ansiblevenv.cli.variables;

import dev.ansiblevenv.analysis.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of YAML as JSON has them: variables travel to the host as JSON, those with a tag as
/// Ansible's own JSON has them.
final class JsonValue {

  private JsonValue() {}

  /// @throws IllegalArgumentException for what JSON cannot say
  static @Nullable Object of(Value value) {
    return switch (value) {
      case Value.Null() -> null;
      case Value.Bool(var truth) -> truth;
      case Value.Int(var number) -> number;
      case Value.Real(var number) when Double.isFinite(number) -> number;
      case Value.Text(var text, var template) when template -> text;
      case Value.Sequence(var items) -> list(items);
      case Value.Mapping mapping -> object(mapping);
      case Value.Text(var text, _) -> Map.of("__ansible_unsafe", text);
      case Value.Vault(var ciphertext) -> Map.of("__ansible_vault", ciphertext);
      case Value.Real _,
          Value.Binary _,
          Value.Date _,
          Value.Time _,
          Value.Distinct _,
          Value.Pair _ ->
          throw new IllegalArgumentException(
              "it holds a value that is neither text, number, boolean, list nor mapping; put it in quotes");
    };
  }

  static Map<String, Object> object(Value.Mapping mapping) {
    var object = new LinkedHashMap<String, Object>();
    for (var entry : mapping.entries()) {
      if (!(entry.key() instanceof Value.Text(var key, _))) {
        throw new IllegalArgumentException("it has a key that is no text; put it in quotes");
      }
      object.put(key, of(entry.value()));
    }
    return object;
  }

  private static List<Object> list(List<Value> items) {
    var list = new ArrayList<Object>();
    items.forEach(item -> list.add(of(item)));
    return list;
  }
}
