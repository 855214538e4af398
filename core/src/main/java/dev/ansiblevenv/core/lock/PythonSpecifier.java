package dev.ansiblevenv.core.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which versions of a Python package a requirement admits: clauses as [PEP
/// 440](https://packaging.python.org/en/latest/specifications/version-specifiers/) writes them, all
/// of which must hold. Pre-releases are as good as any other version: whether one may be chosen is
/// the resolver's question.
public final class PythonSpecifier {

  private static final Pattern CLAUSE =
      Pattern.compile("(===|~=|==|!=|<=|>=|<|>)\\s*(\\S+?)(\\.\\*)?");

  private final List<Clause> clauses;

  private PythonSpecifier(List<Clause> clauses) {
    this.clauses = List.copyOf(clauses);
  }

  /// @param text such as `>=2.31,<3`; empty for any version
  /// @return empty when the text is no specifier
  public static Optional<PythonSpecifier> parse(String text) {
    var clauses = new ArrayList<Clause>();
    for (var part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      var match = CLAUSE.matcher(part.strip());
      if (!match.matches()) {
        return Optional.empty();
      }
      var operator = match.group(1);
      var isPrefix = match.group(3) != null;
      var clause =
          operator.equals("===")
              ? Optional.<Clause>of(new Same(match.group(2) + (isPrefix ? ".*" : "")))
              : PythonVersion.parse(match.group(2))
                  .<Clause>map(version -> new Bound(operator, version, isPrefix))
                  .filter(Clause::isMeaningful);
      if (clause.isEmpty()) {
        return Optional.empty();
      }
      clauses.add(clause.get());
    }
    return Optional.of(new PythonSpecifier(clauses));
  }

  /// @param version of a package; what is no version is never admitted, but by `===`
  public boolean accepts(String version) {
    return clauses.stream().allMatch(clause -> clause.accepts(version));
  }

  private sealed interface Clause {

    boolean isMeaningful();

    boolean accepts(String version);
  }

  private record Same(String text) implements Clause {

    @Override
    public boolean isMeaningful() {
      return true;
    }

    @Override
    public boolean accepts(String version) {
      return version.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
    }
  }

  private record Bound(String operator, PythonVersion version, boolean isPrefix) implements Clause {

    @Override
    public boolean isMeaningful() {
      var equality = operator.equals("==") || operator.equals("!=");
      var plain = !version.isPreRelease() && version.post() == null && version.local().isEmpty();
      return (!isPrefix || (equality && plain))
          && (equality || version.local().isEmpty())
          && (!operator.equals("~=") || version.release().size() > 1);
    }

    @Override
    public boolean accepts(String candidate) {
      return PythonVersion.parse(candidate).filter(this::accepts).isPresent();
    }

    private boolean accepts(PythonVersion candidate) {
      var known = candidate.withoutLocal();
      return switch (operator) {
        case "==" -> isEqual(candidate);
        case "!=" -> !isEqual(candidate);
        case "<=" -> known.compareTo(version) <= 0;
        case ">=" -> known.compareTo(version) >= 0;
        case "~=" ->
            known.compareTo(version) >= 0
                && candidate.beginsWith(version, version.release().size() - 1);
        case "<" ->
            candidate.compareTo(version.isPreRelease() ? version : version.firstDevelopment()) < 0;
        default -> isGreater(candidate);
      };
    }

    private boolean isEqual(PythonVersion candidate) {
      if (isPrefix) {
        return candidate.beginsWith(version, version.release().size());
      }
      var compared = version.local().isEmpty() ? candidate.withoutLocal() : candidate;
      return compared.compareTo(version) == 0;
    }

    /// Post-releases of the version itself do not count as greater.
    private boolean isGreater(PythonVersion candidate) {
      var next = version.nextOfItsKind();
      return next.isPresent()
          ? candidate.compareTo(next.get()) >= 0
          : candidate.compareTo(version) > 0 && !candidate.isOfSameRelease(version);
    }
  }
}
