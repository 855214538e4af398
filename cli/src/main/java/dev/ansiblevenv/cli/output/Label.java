package dev.ansiblevenv.cli.output;

import java.util.Locale;

/// What a line on standard error begins with.
public enum Label {
  ERROR("31"),
  WARNING("33"),
  HINT("36");

  private final String colour;

  Label(String colour) {
    this.colour = colour;
  }

  String plain() {
    return name().toLowerCase(Locale.ROOT) + ": ";
  }

  String coloured() {
    return "\u001b[1;" + colour + "m" + name().toLowerCase(Locale.ROOT) + "\u001b[0m: ";
  }
}
