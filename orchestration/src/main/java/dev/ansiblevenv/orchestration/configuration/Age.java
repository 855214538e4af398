package dev.ansiblevenv.orchestration.configuration;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A span of time as people write it: a whole number and `h`, `d` or `w`.
public final class Age {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})([hdw])");
  private static final int DAYS_A_WEEK = 7;

  private Age() {}

  /// @return empty when the text is none, such as `30`
  public static Optional<Duration> parse(String text) {
    var age = FORM.matcher(text);
    if (!age.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(age.group(1));
    return Optional.of(
        switch (age.group(2)) {
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofDays(number * DAYS_A_WEEK);
        });
  }
}
