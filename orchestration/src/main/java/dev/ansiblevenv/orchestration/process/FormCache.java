package dev.ansiblevenv.orchestration.process;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.core.storage.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/// The canonical forms that this controller has seen, by content hash: what a later question for
/// the cause of a change is answered from.
public final class FormCache {

  private final Path directory;

  public FormCache(Path cache) {
    this.directory = cache.resolve("forms");
  }

  /// Does nothing where the cache cannot be written: it only answers later questions.
  void keep(CanonicalForm form) {
    var file = file(form.contentHash());
    try {
      if (!Files.exists(file)) {
        DurableFile.write(file, JSON.std.asBytes(form.files()));
      }
    } catch (IOException e) {
      // Without it a later question for the cause of a change names files instead of paths.
    }
  }

  /// Empty for a form that another controller made, and when the cache was emptied since.
  Optional<CanonicalForm> find(String contentHash) {
    try {
      var files = new TreeMap<String, String>();
      JSON.std
          .mapFrom(Files.readAllBytes(file(contentHash)))
          .forEach((name, text) -> files.put(name, String.valueOf(text)));
      return Optional.of(new CanonicalForm(files))
          .filter(form -> form.contentHash().equals(contentHash));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path file(String contentHash) {
    return directory.resolve(contentHash + ".json");
  }
}
