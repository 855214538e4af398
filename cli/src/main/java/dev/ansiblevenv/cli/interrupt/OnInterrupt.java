package dev.ansiblevenv.cli.interrupt;

import java.util.Locale;

/// What is to become of a run that is followed no longer.
public enum OnInterrupt {
  CANCEL,
  DETACH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
