package dev.ansiblevenv.core.lock;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.file.RegularFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A collection as it was installed: its MANIFEST.json and FILES.json are taken over as they are.
record InstalledDirectory(Path directory, String shown) implements CollectionDirectory {

  @Override
  public LocalCollection describe() throws IOException {
    var manifest = JSON.std.mapFrom(RegularFile.read(directory.resolve("MANIFEST.json")));
    var where = shown + "/MANIFEST.json";
    if (!(manifest.get("collection_info") instanceof Map<?, ?> info)) {
      throw new InvalidInput("is not a collection", where, "it has no collection_info", "");
    }
    var runtime =
        CollectionDirectory.yaml(
            directory.resolve("meta/runtime.yml"), shown + "/meta/runtime.yml");
    return LocalCollection.of(info, runtime, where);
  }

  @Override
  public void writeTarball(OutputStream out) throws IOException {
    var listing = RegularFile.read(directory.resolve("FILES.json"));
    try (var tar = new CollectionTar(out)) {
      tar.file("MANIFEST.json", RegularFile.read(directory.resolve("MANIFEST.json")), false);
      tar.file("FILES.json", listing, false);
      for (var entry : FileListing.parse(listing, shown + "/FILES.json").entries()) {
        var file = directory.resolve(entry.path());
        if (!Files.exists(file)) {
          throw new InvalidInput(
              "is not whole", shown, "it has no " + entry.path(), "install it again");
        }
        tar.copy(directory, entry.path());
      }
    }
  }
}
