package dev.ansiblevenv.core.galaxy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A version of a role, ordered as Ansible orders it (`utils/version.py`): numbers and words in
/// turn; a number and a word in the same place cannot be compared.
record LooseVersion(String text) implements Comparable<LooseVersion> {

  private static final Pattern PART = Pattern.compile("[0-9]+|[a-z]+|\\.|[^0-9a-z.]+");

  /// @throws ClassCastException when the versions are of different forms
  @Override
  public int compareTo(LooseVersion other) {
    var mine = parts();
    var theirs = other.parts();
    for (int at = 0; at < Math.min(mine.size(), theirs.size()); at++) {
      var order = order(mine.get(at), theirs.get(at));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(mine.size(), theirs.size());
  }

  private static int order(String one, String other) {
    var isNumber = isNumber(one);
    if (isNumber != isNumber(other)) {
      throw new ClassCastException(one + " and " + other + " cannot be compared");
    }
    return isNumber ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
  }

  private static boolean isNumber(String part) {
    return part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }

  private List<String> parts() {
    var parts = new ArrayList<String>();
    for (var match = PART.matcher(text); match.find(); ) {
      if (!match.group().equals(".")) {
        parts.add(match.group());
      }
    }
    return parts;
  }
}
