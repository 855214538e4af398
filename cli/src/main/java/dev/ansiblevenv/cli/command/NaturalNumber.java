package dev.ansiblevenv.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of things: whole, and not below zero.
final class NaturalNumber implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new TypeConversionException("'" + text + "' is no whole number");
    }
    return Integer.valueOf(text);
  }
}
