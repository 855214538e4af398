package dev.ansiblevenv.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// One of a few words. picocli's own conversion would show the names of the constants.
abstract class OneOf<E extends Enum<E>> implements ITypeConverter<E> {

  private final List<E> choices;

  OneOf(E[] choices) {
    this.choices = List.copyOf(Arrays.asList(choices));
  }

  @Override
  public final E convert(String word) {
    return choices.stream()
        .filter(choice -> choice.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("expected " + words() + " but was '" + word + "'"));
  }

  private String words() {
    return choices.stream().map(choice -> choice.toString()).collect(Collectors.joining(" or "));
  }
}
