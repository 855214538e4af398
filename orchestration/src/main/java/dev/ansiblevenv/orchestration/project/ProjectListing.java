package dev.ansiblevenv.orchestration.project;

import dev.ansiblevenv.core.run.ProjectManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A project's files at one moment.
record ProjectListing(ProjectManifest manifest, List<ListedEntry> entries) {

  /// The files by their SHA-256.
  Map<String, Path> contents() {
    var contents = new TreeMap<String, Path>();
    var lines = manifest.lines();
    for (var entry : entries) {
      var line = lines.get(entry.name());
      if (line != null) {
        ProjectManifest.content(line).ifPresent(sha256 -> contents.put(sha256, entry.file()));
      }
    }
    return contents;
  }
}
