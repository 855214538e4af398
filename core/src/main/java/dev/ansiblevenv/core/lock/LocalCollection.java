package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.SemanticVersion;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a collection says of itself, in a directory or in a tarball.
///
/// @param name `namespace.name`
record LocalCollection(
    String name,
    SemanticVersion version,
    Map<String, String> dependencies,
    Optional<String> requiresAnsible) {

  /// @param info the mapping `collection_info` of a MANIFEST.json, or a `galaxy.yml`
  /// @param runtime the mapping in `meta/runtime.yml`
  /// @param where the file, for errors
  static LocalCollection of(Map<?, ?> info, Map<?, ?> runtime, String where) {
    var name = text(info, "namespace", where) + "." + text(info, "name", where);
    var written = text(info, "version", where);
    var version =
        SemanticVersion.parse(written)
            .orElseThrow(
                () -> invalid(where, "its version `" + written + "` is not a semantic version"));
    var dependencies = new TreeMap<String, String>();
    if (info.get("dependencies") instanceof Map<?, ?> map) {
      map.forEach((dependency, range) ->
          dependencies.put(
              String.valueOf(dependency), range == null ? "*" : String.valueOf(range)));
    }
    var requires = Optional.ofNullable(runtime.get("requires_ansible")).map(String::valueOf);
    return new LocalCollection(name, version, Map.copyOf(dependencies), requires);
  }

  private static String text(Map<?, ?> info, String key, String where) {
    if (info.get(key) instanceof String text && text.matches("[0-9A-Za-z_.+-]+")) {
      return text;
    }
    throw invalid(where, "its key `" + key + "` is missing or no plain text");
  }

  private static InvalidInput invalid(String where, String why) {
    return new InvalidInput("is not a collection", where, why, "");
  }
}
