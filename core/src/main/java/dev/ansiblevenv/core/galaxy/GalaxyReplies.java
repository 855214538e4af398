package dev.ansiblevenv.core.galaxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the v3 API's JSON as it arrives: the detail of a version carries the checksum of every
/// file in the collection, near a megabyte for the large ones, of which nothing is kept.
final class GalaxyReplies {

  private static final JsonFactory JSON = new JsonFactory();

  private GalaxyReplies() {}

  /// One page of versions.
  ///
  /// @param next where the next page is, relative to this one
  record Page(List<ListedVersion> versions, Optional<String> next) {}

  /// @return where each version of the API is, relative to the root; empty when the reply names
  ///   none
  static Map<String, String> root(InputStream body) throws IOException {
    var found = new TreeMap<String, String>();
    read(
        body,
        (root, field) -> {
          if (field.equals("available_versions")) {
            object(
                root,
                (versions, version) -> {
                  var path = text(versions);
                  if (path != null) {
                    found.put(version, path);
                  }
                });
          } else {
            root.skipChildren();
          }
        });
    return found;
  }

  static Page page(InputStream body) throws IOException {
    var versions = new ArrayList<ListedVersion>();
    var next =
        new Object() {
          @Nullable String link;
        };
    read(
        body,
        (page, field) -> {
          switch (field) {
            case "data", "results" -> versions(page, versions);
            case "links" ->
                object(
                    page,
                    (links, name) -> {
                      var link = text(links);
                      if (name.equals("next")) {
                        next.link = link;
                      }
                    });
            default -> page.skipChildren();
          }
        });
    return new Page(List.copyOf(versions), Optional.ofNullable(next.link));
  }

  /// @param from what a relative download URL is relative to
  static VersionDetail detail(URI from, InputStream body) throws IOException {
    var found = new DetailInProgress();
    read(
        body,
        (detail, field) -> {
          switch (field) {
            case "requires_ansible" -> found.requiresAnsible = text(detail);
            case "download_url" -> found.download = text(detail);
            case "signatures" -> found.signatures(detail);
            case "artifact" -> object(detail, found::artifact);
            case "metadata" -> object(detail, found::metadata);
            default -> detail.skipChildren();
          }
        });
    return found.whole(from);
  }

  private static void versions(JsonParser json, List<ListedVersion> into) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("the list of versions is no list");
    }
    while (json.nextToken() == JsonToken.START_OBJECT) {
      var row = new TreeMap<String, String>();
      object(
          json,
          (fields, name) -> {
            var value = text(fields);
            if (value != null) {
              row.put(name, value);
            }
          });
      // What is no semantic version cannot be on Galaxy, and no range could ask for it.
      SemanticVersion.parse(row.getOrDefault("version", ""))
          .map(v -> new ListedVersion(v, Optional.ofNullable(row.get("requires_ansible"))))
          .ifPresent(into::add);
    }
  }

  private static void read(InputStream body, Field action) throws IOException {
    try (var json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no JSON object");
      }
      object(json, action);
    }
  }

  private static void object(JsonParser json, Field action) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      json.nextToken();
      action.read(json, name);
    }
    if (json.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("the answer ends in the middle");
    }
  }

  private static @Nullable String text(JsonParser json) throws IOException {
    json.skipChildren();
    return json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL
        ? json.getText()
        : null;
  }

  /// Reads the value on which the parser stands, or skips it.
  @FunctionalInterface
  private interface Field {
    void read(JsonParser json, String name) throws IOException;
  }

  private static final class DetailInProgress {
    private @Nullable String requiresAnsible;
    private @Nullable String download;
    private @Nullable String sha256;
    private OptionalLong size = OptionalLong.empty();
    private final List<String> signatures = new ArrayList<>();
    private final Map<String, String> dependencies = new TreeMap<>();

    void signatures(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        return;
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        object(
            json,
            (fields, name) -> {
              var value = text(fields);
              if (name.equals("signature") && value != null) {
                signatures.add(value);
              }
            });
      }
    }

    void artifact(JsonParser json, String field) throws IOException {
      if (field.equals("size") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        size = OptionalLong.of(json.getLongValue());
      } else if (field.equals("sha256")) {
        sha256 = text(json);
      } else {
        json.skipChildren();
      }
    }

    void metadata(JsonParser json, String field) throws IOException {
      if (!field.equals("dependencies")) {
        json.skipChildren();
        return;
      }
      object(
          json,
          (dependency, name) -> {
            var range = text(dependency);
            dependencies.put(name, range == null ? "*" : range);
          });
    }

    VersionDetail whole(URI from) throws IOException {
      if (download == null || sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
        throw new IOException("the answer names no download with a sha256");
      }
      try {
        return new VersionDetail(
            Map.copyOf(dependencies),
            Optional.ofNullable(requiresAnsible),
            from.resolve(download),
            sha256,
            size,
            List.copyOf(signatures));
      } catch (IllegalArgumentException e) {
        throw new IOException("the download URL is no URL", e);
      }
    }
  }
}
