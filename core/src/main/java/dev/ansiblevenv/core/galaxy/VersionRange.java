package dev.ansiblevenv.core.galaxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which versions of a collection are asked for, as [Ansible writes
/// it](https://docs.ansible.com/ansible/latest/collections_guide/collections_installing.html#installing-an-older-version-of-a-collection):
/// clauses joined by commas, all of which must hold; `== = != > >= < <=` and `*`; a bare version is
/// an exact one; `1.2` means `1.2.0`.
///
/// Reading is lenient about spaces, which Ansible refuses; [#toString] writes what Ansible reads.
public final class VersionRange {

  /// Any version.
  public static final VersionRange ANY = new VersionRange(List.of());

  private static final Pattern CLAUSE =
      Pattern.compile("(==|=|!=|>=|>|<=|<)?\\s*([0-9A-Za-z.+*-]+)");

  /// What Ansible makes of a short or long version: up to three numbers, the rest of them zero.
  private static final Pattern LOOSE =
      Pattern.compile("([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:\\.[0-9]+)*([-+].*)?");

  private final List<Clause> clauses;

  private VersionRange(List<Clause> clauses) {
    this.clauses = List.copyOf(clauses);
  }

  /// @throws IllegalArgumentException when Ansible gives the text no meaning; the message says why
  public static VersionRange parse(String text) {
    var clauses = new ArrayList<Clause>();
    for (var part : text.split(",", -1)) {
      var clause = part.strip();
      if (!clause.isEmpty()) {
        clause(clause).ifPresent(clauses::add);
      }
    }
    return clauses.isEmpty() ? ANY : new VersionRange(clauses);
  }

  public boolean contains(SemanticVersion version) {
    return clauses.stream().allMatch(clause -> clause.accepts(version));
  }

  /// The one version an exact pin names; it may be a pre-release without anything else saying so.
  public Optional<SemanticVersion> pin() {
    return clauses.size() == 1 && clauses.getFirst().operator == Operator.EQUAL
        ? Optional.of(clauses.getFirst().version)
        : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionRange that && clauses.equals(that.clauses);
  }

  @Override
  public int hashCode() {
    return clauses.hashCode();
  }

  @Override
  public String toString() {
    return clauses.isEmpty()
        ? "*"
        : clauses.stream().map(Clause::toString).collect(Collectors.joining(","));
  }

  private static Optional<Clause> clause(String text) {
    var match = CLAUSE.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(unknown(text));
    }
    var version = match.group(2);
    if (version.equals("*")) {
      return Optional.empty();
    }
    return Optional.of(new Clause(operator(match.group(1)), version(text, version)));
  }

  private static Operator operator(@Nullable String symbol) {
    return switch (symbol) {
      case null -> Operator.EQUAL;
      case "==", "=" -> Operator.EQUAL;
      case "!=" -> Operator.NOT_EQUAL;
      case ">=" -> Operator.AT_LEAST;
      case ">" -> Operator.GREATER;
      case "<=" -> Operator.AT_MOST;
      default -> Operator.LESS;
    };
  }

  private static SemanticVersion version(String clause, String text) {
    var match = LOOSE.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(unknown(clause));
    }
    var full = new StringBuilder();
    for (int part = 1; part <= 3; part++) {
      var number = match.group(part) == null ? "0" : match.group(part);
      full.append(part == 1 ? "" : ".").append(number.replaceFirst("^0+(?=.)", ""));
    }
    if (match.group(4) != null) {
      full.append(match.group(4));
    }
    return SemanticVersion.parse(full.toString())
        .orElseThrow(() -> new IllegalArgumentException(unknown(clause)));
  }

  private static String unknown(String clause) {
    return "`"
        + clause
        + "` is not a Galaxy version range: write clauses of ==, !=, >, >=, <, <= and a version,"
        + " joined by commas";
  }

  private record Clause(Operator operator, SemanticVersion version) {

    boolean accepts(SemanticVersion candidate) {
      var order = candidate.compareTo(version);
      return switch (operator) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case GREATER -> order > 0;
        case AT_LEAST -> order >= 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
      };
    }

    @Override
    public String toString() {
      return operator.symbol + version;
    }
  }

  private enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    AT_LEAST(">="),
    LESS("<"),
    AT_MOST("<=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }
  }
}
