package dev.ansiblevenv.analysis.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Made-up content of a playbook, independent of any way to write it down.
sealed interface Data {

  record Word(String text) implements Data {}

  record Whole(long number) implements Data {}

  record Truth(boolean value) implements Data {}

  record Nothing() implements Data {}

  record Fraction(int quarters) implements Data {}

  record Unsafe(String text) implements Data {}

  record Items(List<Data> items) implements Data {}

  /// @param object whether the order of keys is invisible
  record Keys(List<Key> keys, boolean object) implements Data {}

  record Key(String name, Data value) {}

  static Data playbook(Random random) {
    return items(random, 1, 3, () -> play(random));
  }

  private static Data play(Random random) {
    var keys = new ArrayList<Key>();
    keys.add(new Key("hosts", word(random)));
    maybe(random, keys, "vars", () -> mapping(random, 2));
    maybe(random, keys, "become", () -> new Truth(random.nextBoolean()));
    maybe(random, keys, "tasks", () -> items(random, 0, 4, () -> task(random, 2)));
    maybe(random, keys, "handlers", () -> items(random, 0, 2, () -> task(random, 0)));
    maybe(random, keys, "roles", () -> items(random, 0, 2, () -> role(random)));
    return new Keys(keys, true);
  }

  private static Data role(Random random) {
    return new Keys(
        List.of(
            new Key("role", word(random)),
            new Key("tags", any(random, 1)),
            new Key("vars", mapping(random, 1))),
        true);
  }

  private static Data task(Random random, int depth) {
    var keys = new ArrayList<Key>();
    keys.add(new Key("name", word(random)));
    maybe(random, keys, "when", () -> any(random, 1));
    if (depth > 0 && random.nextInt(4) == 0) {
      keys.add(new Key("block", items(random, 1, 3, () -> task(random, depth - 1))));
      maybe(random, keys, "rescue", () -> items(random, 0, 2, () -> task(random, depth - 1)));
    } else {
      keys.add(new Key("copy", mapping(random, 2)));
      maybe(random, keys, "loop", () -> items(random, 0, 3, () -> any(random, 1)));
    }
    return new Keys(keys, true);
  }

  private static Data any(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> new Whole(random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(-99, 5000));
      case 1 -> new Truth(random.nextBoolean());
      case 2 -> new Nothing();
      case 3 -> new Fraction(random.nextInt(-4000, 4000));
      case 4 -> new Unsafe("{{ " + letters(random) + " }}");
      case 7 -> items(random, 0, 4, () -> any(random, depth - 1));
      case 8 -> mapping(random, depth - 1);
      default -> word(random);
    };
  }

  private static Data mapping(Random random, int depth) {
    var keys = new ArrayList<Key>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      keys.add(new Key(letters(random) + i, any(random, depth)));
    }
    return new Keys(keys, false);
  }

  private static Data word(Random random) {
    var texts =
        List.of(
            "",
            "a b",
            "yes",
            "0644",
            "1:30",
            "~",
            "null",
            "1e5",
            "{{ x }}",
            "it's",
            "\"q\"",
            "a: b",
            "a #b",
            "- x",
            " lead",
            "trail ",
            "two\nlines\n",
            "one\n\n\nthree",
            "tab\there",
            "é😀",
            "back\\slash",
            "\u0007",
            "#",
            "!x",
            "*x",
            "&x",
            "=",
            "<<",
            "a\n  b\n",
            "\n",
            "%",
            "@",
            "?",
            "x:",
            "[",
            "]",
            "{",
            "}",
            ",",
            "---",
            "...",
            "\u00a0",
            "2001-01-01");
    return new Word(
        random.nextBoolean() ? letters(random) : texts.get(random.nextInt(texts.size())));
  }

  private static String letters(Random random) {
    return "abcdefghijklm".substring(random.nextInt(6)).substring(random.nextInt(5));
  }

  private static Data items(
      Random random, int least, int most, java.util.function.Supplier<Data> item) {
    var items = new ArrayList<Data>();
    int size = random.nextInt(least, most + 1);
    for (int i = 0; i < size; i++) {
      items.add(item.get());
    }
    return new Items(items);
  }

  private static void maybe(
      Random random, List<Key> keys, String name, java.util.function.Supplier<Data> value) {
    if (random.nextBoolean()) {
      keys.add(new Key(name, value.get()));
    }
  }

  /// The same with one thing changed that Ansible can see.
  default Data mutated(Random random) {
    var children = children();
    if (children.isEmpty() || random.nextInt(3) == 0) {
      return changed(random);
    }
    int place = random.nextInt(children.size());
    return with(place, children.get(place).mutated(random));
  }

  private List<Data> children() {
    return switch (this) {
      case Items(var items) -> items;
      case Keys(var keys, _) -> keys.stream().map(Key::value).toList();
      default -> List.of();
    };
  }

  private Data with(int place, Data child) {
    return switch (this) {
      case Items(var items) -> {
        var changed = new ArrayList<>(items);
        changed.set(place, child);
        yield new Items(changed);
      }
      case Keys(var keys, var object) -> {
        var changed = new ArrayList<>(keys);
        changed.set(place, new Key(keys.get(place).name(), child));
        yield new Keys(changed, object);
      }
      default -> throw new IllegalStateException(toString());
    };
  }

  private Data changed(Random random) {
    return switch (this) {
      case Word(var text) ->
          switch (random.nextInt(3)) {
            case 0 -> new Word(text + " ");
            case 1 -> new Items(List.of(this));
            default -> new Unsafe("{{ " + text + " }}");
          };
      case Whole(var number) ->
          random.nextBoolean() ? new Word(Long.toString(number)) : new Whole(number ^ 1);
      case Truth(var value) -> random.nextBoolean() ? new Truth(!value) : new Word("" + value);
      case Nothing() -> random.nextBoolean() ? new Word("") : new Truth(false);
      case Fraction(var quarters) -> new Fraction(quarters + 1);
      case Unsafe(var text) -> new Word(text);
      case Items(var items) -> {
        var changed = new ArrayList<>(items);
        if (items.size() > 1 && !items.getFirst().equals(items.getLast())) {
          changed.set(0, items.getLast());
          changed.set(items.size() - 1, items.getFirst());
        } else {
          changed.add(new Whole(1));
        }
        yield new Items(changed);
      }
      case Keys(var keys, var object) -> {
        var changed = new ArrayList<>(keys);
        if (keys.size() > 1 && !object && random.nextBoolean()) {
          changed.addLast(changed.removeFirst());
        } else if (!keys.isEmpty() && random.nextBoolean()) {
          changed.remove(random.nextInt(keys.size()));
        } else {
          changed.add(new Key("zz", new Nothing()));
        }
        yield new Keys(changed, object);
      }
    };
  }
}
