package dev.ansiblevenv.orchestration.project;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.ansiblevenv.core.run.ProjectManifest;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// From a listing to a manifest. Only files whose size, time or inode changed since the last time
/// are read. A file that was written shortly before it was read may have changed within one tick of
/// its clock: it is read again, as [git does](https://git-scm.com/docs/racy-git).
final class HashCache {

  private static final String FORMAT = "1 ";
  private static final int HEAD = FORMAT.length() + 64 + 1;
  private static final String END = "=\n";
  private static final String UNSURE = "?";
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int TRIES = 5;

  private final Path file;
  private final Clock clock;

  /// @param file where it is kept: what the files looked like, then the manifest
  HashCache(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /// @throws InvalidInput when a file cannot be read
  ProjectManifest manifest(List<ListedEntry> entries) {
    var looks = new StringBuilder();
    for (var entry : entries) {
      looks.append(entry.look()).append('\n');
    }
    var kept = text();
    var known = kept.startsWith(FORMAT) ? kept.substring(HEAD) : "";
    if (known.startsWith(looks.append(END).toString())) {
      var text = known.substring(looks.length()).getBytes(US_ASCII);
      return ProjectManifest.of(text, kept.substring(FORMAT.length(), HEAD - 1));
    }
    return listed(entries, known);
  }

  private ProjectManifest listed(List<ListedEntry> entries, String known) {
    var hashes = known(known);
    var lines = new TreeMap<String, String>();
    var looks = new StringBuilder();
    for (var entry : entries) {
      var began = nanos(clock.instant());
      var sure = true;
      var value =
          switch (entry.kind()) {
            case ListedEntry.FILE -> hashes.getOrDefault(entry.look(), "");
            case ListedEntry.LINK -> entry.target();
            default -> "-";
          };
      var current = entry;
      if (value.isEmpty()) {
        var read = read(entry);
        current = read.entry;
        value = read.sha256;
        sure = current.modified() < began - TICK;
      }
      if (!value.isEmpty()) {
        lines.put(current.name(), current.line(value));
        looks.append(sure ? "" : UNSURE).append(current.look()).append('\n');
      }
    }
    var manifest = ProjectManifest.of(lines);
    keep(FORMAT + manifest.digest() + "\n" + looks + END + new String(manifest.text(), US_ASCII));
    return manifest;
  }

  private record Read(ListedEntry entry, String sha256) {}

  /// Until it has stayed the same while it was read.
  private static Read read(ListedEntry entry) {
    var current = entry;
    for (var left = TRIES; left > 0; left--) {
      try {
        var sha256 = Sha256.of(current.file());
        var after = ListedEntry.of(entry.name(), entry.file());
        if (after == null || after.kind() != ListedEntry.FILE) {
          return new Read(current, "");
        }
        if (after.look().equals(current.look())) {
          return new Read(after, sha256);
        }
        current = after;
      } catch (NoSuchFileException e) {
        return new Read(current, "");
      } catch (IOException e) {
        throw new InvalidInput(
            "cannot be read",
            entry.name(),
            String.valueOf(e.getMessage()),
            "name it in `" + GitIgnore.OWN_FILE + "` if no run needs it",
            e);
      }
    }
    throw new InvalidInput(
        "changes all the time",
        entry.name(),
        "it is written while it is read",
        "name it in `" + GitIgnore.OWN_FILE + "` if no run needs it");
  }

  /// The SHA-256 by what a file looked like.
  private static Map<String, String> known(String text) {
    var hashes = new HashMap<String, String>();
    var end = text.indexOf("\n" + END);
    if (end < 0) {
      return hashes;
    }
    var manifest =
        ProjectManifest.of(text.substring(end + 1 + END.length()).getBytes(US_ASCII)).lines();
    text.substring(0, end)
        .lines()
        .filter(line -> line.startsWith("f "))
        .forEach(line -> {
          var name = line.substring(line.lastIndexOf(' ') + 1);
          var described = manifest.get(name);
          if (described != null) {
            ProjectManifest.content(described).ifPresent(sha256 -> hashes.put(line, sha256));
          }
        });
    return hashes;
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  private String text() {
    try {
      return Files.readString(file, US_ASCII);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(String text) {
    try {
      Files.createDirectories(file.getParent());
      var temporary = file.resolveSibling("listing." + UUID.randomUUID());
      Files.writeString(temporary, text, US_ASCII);
      Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
