package dev.ansiblevenv.core.lock;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.formats.archive.MemberPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A collection's FILES.json: every file and directory it consists of.
///
/// @param entries without the root
record FileListing(List<Entry> entries) {

  /// @param path relative, without `..`
  /// @param sha256 of the content; null for a directory
  record Entry(String path, @Nullable String sha256) {

    boolean isDirectory() {
      return sha256 == null;
    }
  }

  /// @param where the file, for errors
  /// @throws InvalidInput when it is malformed, or names a path outside the collection
  static FileListing parse(byte[] json, String where) {
    Object files;
    try {
      files = JSON.std.mapFrom(json).get("files");
    } catch (IOException e) {
      throw invalid(where, "it is not JSON", e);
    }
    if (!(files instanceof List<?> list)) {
      throw invalid(where, "it lists no files", null);
    }
    var entries = new ArrayList<Entry>();
    var seen = new HashSet<String>();
    for (var row : list) {
      if (!(row instanceof Map<?, ?> map) || !(map.get("name") instanceof String path)) {
        throw invalid(where, "it has an entry without a name", null);
      }
      if (path.equals(".")) {
        continue;
      }
      if (!MemberPath.isInside(path) || !seen.add(path)) {
        throw invalid(where, "it must not name `" + path + "`", null);
      }
      entries.add(new Entry(path, sha256(map, where, path)));
    }
    return new FileListing(List.copyOf(entries));
  }

  private static @Nullable String sha256(Map<?, ?> row, String where, String path) {
    if ("dir".equals(row.get("ftype"))) {
      return null;
    }
    if (row.get("chksum_sha256") instanceof String hash && hash.matches("[0-9a-f]{64}")) {
      return hash;
    }
    throw invalid(where, "it has no sha256 of `" + path + "`", null);
  }

  private static InvalidInput invalid(String where, String why, @Nullable Throwable cause) {
    return new InvalidInput("is not the listing of a collection", where, why, "", cause);
  }
}
