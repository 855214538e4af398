package dev.ansiblevenv.cli.command;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A length of time with its units: `90s`, `10m`, `2h30m`. Never zero.
final class DurationText implements ITypeConverter<Duration> {

  private static final Pattern PARTS =
      Pattern.compile("(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

  @Override
  public Duration convert(String text) {
    var parts = PARTS.matcher(text);
    if (parts.matches()) {
      var duration =
          Duration.ofHours(number(parts.group(1)))
              .plusMinutes(number(parts.group(2)))
              .plusSeconds(number(parts.group(3)));
      if (duration.isPositive()) {
        return duration;
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no length of time; write it like 90s, 10m or 2h30m");
  }

  @SuppressWarnings("NullAway") // an absent group is null
  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
