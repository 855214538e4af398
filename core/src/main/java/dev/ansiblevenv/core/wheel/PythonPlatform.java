package dev.ansiblevenv.core.wheel;

import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.host.HostPython;
import dev.ansiblevenv.diagnostic.Unresolvable;
import dev.ansiblevenv.diagnostic.UsageFailure;
import java.util.List;
import java.util.regex.Pattern;

/// A CPython on a Linux, as far as it decides which wheels fit.
///
/// @param machine as `uname -m` prints it
/// @param libc `glibc` or `musl`
/// @param libcMinor of the C library's version, whose major number is 2 for glibc and 1 for musl
/// @param python version, `3.12.4`, or `3.12` where any of these may come
public record PythonPlatform(String machine, String libc, int libcMinor, String python) {

  private static final Pattern TEXT =
      Pattern.compile("([a-z][a-z0-9_]{1,15})-(?:glibc-2|musl-1)\\.([0-9]{1,3})");
  private static final Pattern PYTHON = Pattern.compile("3\\.[0-9]{1,3}(?:\\.[0-9]{1,3})?");

  /// musl tells its version nowhere that is cheap to look. Whatever has a Python from 3.9 on has
  /// 1.2.
  private static final int USUAL_MUSL = 2;

  /// @throws Unresolvable when wheels for such a host are not known
  public static PythonPlatform of(HostFacts facts, HostPython python) {
    var musl = facts.libc().equals("musl");
    var version = facts.libcVersion().split("\\.", -1);
    var tells = version.length > 1 && version[1].matches("[0-9]{1,3}");
    if (!facts.system().equals("Linux") || !(musl || (facts.libc().equals("glibc") && tells))) {
      throw new Unresolvable(
          "cannot tell which wheels the host takes",
          facts.hostname(),
          "it is " + facts.system() + " with the C library " + facts.libc(),
          "deploy without --push, so that the host fetches its packages by itself");
    }
    var minor = tells ? Integer.parseInt(version[1]) : USUAL_MUSL;
    return new PythonPlatform(facts.machine(), facts.libc(), minor, python.version());
  }

  /// @param platform `x86_64-glibc-2.36`, `aarch64-musl-1.2`
  /// @param python `3.12` or `3.12.4`
  public static PythonPlatform parse(String platform, String python) {
    var match = TEXT.matcher(platform);
    if (!match.matches()) {
      throw new UsageFailure(
          "`" + platform.replaceAll("\\p{Cntrl}", "?") + "` is not a platform",
          "--platform",
          "",
          "write it as `x86_64-glibc-2.36` or `aarch64-musl-1.2`; on the host: `uname -m` and"
              + " `ldd --version`");
    }
    if (!PYTHON.matcher(python).matches()) {
      throw new UsageFailure(
          "`" + python.replaceAll("\\p{Cntrl}", "?") + "` is not a version of Python",
          "--python",
          "",
          "write it as `3.12`");
    }
    var libc = platform.contains("-musl-") ? "musl" : "glibc";
    return new PythonPlatform(match.group(1), libc, Integer.parseInt(match.group(2)), python);
  }

  /// As [#parse] reads it.
  public String text() {
    return machine + "-" + libc + (libc.equals("musl") ? "-1." : "-2.") + libcMinor;
  }

  int pythonMinor() {
    return Integer.parseInt(python.split("\\.", -1)[1]);
  }

  /// The full versions that it may turn out to be: first and last of those that may come.
  List<String> fullVersions() {
    return python.indexOf('.') == python.lastIndexOf('.')
        ? List.of(python + ".0", python + ".999")
        : List.of(python);
  }

  @Override
  public String toString() {
    return text() + " with Python " + python;
  }
}
