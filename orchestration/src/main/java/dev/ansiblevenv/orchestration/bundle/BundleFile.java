package dev.ansiblevenv.orchestration.bundle;

import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.archive.ArchiveLimits;
import dev.ansiblevenv.formats.archive.ArchiveMember;
import dev.ansiblevenv.formats.archive.ArchiveReader;
import dev.ansiblevenv.formats.archive.ArchiveRefused;
import dev.ansiblevenv.formats.archive.Unpacker;
import dev.ansiblevenv.orchestration.bundle.Manifest.Malformed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/// A bundle on the disk: a plain tar of the manifest, the texts and the files that it names, in its
/// order. The same content gives the same bytes.
record BundleFile(Path path) {

  /// Without whole records GNU tar complains.
  private static final int RECORD = 20 * 512;

  private static final int LONGEST_TEXT = 64 << 20;

  /// A bundle holds as much as its manifest says, which the disk bounds.
  private static final ArchiveLimits LIMITS = ArchiveLimits.DEFAULT.withBytes(1L << 40);

  /// Writes all of it or leaves what was there.
  ///
  /// @param texts a directory that holds the manifest's texts under their names
  /// @param blobs SHA-256 to file
  void write(Manifest manifest, Path texts, Map<String, Path> blobs) {
    var target = path.toAbsolutePath();
    var temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try {
        try (var tar = archive(Files.newOutputStream(temporary))) {
          var bytes = manifest.bytes();
          begin(tar, Manifest.NAME, bytes.length);
          tar.write(bytes);
          tar.closeArchiveEntry();
          for (var text : manifest.texts()) {
            copy(tar, text, texts.resolve(text));
          }
          for (var sha256 : manifest.blobs().keySet()) {
            var blob = blobs.get(sha256);
            if (blob == null) {
              throw new IllegalArgumentException("no file " + sha256);
            }
            copy(tar, Manifest.blob(sha256), blob);
          }
        }
        DurableFile.flush(temporary);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new StateConflict(
          "cannot write the bundle", target.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }

  private static TarArchiveOutputStream archive(OutputStream out) {
    var tar =
        new TarArchiveOutputStream(
            new BufferedOutputStream(out, 1 << 16), RECORD, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  private static void copy(TarArchiveOutputStream tar, String name, Path file) throws IOException {
    begin(tar, name, Files.size(file));
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  private static void begin(TarArchiveOutputStream tar, String name, long size) throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setMode(0644);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setSize(size);
    tar.putArchiveEntry(entry);
  }

  /// Unpacks everything below `directory` under its name, and checks each file's SHA-256.
  ///
  /// @throws InvalidInput when the file is no bundle, is damaged or ends early, or holds anything
  ///   that its manifest does not name
  Manifest unpack(Path directory) {
    var place = new Place();
    try (var tar = ArchiveReader.tar(path, LIMITS)) {
      place.expect(Manifest.NAME);
      place.check(tar.next());
      var manifest = Manifest.read(tar.content(LONGEST_TEXT));
      manifest.texts().forEach(place::expect);
      manifest.blobs().keySet().forEach(sha256 -> place.expect(Manifest.blob(sha256)));
      Unpacker.unpack(
          tar,
          directory,
          member -> {
            place.check(member);
            checkSize(member, manifest);
            return member.path();
          });
      place.check(null);
      for (var sha256 : manifest.blobs().keySet()) {
        checkContent(directory.resolve(Manifest.blob(sha256)), sha256);
      }
      return manifest;
    } catch (Malformed e) {
      throw refused(String.valueOf(e.getMessage()), e);
    } catch (ArchiveRefused e) {
      throw e.isTruncated()
          ? new InvalidInput(
              "is not a whole bundle",
              path.toString(),
              "it ends at `" + place.current + "`",
              "copy it again",
              e)
          : refused(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      if (Files.isReadable(path)) {
        throw new StateConflict(
            "cannot unpack the bundle",
            directory.toString(),
            String.valueOf(e.getMessage()),
            "",
            e);
      }
      throw new InvalidInput(
          "cannot read the bundle",
          path.toString(),
          Files.exists(path) ? "permission denied" : "there is no such file",
          "",
          e);
    }
  }

  /// Which members follow one another.
  private static final class Place {

    private final Queue<String> expected = new ArrayDeque<>();
    private String current = "";

    void expect(String name) {
      expected.add(name);
    }

    /// @param member the next one, or null at the end
    void check(@Nullable ArchiveMember member) throws ArchiveRefused {
      var next = expected.poll();
      if (next == null) {
        if (member == null) {
          return;
        }
        throw new ArchiveRefused("it holds more than its manifest names");
      }
      current = next;
      if (member == null) {
        throw ArchiveRefused.truncated();
      }
      if (!member.isFile() || !member.path().equals(next)) {
        throw new ArchiveRefused("where `" + next + "` belongs it holds something else");
      }
    }
  }

  private static void checkSize(ArchiveMember member, Manifest manifest) throws ArchiveRefused {
    var declared =
        manifest.blobs().get(member.path().substring(member.path().lastIndexOf('/') + 1));
    if (declared == null ? member.size() > LONGEST_TEXT : member.size() != declared) {
      throw new ArchiveRefused("`" + member.path() + "` has another size than its manifest says");
    }
  }

  private static void checkContent(Path file, String sha256) throws IOException {
    if (!Sha256.of(file).equals(sha256)) {
      throw new ArchiveRefused(
          "`" + Manifest.blob(sha256) + "` is damaged: its SHA-256 is another");
    }
    DurableFile.flush(file);
  }

  private InvalidInput refused(String why, Exception cause) {
    return new InvalidInput(
        "is not a valid bundle",
        path.toString(),
        why,
        "copy it again, or make it again with `ansible-venv bundle create`",
        cause);
  }
}
