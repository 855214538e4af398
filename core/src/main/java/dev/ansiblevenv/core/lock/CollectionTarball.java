package dev.ansiblevenv.core.lock;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.archive.ArchiveLimits;
import dev.ansiblevenv.formats.archive.ArchiveMember;
import dev.ansiblevenv.formats.archive.ArchiveReader;
import dev.ansiblevenv.formats.archive.ArchiveRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A collection's tarball as Galaxy serves it.
record CollectionTarball(Path file, String shown) {

  static final int LARGEST_METADATA = 32 << 20;

  static CollectionTarball at(Path file, String shown) {
    return new CollectionTarball(file, shown);
  }

  /// What it says of itself.
  ///
  /// @throws InvalidInput when it is not a collection
  LocalCollection describe() {
    byte @Nullable [] manifest = null;
    byte @Nullable [] runtime = null;
    try (var tar = open()) {
      for (ArchiveMember member; (member = tar.next()) != null; ) {
        switch (member.path()) {
          case "MANIFEST.json" -> manifest = tar.content(LARGEST_METADATA);
          case "meta/runtime.yml" -> runtime = tar.content(LARGEST_METADATA);
          default -> {}
        }
      }
      if (manifest == null
          || !(JSON.std.mapFrom(manifest).get("collection_info") instanceof Map<?, ?> info)) {
        throw new InvalidInput("is not a collection", shown, "it has no MANIFEST.json", "");
      }
      var text = runtime == null ? "" : new String(runtime, StandardCharsets.UTF_8);
      return LocalCollection.of(
          info, CollectionDirectory.yaml(text, shown + ":meta/runtime.yml"), shown);
    } catch (ArchiveRefused e) {
      throw new InvalidInput("is not a collection", shown, String.valueOf(e.getMessage()), "", e);
    } catch (IOException e) {
      throw new InvalidInput(
          "is not a collection", shown, "its MANIFEST.json cannot be read", "", e);
    }
  }

  /// What is signed.
  byte[] manifest() throws IOException {
    try (var tar = open()) {
      for (ArchiveMember member; (member = tar.next()) != null; ) {
        if (member.path().equals("MANIFEST.json")) {
          return tar.content(LARGEST_METADATA);
        }
      }
    }
    throw new InvalidInput("is not a collection", shown, "it has no MANIFEST.json", "");
  }

  ArchiveReader open() throws IOException {
    return ArchiveReader.tar(file, ArchiveLimits.DEFAULT);
  }
}
