package dev.ansiblevenv.core.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A released version, compared number by number.
record ToolVersion(List<Integer> numbers) implements Comparable<ToolVersion> {

  private static final Pattern DOTTED = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})+");

  static ToolVersion of(String dotted) {
    return new ToolVersion(Arrays.stream(dotted.split("\\.", -1)).map(Integer::valueOf).toList());
  }

  /// The first dotted number in what a tool prints about itself.
  static Optional<ToolVersion> in(String text) {
    return DOTTED.matcher(text).results().findFirst().map(match -> of(match.group()));
  }

  @Override
  public int compareTo(ToolVersion other) {
    for (var i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      var order = Integer.compare(number(i), other.number(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int number(int i) {
    return i < numbers.size() ? numbers.get(i) : 0;
  }

  @Override
  public String toString() {
    return String.join(".", numbers.stream().map(String::valueOf).toList());
  }
}
