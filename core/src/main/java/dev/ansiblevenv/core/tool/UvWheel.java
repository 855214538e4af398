package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The pinned build of uv for one platform.
///
/// @param sha256 of the wheel, 64 lower-case hex digits
record UvWheel(Platform platform, String fileName, String sha256) {

  static final String VERSION = "0.13.9";

  /// The executable inside the wheel.
  String entry() {
    return "uv-" + VERSION + ".data/scripts/uv";
  }

  /// @throws Unresolvable when there is no such build
  static UvWheel forPlatform(Platform platform) {
    return all().stream()
        .filter(wheel -> wheel.platform.equals(platform))
        .findFirst()
        .orElseThrow(() ->
            new Unresolvable(
                "there is no build of uv for this platform",
                platform.toString(),
                "",
                "install uv " + Uv.OLDEST + " or newer there and put it on PATH"));
  }

  static List<UvWheel> all() {
    try (InputStream table = UvWheel.class.getResourceAsStream("uv-wheels.txt")) {
      if (table == null) {
        throw new IllegalStateException("uv-wheels.txt is not in this program's jar");
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(UvWheel::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UvWheel parse(String line) {
    var field = line.split(" ", -1);
    return new UvWheel(new Platform(field[0], field[1]), field[2], field[3]);
  }
}
