package dev.ansiblevenv.analysis.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The package `ansible`, which is ansible-core and a hundred collections. Since release 4 each of
/// its major releases comes with [one series of
/// ansible-core](https://docs.ansible.com/ansible/latest/reference_appendices/release_and_maintenance.html#ansible-community-changelogs):
/// 4 with 2.11, 5 with 2.12, and so on.
public final class CommunityDistribution {

  private static final String NAME = "ansible";
  private static final int FIRST = 4;
  private static final int SERIES_OF_NONE = 7;
  private static final Pattern CLAUSE =
      Pattern.compile("(~=|==|<=|>=|<|>)(\\d{1,4})((?:\\.(?:\\d+|\\*))*)");

  private CommunityDistribution() {}

  /// What a requirement on it says of ansible-core.
  ///
  /// @return empty where it says nothing, or is on another package
  public static Optional<PackageRequirement> ofCore(PackageRequirement requirement) {
    if (!requirement.name().equals(NAME)) {
      return Optional.empty();
    }
    var clauses = new ArrayList<String>();
    for (var clause : requirement.specifier().split(",", -1)) {
      clauses.addAll(ofCore(clause));
    }
    return clauses.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PackageRequirement(
                "ansible-core", "", String.join(",", clauses), requirement.marker()));
  }

  private static List<String> ofCore(String clause) {
    var parts = CLAUSE.matcher(clause);
    if (!parts.matches()) {
      return List.of();
    }
    var major = Integer.parseInt(parts.group(2));
    if (major < FIRST) {
      return List.of();
    }
    var rest = parts.group(3);
    var series = "2." + (major + SERIES_OF_NONE);
    var next = "<2." + (major + SERIES_OF_NONE + 1);
    return switch (parts.group(1)) {
      case "==", "~=" -> List.of("==" + series + ".*");
      case ">=", ">" -> List.of(">=" + series);
      case "<" -> List.of(rest.matches("(\\.0)*") ? "<" + series : next);
      default -> List.of(next);
    };
  }
}
