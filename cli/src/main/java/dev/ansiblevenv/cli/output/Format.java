package dev.ansiblevenv.cli.output;

import java.util.Locale;

/// What standard output is made for.
public enum Format {
  TEXT,
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
