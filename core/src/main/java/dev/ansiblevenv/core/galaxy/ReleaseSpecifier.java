package dev.ansiblevenv.core.galaxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A collection's `requires_ansible`: a [PEP 440
/// specifier](https://packaging.python.org/en/latest/specifications/version-specifiers/) that is
/// held, as Ansible does, against the release numbers of an ansible-core alone.
public final class ReleaseSpecifier {

  private static final Pattern CLAUSE =
      Pattern.compile(
          "(~=|==|!=|<=|>=|<|>)\\s*v?([0-9]{1,9}(?:\\.[0-9]{1,9})*)(\\.\\*)?"
              + "([-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)[-_.]?[0-9]*)?"
              + "((?:[-_.]?(?:post|rev|r)[-_.]?[0-9]*)|-[0-9]+)?",
          Pattern.CASE_INSENSITIVE);

  private final List<Clause> clauses;
  private final String text;

  private ReleaseSpecifier(String text, List<Clause> clauses) {
    this.text = text;
    this.clauses = clauses;
  }

  /// @return empty when the text is no specifier; Ansible then warns and lets the collection load
  public static Optional<ReleaseSpecifier> parse(String text) {
    var clauses = new ArrayList<Clause>();
    for (var part : text.split(",", -1)) {
      var match = CLAUSE.matcher(part.strip());
      if (part.isBlank()) {
        continue;
      }
      if (!match.matches()) {
        return Optional.empty();
      }
      var release = release(match.group(2));
      var tilt = match.group(4) != null ? -1 : match.group(5) != null ? 1 : 0;
      var clause = new Clause(match.group(1), release, match.group(3) != null, tilt);
      if (!clause.isMeaningful()) {
        return Optional.empty();
      }
      clauses.add(clause);
    }
    return Optional.of(new ReleaseSpecifier(text.strip(), List.copyOf(clauses)));
  }

  /// @param version of ansible-core, `2.19.4`; pre-release and other suffixes are left out of
  ///   account
  public boolean accepts(String version) {
    var release = release(version.replaceFirst("[^0-9.].*", "").replaceFirst("\\.+$", ""));
    return clauses.stream().allMatch(clause -> clause.accepts(release));
  }

  @Override
  public String toString() {
    return text;
  }

  private static List<Integer> release(String text) {
    return Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList();
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      var order = Integer.compare(part(a, i), part(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int part(List<Integer> release, int index) {
    return index < release.size() ? release.get(index) : 0;
  }

  /// @param tilt below zero for a bound that is a pre-release of `release`, above for a
  ///   post-release
  private record Clause(String operator, List<Integer> release, boolean prefix, int tilt) {

    boolean isMeaningful() {
      var equality = operator.equals("==") || operator.equals("!=");
      return (!prefix || (equality && tilt == 0)) && (!operator.equals("~=") || release.size() > 1);
    }

    boolean accepts(List<Integer> candidate) {
      var plain = compare(candidate, release);
      var order = plain == 0 ? -tilt : plain;
      return switch (operator) {
        case "==" -> prefix ? hasPrefix(candidate, release) : order == 0;
        case "!=" -> !(prefix ? hasPrefix(candidate, release) : order == 0);
        case ">=" -> order >= 0;
        case ">" -> order > 0;
        case "<=" -> order <= 0;
        case "<" -> order < 0;
        default -> order >= 0 && hasPrefix(candidate, release.subList(0, release.size() - 1));
      };
    }

    private static boolean hasPrefix(List<Integer> candidate, List<Integer> prefix) {
      for (int i = 0; i < prefix.size(); i++) {
        if (part(candidate, i) != part(prefix, i)) {
          return false;
        }
      }
      return true;
    }
  }
}
