package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Counts what is to be sent, and which directories it is in.
final class Bound {

  private static final int SHOWN = 3;
  private static final double MEGABYTE = 1e6;

  /// So much further it is counted, so that the largest directories are known.
  private static final int BEYOND = 4;

  private final CopyLimit limit;
  private final Map<String, Long> sizes = new HashMap<>();
  private int files;
  private long bytes;

  Bound(CopyLimit limit) {
    this.limit = limit;
  }

  void count(ListedEntry entry) {
    files++;
    bytes += entry.size();
    sizes.merge(top(entry.name()), entry.size() + 1, Long::sum);
    if (files > (long) limit.files() * BEYOND || bytes > limit.bytes() * BEYOND) {
      check();
    }
  }

  private static String top(String name) {
    var end = name.indexOf('/', name.indexOf('/', 1) + 1);
    var first = name.indexOf('/', 1);
    return end > 0 ? name.substring(0, end) : first > 0 ? name.substring(0, first) : ".";
  }

  /// @throws InvalidInput when it is too much
  void check() {
    if (files <= limit.files() && bytes <= limit.bytes()) {
      return;
    }
    var largest =
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(SHOWN)
            .map(entry -> "`" + entry.getKey() + "` " + megabytes(entry.getValue()))
            .collect(Collectors.joining(", "));
    throw new InvalidInput(
        "the project is too large to be sent",
        ".",
        files
            + " files, "
            + megabytes(bytes)
            + "; the limit is "
            + limit.files()
            + " files, "
            + megabytes(limit.bytes())
            + "; the largest directories: "
            + largest,
        "name what no run needs in `"
            + GitIgnore.OWN_FILE
            + "`, or raise `max_files` and `max_megabytes` below `runs` in `ansible-venv.yml`");
  }

  private static String megabytes(long size) {
    return String.format(Locale.ROOT, "%.1f MB", size / MEGABYTE);
  }
}
