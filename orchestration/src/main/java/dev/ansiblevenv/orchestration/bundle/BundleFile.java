package dev.ansiblevenv.orchestration.bundle;

import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.bundle.Manifest.Malformed;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/// A bundle on the disk: a plain tar of the manifest, the texts and the files that it names, in its
/// order. The same content gives the same bytes.
record BundleFile(Path path) {

  /// Without whole records GNU tar complains.
  private static final int RECORD = 20 * 512;

  private static final long LONGEST_TEXT = 64L * 1024 * 1024;

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
        try (var channel = FileChannel.open(temporary, StandardOpenOption.READ)) {
          channel.force(true);
        }
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

  /// Lays everything out below `directory` under its name, each file checked against its SHA-256.
  ///
  /// @throws InvalidInput when the file is no bundle, is damaged or ends early, or holds anything
  ///   that its manifest does not name
  Manifest unpack(Path directory) {
    var place = Manifest.NAME;
    try (var tar =
        new TarArchiveInputStream(
            new BufferedInputStream(Files.newInputStream(path), 1 << 16),
            StandardCharsets.UTF_8.name())) {
      var manifest = Manifest.read(text(tar, entry(tar, place)));
      for (var name : manifest.texts()) {
        place = name;
        var file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, text(tar, entry(tar, name)));
      }
      Files.createDirectories(directory.resolve(Manifest.blob("")));
      for (var blob : manifest.blobs().entrySet()) {
        place = Manifest.blob(blob.getKey());
        if (entry(tar, place).getSize() != blob.getValue()) {
          throw refused("`" + place + "` has another size than its manifest says");
        }
        if (!save(tar, directory.resolve(place)).equals(blob.getKey())) {
          throw refused("`" + place + "` is damaged: its SHA-256 is another");
        }
      }
      if (tar.getNextEntry() != null) {
        throw refused("it holds more than its manifest names");
      }
      return manifest;
    } catch (Malformed e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (EOFException e) {
      throw truncated(place, e);
    } catch (IOException e) {
      if (!Files.isReadable(path)) {
        throw new InvalidInput(
            "cannot read the bundle",
            path.toString(),
            Files.exists(path) ? "permission denied" : "there is no such file",
            "",
            e);
      }
      if (String.valueOf(e.getMessage()).contains("runcated")) {
        throw truncated(place, e);
      }
      throw new InvalidInput(
          "is not a bundle",
          path.toString(),
          String.valueOf(e.getMessage()),
          "make it anew with `ansible-venv bundle create`",
          e);
    }
  }

  /// The next entry, which has to be this one.
  private TarArchiveEntry entry(TarArchiveInputStream tar, String name) throws IOException {
    var entry = tar.getNextEntry();
    if (entry == null) {
      throw new EOFException();
    }
    if (!entry.getName().equals(name)
        || !entry.isFile()
        || entry.isLink()
        || entry.isSymbolicLink()
        || entry.isSparse()) {
      throw refused("where `" + name + "` belongs it holds something else");
    }
    return entry;
  }

  private byte[] text(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    if (entry.getSize() > LONGEST_TEXT) {
      throw refused("`" + entry.getName() + "` is too long");
    }
    var bytes = tar.readNBytes((int) entry.getSize());
    if (bytes.length < entry.getSize()) {
      throw new EOFException();
    }
    return bytes;
  }

  private static String save(TarArchiveInputStream tar, Path file) throws IOException {
    var digest = Sha256.digest();
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
      tar.transferTo(out);
      channel.force(true);
    }
    return Sha256.hex(digest);
  }

  private InvalidInput truncated(String place, @Nullable Throwable cause) {
    return new InvalidInput(
        "is not a whole bundle",
        path.toString(),
        "it ends at `" + place + "`",
        "copy it again",
        cause);
  }

  private InvalidInput refused(String why) {
    return new InvalidInput(
        "is not a valid bundle",
        path.toString(),
        why,
        "copy it again, or make it anew with `ansible-venv bundle create`");
  }
}
