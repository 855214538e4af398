package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The series of ansible-core that were tried and do not fit, and what is to be said of that.
final class RejectedSeries {

  private static final int MAX_CONTRADICTIONS = 12;
  private static final int MAX_REASON_LENGTH = 200;

  private final String python;
  private final List<Rejected> all = new ArrayList<>();

  /// @param python of the host, `3.11`
  RejectedSeries(String python) {
    this.python = python;
  }

  private record Rejected(
      AnsibleCoreSeries series,
      String where,
      String why,
      String next,
      boolean byCollections,
      boolean byRequirementOnCore) {}

  void add(AnsibleCoreSeries series, SolverExplanation explanation) {
    all.add(
        new Rejected(
            series,
            explanation.where(),
            explanation.why(),
            explanation.next(),
            false,
            explanation.isAboutAnsibleAlone()));
  }

  void add(AnsibleCoreSeries series, ResolverOutcome.Conflict conflict) {
    var texts = conflict.texts();
    var shown = new ArrayList<>(texts.subList(0, Math.min(texts.size(), MAX_CONTRADICTIONS)));
    if (texts.size() > MAX_CONTRADICTIONS) {
      shown.add("and " + (texts.size() - MAX_CONTRADICTIONS) + " more like these");
    }
    var next = conflict.contradictions().getFirst().next();
    all.add(new Rejected(series, "", String.join("; ", shown), next, true, false));
  }

  /// Why this series was taken, in one line.
  String reason(AnsibleCoreSeries chosen) {
    if (all.isEmpty()) {
      return "the newest series for Python " + python + " on the host, " + chosen;
    }
    var why = all.getFirst().why.replaceAll("\\s+", " ");
    return chosen
        + " instead of "
        + AnsibleCoreSeries.forPython(python).getFirst()
        + ": "
        + (why.length() > MAX_REASON_LENGTH ? why.substring(0, MAX_REASON_LENGTH) + "…" : why);
  }

  Unresolvable failure() {
    var first = all.getFirst();
    if (all.stream().allMatch(Rejected::byRequirementOnCore)) {
      return new Unresolvable(
          "no ansible-core fits both the requirement and Python " + python,
          first.where,
          "Python "
              + python
              + " on the host runs ansible-core "
              + all.getLast().series
              + " to "
              + first.series,
          "change the requirement, or use another Python on the host (`ansible_python_interpreter`)");
    }
    return new Unresolvable(
        all.stream().allMatch(Rejected::byCollections)
            ? "no versions of the collections fit together"
            : "no versions of the Python packages fit together",
        first.where,
        why(),
        first.next);
  }

  /// The newest series and whichever another kind of obstacle stood in the way of.
  private String why() {
    var first = all.getFirst();
    if (all.stream().map(Rejected::why).distinct().count() == 1) {
      return first.why;
    }
    var lines = new ArrayList<String>();
    lines.add("with ansible-core " + first.series + ": " + first.why);
    Predicate<Rejected> differs =
        each -> each.byCollections != first.byCollections || !each.where.equals(first.where);
    all.stream()
        .skip(1)
        .filter(differs)
        .limit(3)
        .forEach(each -> lines.add("with ansible-core " + each.series + ": " + each.why));
    if (lines.size() == 1) {
      lines.add("the older ones down to " + all.getLast().series + " do not fit either");
    }
    return String.join("\n", lines);
  }
}
