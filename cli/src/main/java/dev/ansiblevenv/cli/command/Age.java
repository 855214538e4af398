package dev.ansiblevenv.cli.command;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A span of time as people write it: a whole number and `h`, `d` or `w`.
final class Age implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})([hdw])");
  private static final int DAYS_A_WEEK = 7;

  @Override
  public Duration convert(String text) {
    var age = FORM.matcher(text);
    if (!age.matches()) {
      throw new TypeConversionException("'" + text + "' is no age such as 12h, 30d or 8w");
    }
    long number = Long.parseLong(age.group(1));
    return switch (age.group(2)) {
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(number * DAYS_A_WEEK);
    };
  }
}
