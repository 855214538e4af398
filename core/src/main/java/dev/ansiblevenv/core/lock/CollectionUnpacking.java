package dev.ansiblevenv.core.lock;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Unpacks one tarball into one directory, the files that its FILES.json lists and no others, each
/// held against its checksum. Nothing is written outside: names must be plain relative paths, links
/// are made last and must end inside.
final class CollectionUnpacking {

  private static final long MOST_BYTES = 4L << 30;

  private final CollectionTarball tarball;
  private final Path target;
  private final Map<String, String> links = new HashMap<>();
  private final Set<String> written = new HashSet<>();
  private final Set<String> directories = new HashSet<>();
  private long bytes;

  private CollectionUnpacking(CollectionTarball tarball, Path target) {
    this.tarball = tarball;
    this.target = target;
  }

  /// @param target is created, and incomplete if this fails
  /// @throws StateConflict when the tarball is not a sound collection
  static void unpack(CollectionTarball tarball, Path target) throws IOException {
    Files.createDirectories(target);
    new CollectionUnpacking(tarball, target).unpack();
  }

  private void unpack() throws IOException {
    try (var tar = tarball.open()) {
      var listing = metadata(tar);
      var checksums = new HashMap<String, String>();
      for (var entry : listing.entries()) {
        if (entry.isDirectory()) {
          directories.add(entry.path());
        } else {
          checksums.put(entry.path(), Objects.requireNonNull(entry.sha256()));
        }
      }
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        entry(tar, entry, checksums);
      }
      link(checksums);
      for (var entry : listing.entries()) {
        if (!Files.exists(target.resolve(entry.path()))) {
          if (!entry.isDirectory()) {
            throw unsound("it lacks " + entry.path() + ", which its FILES.json lists");
          }
          Files.createDirectories(target.resolve(entry.path()));
        }
      }
    }
  }

  /// The first two members, as ansible-galaxy writes them.
  private FileListing metadata(TarArchiveInputStream tar) throws IOException {
    var found = new HashMap<String, byte[]>();
    while (found.size() < 2) {
      var entry = tar.getNextEntry();
      if (entry == null || !Set.of("MANIFEST.json", "FILES.json").contains(entry.getName())) {
        throw unsound("it does not begin with MANIFEST.json and FILES.json");
      }
      found.put(entry.getName(), CollectionTarball.content(tar));
    }
    var files = Objects.requireNonNull(found.get("FILES.json"));
    var manifest = Objects.requireNonNull(found.get("MANIFEST.json"));
    if (!(JSON.std.mapFrom(manifest).get("file_manifest_file") instanceof Map<?, ?> file)
        || !Sha256.of(files).equals(file.get("chksum_sha256"))) {
      throw unsound("its FILES.json is not the one that its MANIFEST.json names");
    }
    for (var entry : found.entrySet()) {
      Files.write(target.resolve(entry.getKey()), entry.getValue());
    }
    return FileListing.parse(files, tarball.shown() + ":FILES.json");
  }

  private void entry(
      TarArchiveInputStream tar, TarArchiveEntry entry, Map<String, String> checksums)
      throws IOException {
    var path = entry.getName().replaceFirst("/+$", "");
    if (!FileListing.isInside(path)) {
      throw unsound("it names `" + entry.getName() + "`");
    }
    var checksum = checksums.get(path);
    if (entry.isSymbolicLink() && (checksum != null || directories.contains(path))) {
      links.put(path, entry.getLinkName());
    } else if (checksum != null) {
      if (!entry.isFile() || entry.isLink()) {
        throw unsound(path + " is no file");
      }
      file(tar, path, (entry.getMode() & 0100) != 0, checksum);
    }
  }

  private void file(InputStream content, String path, boolean executable, String checksum)
      throws IOException {
    if (!written.add(path)) {
      throw unsound("it holds " + path + " twice");
    }
    var file = target.resolve(path);
    Files.createDirectories(file.getParent());
    var digest = Sha256.digest();
    try (var out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      bytes += content.transferTo(out);
    }
    if (bytes > MOST_BYTES) {
      throw unsound("it unpacks to more than " + MOST_BYTES + " bytes");
    }
    if (!Sha256.hex(digest).equals(checksum)) {
      throw unsound(path + " is not what its FILES.json says");
    }
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private void link(Map<String, String> checksums) throws IOException {
    var root = target.toRealPath();
    for (var path : links.keySet().stream().sorted().toList()) {
      var link = target.resolve(path);
      if (written.contains(path) || Files.exists(link)) {
        throw unsound("it holds " + path + " twice");
      }
      var parent = link.resolveSibling(".").normalize();
      Files.createDirectories(parent);
      if (!parent.toRealPath().equals(root.resolve(path).resolveSibling(".").normalize())) {
        throw unsound("its link " + path + " lies behind another link");
      }
      Files.createSymbolicLink(link, Path.of(Objects.requireNonNull(links.get(path))));
    }
    for (var path : links.keySet().stream().sorted().toList()) {
      var end = end(path);
      if (end == null || !end.startsWith(root)) {
        throw unsound("its link " + path + " leads to nothing inside the collection");
      }
      var checksum = checksums.get(path);
      if (checksum != null && !Sha256.of(Files.readAllBytes(end)).equals(checksum)) {
        throw unsound(path + " is not what its FILES.json says");
      }
    }
  }

  private @Nullable Path end(String path) {
    try {
      return target.resolve(path).toRealPath();
    } catch (IOException e) {
      return null;
    }
  }

  private StateConflict unsound(String why) {
    return new StateConflict(
        "is not a sound collection", tarball.shown(), why, "nothing of it is used");
  }
}
