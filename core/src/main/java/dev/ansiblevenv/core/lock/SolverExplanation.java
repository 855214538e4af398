package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.net.Redacted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Why uv found no solution, cut to what a person can change. uv proves each step and repeats it
/// for every version of a package; one step of a kind and the user's own requirements are enough.
///
/// @param where file:line of the requirement that excludes the others; empty when it is none of the
///   user's
/// @param blamesAnsible whether another series of ansible-core could lead to a solution
/// @param isAboutAnsibleAlone whether nothing but the user's own requirement on ansible-core stands
///   in the way
record SolverExplanation(
    String where, String why, String next, boolean blamesAnsible, boolean isAboutAnsibleAlone) {

  private static final int MAX_STEPS = 2;
  private static final int MAX_STEP_LENGTH = 160;

  private static final Pattern PREMISES =
      Pattern.compile("[Bb]ecause (.*?), we can conclude that", Pattern.DOTALL);

  /// Between two premises: what follows has a verb of its own.
  private static final Pattern BETWEEN =
      Pattern.compile(
          ",? and (?=you require |only |all of|all versions |there (?:is|are) |the requested |"
              + "[A-Za-z0-9._\\[\\]-]+(?:[<>=!~][^ ]*)? (?:depends|was|were|has|have|is|are|cannot))");

  private static final Pattern STEP =
      Pattern.compile(
          "(?:only )?([A-Za-z0-9._-]+)[^ ]* (depends on|is available|was not found|has no|cannot be)"
              + "(?: ([A-Za-z0-9._-]+))?.*");

  private static final Pattern MISSING =
      Pattern.compile("([A-Za-z0-9._-]+) was not found in the package registry");

  private static final Pattern WHEELLESS =
      Pattern.compile("([A-Za-z0-9._-]+)(?:[<>=!~][^ ]*)? (?:has|have) no usable wheels");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  /// @param text uv's
  /// @param wanted the user's requirements and bounds, each with where it comes from
  /// @param maybeBuilt whether packages without wheels were tried, too
  static SolverExplanation of(String text, List<PythonRequirement> wanted, boolean maybeBuilt) {
    var proof = text.replaceAll("\\s+", " ");
    var involved =
        wanted.stream().filter(each -> mentions(proof, name(each.line()))).distinct().toList();
    var missing = MISSING.matcher(proof);
    if (missing.find()) {
      return missing(normalised(missing.group(1)), involved);
    }
    var steps = steps(proof);
    var wheelless = WHEELLESS.matcher(proof);
    if (wheelless.find()) {
      return wheelless(normalised(wheelless.group(1)), involved, maybeBuilt);
    }
    var bounding = involved.stream().filter(each -> isBound(each.line())).toList();
    var culprit = culprit(steps, bounding);
    var why = new ArrayList<String>();
    culprit.ifPresent(each -> why.add("`" + shown(each) + "` excludes what is needed"));
    if (!steps.isEmpty()) {
      why.add(String.join("; ", steps));
    }
    var others = involved.stream().filter(each -> !culprit.equals(Optional.of(each))).toList();
    var also = others.stream().map(SolverExplanation::withPlace).distinct().limit(6).toList();
    return new SolverExplanation(
        culprit.map(PythonRequirement::because).orElse(""),
        why(why, also),
        culprit
            .map(each -> "change `" + shown(each) + "` in " + each.because())
            .orElse("change one of the requirements"),
        mentions(proof, "ansible-core"),
        steps.isEmpty()
            && !bounding.isEmpty()
            && bounding.stream().allMatch(SolverExplanation::isAnsibleCore));
  }

  private static String why(List<String> reasons, List<String> required) {
    var listed = String.join(", ", required);
    if (reasons.isEmpty()) {
      return "the requirements contradict each other" + (listed.isEmpty() ? "" : ": " + listed);
    }
    return String.join(": ", reasons) + (listed.isEmpty() ? "" : "; required: " + listed);
  }

  private static SolverExplanation missing(String name, List<PythonRequirement> involved) {
    var places =
        involved.stream()
            .filter(each -> name(each.line()).equals(name))
            .map(PythonRequirement::because)
            .distinct()
            .collect(Collectors.joining(", "));
    return new SolverExplanation(
        places,
        "no configured Python index has `" + name + "`",
        "check its name, or name the index that has it (UV_INDEX, UV_DEFAULT_INDEX)",
        false,
        false);
  }

  private static SolverExplanation wheelless(
      String name, List<PythonRequirement> involved, boolean maybeBuilt) {
    var wanted = involved.stream().filter(each -> name(each.line()).equals(name)).toList();
    return new SolverExplanation(
        wanted.stream().map(PythonRequirement::because).findFirst().orElse(""),
        wanted.stream().findFirst().map(each -> "`" + shown(each) + "`").orElse(name)
            + " has no wheel for this Python, and "
            + (maybeBuilt
                ? "building it from source took too long"
                : "nothing is built here for a project that is not trusted"),
        "allow a version that has wheels",
        false,
        false);
  }

  /// The requirement on the package that a step is about: a dependency's, or one of which no
  /// version is available.
  private static Optional<PythonRequirement> culprit(
      List<String> steps, List<PythonRequirement> bounding) {
    return steps.stream()
        .flatMap(step -> {
          var parts = STEP.matcher(step);
          return parts.matches() ? Optional.ofNullable(parts.group(3)).stream() : null;
        })
        .flatMap(object -> named(bounding, object).stream())
        .findFirst()
        .or(() -> bounding.stream().filter(SolverExplanation::isAnsibleCore).findFirst())
        .or(() -> bounding.size() == 1 ? Optional.of(bounding.getFirst()) : Optional.empty());
  }

  private static boolean isAnsibleCore(PythonRequirement wanted) {
    return name(wanted.line()).equals("ansible-core");
  }

  private static Optional<PythonRequirement> named(List<PythonRequirement> among, String name) {
    return among.stream().filter(each -> name(each.line()).equals(normalised(name))).findFirst();
  }

  private static List<String> steps(String proof) {
    var steps = new ArrayList<String>();
    var kinds = new ArrayList<String>();
    var premises = PREMISES.matcher(proof);
    while (premises.find() && steps.size() < MAX_STEPS) {
      for (var premise : BETWEEN.split(premises.group(1), -1)) {
        var step = STEP.matcher(premise);
        if (step.matches() && steps.size() < MAX_STEPS) {
          var kind = step.group(1) + " " + step.group(2) + " " + step.group(3);
          if (!kinds.contains(kind)) {
            kinds.add(kind);
            steps.add(shortened(premise));
          }
        }
      }
    }
    return List.copyOf(steps);
  }

  private static String shortened(String step) {
    return step.length() > MAX_STEP_LENGTH ? step.substring(0, MAX_STEP_LENGTH) + "…" : step;
  }

  private static boolean mentions(String proof, String name) {
    return Pattern.compile("(?<![A-Za-z0-9._-])" + Pattern.quote(name) + "(?![A-Za-z0-9_-])")
        .matcher(proof.toLowerCase(Locale.ROOT))
        .find();
  }

  private static boolean isBound(String line) {
    return Pattern.compile("[<>=!~@]").matcher(line.split(";", 2)[0]).find();
  }

  private static String withPlace(PythonRequirement wanted) {
    return "`" + shown(wanted) + "` (" + wanted.because() + ")";
  }

  private static String shown(PythonRequirement wanted) {
    return Redacted.text(wanted.line().strip());
  }

  private static String name(String line) {
    var match = NAME.matcher(line.strip());
    return match.lookingAt() ? normalised(match.group()) : "";
  }

  /// As [PEP 503](https://peps.python.org/pep-0503/#normalized-names) says.
  private static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }
}
