package dev.ansiblevenv.core.wheel;

import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.SeveralAtOnce;
import dev.ansiblevenv.core.storage.Sha256;
import dev.ansiblevenv.core.tool.PackageIndexes;
import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The controller's copies of wheels, by content: `blobs/<sha256>`. One stands there whole or not
/// at all, and is checked each time it is asked for; any number of threads and processes may ask at
/// once. What is there takes no request.
public final class WheelStore {

  private final Path cache;
  private final Http http;
  private final PackageIndexes indexes;

  /// @param cache is created when needed
  /// @param indexes whose logins go to their own hosts
  public WheelStore(Path cache, Http http, PackageIndexes indexes) {
    this.cache = cache.toAbsolutePath();
    this.http = http;
    this.indexes = indexes;
  }

  /// Fetches what is not there, several at a time.
  ///
  /// @return SHA-256 to file
  /// @throws dev.ansiblevenv.diagnostic.Failure as [Http#download]
  public Map<String, Path> files(Collection<Wheel> wheels) {
    var found = new HashMap<String, Path>();
    SeveralAtOnce.fetch("wheel", wheels, this::file)
        .forEach((wheel, file) -> found.put(wheel.sha256(), file));
    return found;
  }

  private Path file(Wheel wheel) {
    var blob = cache.resolve("blobs").resolve(wheel.sha256());
    try {
      // A damaged copy is replaced in one step: whoever reads it has it open.
      if (!Sha256.isOf(blob, wheel.sha256())) {
        http.download(indexes.request(wheel.uri()), blob, wheel.sha256());
      }
      return blob;
    } catch (IOException e) {
      throw new StateConflict(
          "cannot read", blob.toString(), String.valueOf(e.getMessage()), "", e);
    }
  }
}
