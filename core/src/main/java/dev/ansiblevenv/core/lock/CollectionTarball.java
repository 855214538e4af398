package dev.ansiblevenv.core.lock;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// A collection's tarball as Galaxy serves it.
record CollectionTarball(Path file, String shown) {

  private static final int LARGEST_METADATA = 64 << 20;

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
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        switch (entry.getName()) {
          case "MANIFEST.json" -> manifest = content(tar);
          case "meta/runtime.yml" -> runtime = content(tar);
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
    } catch (IOException e) {
      throw new InvalidInput(
          "is not a collection", shown, "it is not a whole gzipped tar archive", "", e);
    }
  }

  /// What is signed.
  byte[] manifest() throws IOException {
    try (var tar = open()) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        if (entry.getName().equals("MANIFEST.json")) {
          return content(tar);
        }
      }
    }
    throw new InvalidInput("is not a collection", shown, "it has no MANIFEST.json", "");
  }

  TarArchiveInputStream open() throws IOException {
    var raw = Files.newInputStream(file);
    try {
      return new TarArchiveInputStream(
          new GZIPInputStream(new BufferedInputStream(raw, 1 << 16), 1 << 16),
          StandardCharsets.UTF_8.name());
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  static byte[] content(InputStream entry) throws IOException {
    var content = entry.readNBytes(LARGEST_METADATA);
    if (content.length == LARGEST_METADATA) {
      throw new IOException("a file of metadata is larger than " + LARGEST_METADATA + " bytes");
    }
    return content;
  }
}
