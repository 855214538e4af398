package dev.ansiblevenv.cli.command;

import dev.ansiblevenv.orchestration.configuration.Age;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A span of time as people write it.
final class AgeText implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return Age.parse(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is no age such as 12h, 30d or 8w"));
  }
}
