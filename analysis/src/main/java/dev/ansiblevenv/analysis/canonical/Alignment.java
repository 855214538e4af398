package dev.ansiblevenv.analysis.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// Which items of an old list are which items of a new one.
///
/// @param before index in the old list, -1 for an item that is new
/// @param after index in the new list, -1 for an item that is gone
record Alignment(int before, int after) {

  /// Beyond that the items are taken pairwise: the table of the longest common subsequence grows
  /// with the product of the lengths.
  private static final int MAXIMUM_TABLE = 4_000_000;

  /// Equal items stay together; of what lies between them, those of one name do; of the rest, those
  /// in one place.
  static List<Alignment> of(List<Outline> before, List<Outline> after) {
    var result = new ArrayList<Alignment>();
    for (var gap : gaps(before, after, 0, 0, result, Outline::equals)) {
      var old = before.subList(gap[0], gap[1]);
      var young = after.subList(gap[2], gap[3]);
      for (var rest : gaps(old, young, gap[0], gap[2], result, Alignment::sameName)) {
        pairwise(rest, result);
      }
    }
    result.sort((a, b) ->
        a.after >= 0 && b.after >= 0
            ? Integer.compare(a.after, b.after)
            : Integer.compare(a.order(), b.order()));
    return result;
  }

  private int order() {
    return before >= 0 ? before : after;
  }

  private static boolean sameName(Outline a, Outline b) {
    var name = a.name();
    return name != null && name.equals(b.name());
  }

  private static void pairwise(int[] gap, List<Alignment> result) {
    int pairs = Math.min(gap[1] - gap[0], gap[3] - gap[2]);
    boolean replaced = gap[1] - gap[0] == gap[3] - gap[2];
    for (int i = 0; i < (replaced ? pairs : 0); i++) {
      result.add(new Alignment(gap[0] + i, gap[2] + i));
    }
    for (int i = gap[0] + (replaced ? pairs : 0); i < gap[1]; i++) {
      result.add(new Alignment(i, -1));
    }
    for (int i = gap[2] + (replaced ? pairs : 0); i < gap[3]; i++) {
      result.add(new Alignment(-1, i));
    }
  }

  /// Adds the pairs of a longest common subsequence to the result.
  ///
  /// @return the stretches between them: from and to in the old list, from and to in the new one
  private static List<int[]> gaps(
      List<Outline> before,
      List<Outline> after,
      int beforeStart,
      int afterStart,
      List<Alignment> result,
      BiPredicate<Outline, Outline> same) {
    var gaps = new ArrayList<int[]>();
    int i = 0;
    int j = 0;
    int openBefore = 0;
    int openAfter = 0;
    var lengths = lengths(before, after, same);
    while (i < before.size() && j < after.size()) {
      if (same.test(before.get(i), after.get(j))) {
        add(gaps, openBefore, i, openAfter, j, beforeStart, afterStart);
        result.add(new Alignment(beforeStart + i++, afterStart + j++));
        openBefore = i;
        openAfter = j;
      } else if (lengths.length > 0 && lengths[i + 1][j] >= lengths[i][j + 1]) {
        i++;
      } else if (lengths.length > 0) {
        j++;
      } else {
        i++;
        j++;
      }
    }
    add(gaps, openBefore, before.size(), openAfter, after.size(), beforeStart, afterStart);
    return gaps;
  }

  private static void add(
      List<int[]> gaps, int a, int b, int c, int d, int beforeStart, int afterStart) {
    if (a < b || c < d) {
      gaps.add(new int[] {beforeStart + a, beforeStart + b, afterStart + c, afterStart + d});
    }
  }

  private static int[][] lengths(
      List<Outline> before, List<Outline> after, BiPredicate<Outline, Outline> same) {
    if ((long) before.size() * after.size() > MAXIMUM_TABLE) {
      return new int[0][];
    }
    var lengths = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        lengths[i][j] =
            same.test(before.get(i), after.get(j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }
}
