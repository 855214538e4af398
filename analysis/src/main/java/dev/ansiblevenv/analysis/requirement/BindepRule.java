package dev.ansiblevenv.analysis.requirement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A line of a [bindep file](https://docs.opendev.org/opendev/bindep/latest/readme.html), by the
/// grammar of bindep's `depends.py`.
///
/// @param name the package, as the platform's package manager calls it
/// @param profiles selectors as written: `platform:rpm`, `!platform:dpkg`, `(compile
///   platform:rpm)`; empty for every platform
/// @param version such as `>=1.2,<2`; empty for any
public record BindepRule(String name, List<String> profiles, String version) {

  /// Profiles that ansible-builder asks for: while it installs, and while it compiles.
  private static final List<String> ASKED_FOR = List.of("default", "compile");

  private static final Pattern COMMENT = Pattern.compile(" *#.*$");
  private static final Pattern RULE =
      Pattern.compile(
          "([\\p{L}\\p{Nd}/][\\p{L}\\p{Nd}./+_-]+)(?: +\\[([^]]*)])?(?: +("
              + "(?:<=|<|!=|==|>=|>)[\\w.+~:-]+(?:,(?:<=|<|!=|==|>=|>)[\\w.+~:-]+)*))? *");
  private static final Pattern SELECTOR = Pattern.compile(" *+(\\([^()]*\\)|!?[a-z0-9:.-]+) *+");
  private static final Pattern PROFILE = Pattern.compile("!?[a-z0-9:.-]+");

  /// @return empty where bindep would refuse the line
  static Optional<BindepRule> parse(String line) {
    var rule = RULE.matcher(COMMENT.matcher(line).replaceFirst(""));
    if (!rule.matches()) {
      return Optional.empty();
    }
    var profiles = new ArrayList<String>();
    var text = rule.group(2) == null ? "" : rule.group(2);
    var selector = SELECTOR.matcher(text);
    var end = 0;
    while (end < text.length() && selector.find(end) && selector.start() == end) {
      var words = words(selector.group(1));
      if (!words.stream().allMatch(word -> PROFILE.matcher(word).matches())) {
        return Optional.empty();
      }
      profiles.add(
          selector.group(1).startsWith("(")
              ? "(" + String.join(" ", words) + ")"
              : words.getFirst());
      end = selector.end();
    }
    return end < text.strip().length()
        ? Optional.empty()
        : Optional.of(
            new BindepRule(
                rule.group(1), List.copyOf(profiles), rule.group(3) == null ? "" : rule.group(3)));
  }

  static boolean isBlank(String line) {
    return COMMENT.matcher(line).replaceFirst("").isBlank();
  }

  /// Whether an installation asks for the package on some platform. Others, such as `[test]` and
  /// `[doc]`, are for who works on the project.
  public boolean isForUse() {
    return ASKED_FOR.stream().anyMatch(this::isActive);
  }

  private boolean isActive(String asked) {
    var user = profiles.stream().filter(Predicate.not(BindepRule::isOfPlatform)).toList();
    if (user.contains("!" + asked)) {
      return false;
    }
    var wanted = user.stream().filter(profile -> !profile.startsWith("!")).toList();
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(profile ->
                words(profile).stream()
                    .allMatch(word ->
                        isOfPlatform(word)
                            || word.equals(asked)
                            || (word.startsWith("!") && !word.equals("!" + asked))));
  }

  private static boolean isOfPlatform(String profile) {
    return profile.startsWith("platform:") || profile.startsWith("!platform:");
  }

  private static List<String> words(String group) {
    return Arrays.stream(group.replace("(", "").replace(")", "").split(" +", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
