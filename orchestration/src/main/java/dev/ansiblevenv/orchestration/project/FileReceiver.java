package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.core.run.WrittenFile;
import dev.ansiblevenv.core.run.WrittenFile.Change;
import dev.ansiblevenv.core.run.WrittenFile.Kind;
import dev.ansiblevenv.core.run.WrittenFiles;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// Takes what a run has written on a host into a directory of this machine. The host is not
/// trusted: nothing that is there is overwritten, no link is made or followed, nothing leaves the
/// directory.
public final class FileReceiver {

  private final Path directory;
  private final String host;
  private final Optional<LoadedFiles> loaded;
  private final ReceiveLimit limit;

  /// How much is taken at most.
  ///
  /// @param bytes of all files together
  public record ReceiveLimit(int files, long bytes) {

    /// Without being asked for it.
    public static final ReceiveLimit DEFAULT = new ReceiveLimit(200, 50_000_000);

    public static final ReceiveLimit NONE = new ReceiveLimit(Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /// Where the files come from.
  @FunctionalInterface
  public interface Contents {

    /// @param path as the host names it
    /// @param max bytes
    /// @throws InvalidInput when the file cannot be had
    void write(String path, long max, OutputStream out);
  }

  /// @param directory absolute
  /// @param host whose files they are
  /// @param loaded what does not come; empty where everything may
  public FileReceiver(
      Path directory, String host, Optional<LoadedFiles> loaded, ReceiveLimit limit) {
    this.directory = directory;
    this.host = host;
    this.loaded = loaded;
    this.limit = limit;
  }

  /// @param wanted by the path as people read it
  public BroughtFiles take(Contents contents, WrittenFiles written, Predicate<String> wanted) {
    var brought = new ArrayList<String>();
    var left = new ArrayList<BroughtFiles.Left>();
    var bytes = 0L;
    for (var file : written.files()) {
      if (file.kind() == Kind.DIRECTORY || !wanted.test(file.path())) {
        continue;
      }
      var reason = refusal(file);
      if (reason.isEmpty()
          && (brought.size() >= limit.files() || bytes + file.size() > limit.bytes())) {
        reason = "too much to bring without being asked";
      }
      if (!reason.isEmpty()) {
        left.add(new BroughtFiles.Left(file.path(), reason));
        continue;
      }
      var room = limit.bytes() - bytes;
      bytes += file.size();
      try {
        take(contents, file, room).ifPresent(brought::add);
      } catch (InvalidInput e) {
        left.add(new BroughtFiles.Left(file.path(), e.why().isEmpty() ? e.what() : e.why()));
      } catch (IOException e) {
        left.add(new BroughtFiles.Left(file.path(), String.valueOf(e.getMessage())));
      }
    }
    return new BroughtFiles(written.directory(), written.total(), brought, left);
  }

  private String refusal(WrittenFile file) {
    if (file.change() == Change.REMOVED) {
      return "the run has removed it on the host";
    }
    if (file.kind() != Kind.FILE) {
      return file.kind() == Kind.LINK ? "a link" : "neither file nor directory";
    }
    var path = ManifestName.text(file.path());
    if (path.isEmpty()) {
      return "not a name for a file here";
    }
    var names = List.of(path.get().split("/", -1));
    if (names.stream().anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."))) {
      return "not a name for a file here";
    }
    return loaded.filter(files -> files.has(names)).isPresent() ? "Ansible would load it" : "";
  }

  /// @return where it is now; empty where the same is there already
  private Optional<String> take(Contents contents, WrittenFile file, long room) throws IOException {
    var names = ManifestName.text(file.path()).orElseThrow().split("/", -1);
    var top = directory.toRealPath();
    var parent = top;
    for (var name : List.of(names).subList(0, names.length - 1)) {
      parent = child(parent, name);
      if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(parent);
      }
    }
    var temporary = parent.resolve(".from-host-" + UUID.randomUUID());
    try {
      try (var out = Files.newOutputStream(temporary)) {
        contents.write(file.path(), room, out);
      }
      Files.setPosixFilePermissions(
          temporary,
          PosixFilePermissions.fromString((file.mode() & 044) == 0 ? "rw-------" : "rw-r--r--"));
      return placed(parent, names[names.length - 1], file.change(), temporary)
          .map(place -> top.relativize(place).toString());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Optional<Path> placed(Path parent, String name, Change change, Path content)
      throws IOException {
    var own = child(parent, name);
    if (change == Change.CREATED && link(own, content)) {
      return Optional.of(own);
    }
    if (isSame(own, content)) {
      return Optional.empty();
    }
    var beside = name + ".from-" + host.replaceAll("[^A-Za-z0-9_.-]", "_");
    for (var number = 1; ; number++) {
      var other = child(parent, number == 1 ? beside : beside + "." + number);
      if (isSame(other, content)) {
        return Optional.empty();
      }
      if (link(other, content)) {
        return Optional.of(other);
      }
    }
  }

  /// Gives the content its name, if nobody has it: a hard link never replaces anything.
  private static boolean link(Path place, Path content) throws IOException {
    try {
      Files.createLink(place, content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static boolean isSame(Path place, Path content) throws IOException {
    return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
        && Files.size(place) == Files.size(content)
        && Files.mismatch(place, content) < 0;
  }

  /// One more name, which leads to no other place.
  private static Path child(Path parent, String name) throws IOException {
    var child = parent.resolve(name);
    if (!parent.equals(child.getParent())) {
      throw new IOException("not a name for a file here");
    }
    return child;
  }
}
