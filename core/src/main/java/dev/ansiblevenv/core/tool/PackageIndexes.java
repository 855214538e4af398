package dev.ansiblevenv.core.tool;

import dev.ansiblevenv.core.net.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Python indexes that the user's environment names.
///
/// The default index is the first of `UV_DEFAULT_INDEX`, `UV_INDEX_URL`, `PIP_INDEX_URL` (or pip's
/// configuration file) that is set, else the public one. Further indexes are those of `UV_INDEX`
/// and `UV_EXTRA_INDEX_URL`, or if neither is set those of `PIP_EXTRA_INDEX_URL`; they are asked
/// before the default one, as uv does. `uv.toml` is uv's own to read: it counts in what uv does,
/// not here.
///
/// @param main the default index
/// @param additional asked first, in this order
public record PackageIndexes(PackageIndex main, List<PackageIndex> additional) {

  private static final String PUBLIC = "https://pypi.org/simple";

  /// @param environment completed by [PipConfiguration]
  public static PackageIndexes of(Map<String, String> environment) {
    var main =
        Stream.of("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
            .filter(name -> !environment.getOrDefault(name, "").isBlank())
            .findFirst()
            .map(name ->
                PackageIndex.parse(environment.getOrDefault(name, "").strip(), name, environment))
            .orElseGet(() -> PackageIndex.parse(PUBLIC, "default", environment));
    var additional = new ArrayList<>(listed(environment, "UV_INDEX"));
    additional.addAll(listed(environment, "UV_EXTRA_INDEX_URL"));
    if (additional.isEmpty()) {
      additional.addAll(listed(environment, "PIP_EXTRA_INDEX_URL"));
    }
    return new PackageIndexes(main, List.copyOf(additional));
  }

  /// In the order in which they are asked.
  List<PackageIndex> all() {
    return Stream.concat(additional.stream(), Stream.of(main)).toList();
  }

  /// How to fetch a file whose address is known: with the login of the index on whose host it lies.
  public Request request(URI file) {
    return all().stream()
        .filter(index -> index.login().isPresent() && index.isOn(file))
        .findFirst()
        .map(index -> index.request(file))
        .orElseGet(() -> Request.of(file));
  }

  private static List<PackageIndex> listed(Map<String, String> environment, String name) {
    return Arrays.stream(environment.getOrDefault(name, "").strip().split("\\s+", -1))
        .filter(url -> !url.isEmpty())
        .map(url -> PackageIndex.parse(url, name, environment))
        .toList();
  }
}
