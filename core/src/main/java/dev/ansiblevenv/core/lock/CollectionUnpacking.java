package dev.ansiblevenv.core.lock;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.formats.archive.ArchiveMember;
import dev.ansiblevenv.formats.archive.ArchiveRefused;
import dev.ansiblevenv.formats.archive.Unpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Unpacks one tarball into one directory, the files that its FILES.json lists and no others, each
/// compared with its checksum.
final class CollectionUnpacking {

  private static final Set<String> METADATA = Set.of("MANIFEST.json", "FILES.json");

  private final CollectionTarball tarball;
  private final Path target;

  private CollectionUnpacking(CollectionTarball tarball, Path target) {
    this.tarball = tarball;
    this.target = target;
  }

  /// @param target is created, and incomplete if this fails
  /// @throws StateConflict when the tarball is not a sound collection
  static void unpack(CollectionTarball tarball, Path target) throws IOException {
    try {
      new CollectionUnpacking(tarball, target).unpack();
    } catch (ArchiveRefused e) {
      throw new StateConflict(
          "is not a sound collection",
          tarball.shown(),
          String.valueOf(e.getMessage()),
          "nothing of it is used",
          e);
    }
  }

  private void unpack() throws IOException {
    var listing = listing();
    var listed = new HashSet<>(METADATA);
    listing.forEach(entry -> listed.add(entry.path()));
    try (var tar = tarball.open()) {
      Unpacker.unpack(tar, target, member -> listed.contains(member.path()) ? member.path() : null);
    }
    for (var entry : listing) {
      var path = target.resolve(entry.path());
      if (entry.isDirectory()) {
        directory(path, entry.path());
      } else if (!Files.isRegularFile(path)) {
        throw new ArchiveRefused("it lacks " + entry.path() + ", which its FILES.json lists");
      } else if (!Sha256.of(path).equals(entry.sha256())) {
        throw new ArchiveRefused(entry.path() + " is not what its FILES.json says");
      }
    }
  }

  /// Empty directories need not be in the archive.
  private void directory(Path path, String name) throws IOException {
    if (!Files.isDirectory(path)) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new ArchiveRefused(name + " is not the directory that its FILES.json lists");
      }
      directory(path.resolveSibling(".").normalize(), name);
      Files.createDirectory(path);
    }
  }

  /// Of the first two members, as ansible-galaxy writes them.
  private List<FileListing.Entry> listing() throws IOException {
    var found = new HashMap<String, byte[]>();
    try (var tar = tarball.open()) {
      while (found.size() < METADATA.size()) {
        ArchiveMember member = tar.next();
        if (member == null || !member.isFile() || !METADATA.contains(member.path())) {
          throw new ArchiveRefused("it does not begin with MANIFEST.json and FILES.json");
        }
        found.put(member.path(), tar.content(CollectionTarball.LARGEST_METADATA));
      }
    }
    var files = Objects.requireNonNull(found.get("FILES.json"));
    var manifest = Objects.requireNonNull(found.get("MANIFEST.json"));
    if (!(json(manifest).get("file_manifest_file") instanceof Map<?, ?> file)
        || !Sha256.of(files).equals(file.get("chksum_sha256"))) {
      throw new ArchiveRefused("its FILES.json is not the one that its MANIFEST.json names");
    }
    return FileListing.parse(files, tarball.shown() + ":FILES.json").entries();
  }

  private static Map<String, Object> json(byte[] manifest) throws ArchiveRefused {
    try {
      return JSON.std.mapFrom(manifest);
    } catch (IOException e) {
      throw new ArchiveRefused("its MANIFEST.json is not JSON");
    }
  }
}
