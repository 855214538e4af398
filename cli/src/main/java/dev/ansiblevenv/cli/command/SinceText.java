package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.core.run.LogExcerpt.Since;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time in the past, as people write it.
record SinceText(Clock clock) implements ITypeConverter<Since> {

  private static final Pattern AGO = Pattern.compile("([0-9]{1,8})([smhd])");

  @Override
  public Since convert(String text) {
    var ago = AGO.matcher(text);
    if (ago.matches()) {
      long number = Long.parseLong(ago.group(1));
      return new Since.Ago(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    var time = text.strip().replaceFirst("^(\\S+) (\\S+)$", "$1T$2");
    try {
      return new Since.Time(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeException withoutOffset) {
      return local(time);
    }
  }

  private Since local(String time) {
    try {
      return new Since.Time(LocalDateTime.parse(time).atZone(clock.getZone()).toInstant());
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + time + "' is no time such as 10m, 2h or 2026-01-15T10:30:00");
    }
  }
}
