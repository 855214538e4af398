package dev.ansiblevenv.core.tool;

import java.util.Locale;

/// An operating system on a kind of machine, in the words of `uname -s` (lower case) and `uname
/// -m`.
public record Platform(String os, String machine) {

  /// Also understands what Java calls them: `Mac OS X`, `amd64`.
  public static Platform of(String os, String machine) {
    var system = os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : os;
    var lower = machine.toLowerCase(Locale.ROOT);
    system = system.toLowerCase(Locale.ROOT);
    return new Platform(
        system,
        switch (lower) {
          case "amd64", "x64", "x86-64" -> "x86_64";
          case "arm64", "aarch64" -> system.equals("darwin") ? "arm64" : "aarch64";
          case "arm", "armv8l" -> "armv7l";
          case "i386", "i486", "i586", "x86" -> "i686";
          default -> lower;
        });
  }

  /// The one that this program runs on.
  public static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  @Override
  public String toString() {
    return os + "-" + machine;
  }
}
