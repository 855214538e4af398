package dev.ansiblevenv.cli.output;

import java.util.Locale;

/// Numbers of bytes as people read them, in powers of 1024.
final class Size {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Size() {}

  static String of(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " " + UNITS[0]
        : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}
