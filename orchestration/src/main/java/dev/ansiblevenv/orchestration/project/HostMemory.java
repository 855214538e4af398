package dev.ansiblevenv.orchestration.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.core.run.ProjectManifest;
import dev.ansiblevenv.core.storage.DurableFile;
import dev.ansiblevenv.core.storage.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/// Which manifest a host had last, in the controller's cache. Only saves a round trip: the host
/// says itself what it lacks.
final class HostMemory {

  private static final int KEPT = 20;

  private final Path directory;

  /// @param directory of the cache that is this project's
  HostMemory(Path directory) {
    this.directory = directory;
  }

  Optional<ProjectManifest> known(String host) {
    try {
      var digest = Files.readString(host(host), UTF_8);
      var text = Files.readAllBytes(manifest(digest));
      return Optional.of(ProjectManifest.of(text, digest));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void note(String host, ProjectManifest manifest) {
    try {
      Files.createDirectories(directory.resolve("hosts"));
      Files.createDirectories(directory.resolve("manifests"));
      var file = manifest(manifest.digest());
      if (!Files.exists(file)) {
        DurableFile.write(file, manifest.text());
        forgetOldest();
      }
      Files.writeString(host(host), manifest.digest(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forgetOldest() throws IOException {
    try (var files = Files.list(directory.resolve("manifests"))) {
      var old =
          files
              .sorted(
                  Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
              .skip(KEPT)
              .toList();
      for (var file : old) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path host(String host) {
    return directory.resolve("hosts").resolve(Sha256.of(host.getBytes(UTF_8)));
  }

  private Path manifest(String digest) {
    return directory.resolve("manifests").resolve(digest);
  }
}
