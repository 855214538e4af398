package dev.ansiblevenv.analysis.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes of values in memory: what an edit of the text has to mean.
final class YamlChange {

  private YamlChange() {}

  static @Nullable Object put(
      @Nullable Object root, List<?> path, String key, @Nullable Object value) {
    return change(
        root,
        path,
        at -> {
          var entries = map(at);
          entries.put(key, value);
          return entries;
        });
  }

  static @Nullable Object replace(@Nullable Object root, List<?> path, @Nullable Object value) {
    return change(root, path, at -> value);
  }

  static @Nullable Object append(@Nullable Object root, List<?> path, Object item) {
    return change(
        root,
        path,
        at -> {
          var items = list(at);
          items.add(item);
          return items;
        });
  }

  static @Nullable Object remove(@Nullable Object root, List<?> path, int index) {
    return change(
        root,
        path,
        at -> {
          var items = list(at);
          items.remove(index);
          return items;
        });
  }

  private static @Nullable Object change(
      @Nullable Object at, List<?> path, UnaryOperator<@Nullable Object> change) {
    if (path.isEmpty()) {
      return change.apply(at);
    }
    var rest = path.subList(1, path.size());
    if (path.getFirst() instanceof Integer index) {
      var items = list(at);
      items.set(index, change(items.get(index), rest, change));
      return items;
    }
    var entries = map(at);
    entries.put(path.getFirst(), change(entries.get(path.getFirst()), rest, change));
    return entries;
  }

  private static Map<@Nullable Object, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
  }

  private static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
  }
}
