package dev.ansiblevenv.orchestration.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSON.Feature;
import dev.ansiblevenv.orchestration.spec.VenvName;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The first entry of a bundle. It decides what the others are, their order included: a bundle that
/// holds anything else is refused.
///
/// @param platform as [dev.ansiblevenv.core.wheel.PythonPlatform] reads it
/// @param uv SHA-256 of its wheel
/// @param blobs SHA-256 to size in bytes
record Manifest(String platform, String uv, List<Entry> venvs, SortedMap<String, Long> blobs) {

  static final String NAME = "manifest.json";

  private static final int FORMAT = 1;

  /// @param kind of the document, `SPEC` or `PROFILE`
  /// @param python version that the wheels are for
  /// @param lock digest
  record Entry(String name, Kind kind, String python, String lock) {

    String document() {
      return kind.directory() + "/" + name + ".yml";
    }

    String pylock() {
      return Kind.SPEC.directory() + "/" + name + ".lock/pylock.toml";
    }

    String collections() {
      return Kind.SPEC.directory() + "/" + name + ".lock/collections.yml";
    }
  }

  /// The names of the texts behind the manifest, in their order.
  List<String> texts() {
    return venvs.stream()
        .flatMap(venv -> List.of(venv.document(), venv.pylock(), venv.collections()).stream())
        .toList();
  }

  static String blob(String sha256) {
    return "blobs/" + sha256;
  }

  /// @param file the bundle
  BundleReport report(Path file) {
    try {
      return new BundleReport(
          file,
          platform,
          venvs.stream()
              .map(venv -> new BundleReport.Venv(venv.name(), venv.python(), venv.lock()))
              .toList(),
          blobs.size(),
          Files.size(file),
          List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    var document = new LinkedHashMap<String, Object>();
    document.put("format", FORMAT);
    document.put("platform", platform);
    document.put("uv", uv);
    document.put(
        "venvs",
        venvs.stream()
            .map(venv -> {
              var fields = new LinkedHashMap<String, Object>();
              fields.put("name", venv.name());
              fields.put("kind", venv.kind().name());
              fields.put("python", venv.python());
              fields.put("lock", venv.lock());
              return fields;
            })
            .toList());
    document.put("blobs", blobs);
    try {
      var text = JSON.std.with(Feature.PRETTY_PRINT_OUTPUT).asString(document) + "\n";
      return text.getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws Malformed when it is not a manifest that this version understands
  static Manifest read(byte[] bytes) throws Malformed {
    Map<String, Object> document;
    try {
      document = JSON.std.mapFrom(bytes);
    } catch (IOException e) {
      throw new Malformed("its manifest is not JSON");
    }
    if (!(document.get("format") instanceof Integer format) || format != FORMAT) {
      throw new Malformed("its manifest is of another format than " + FORMAT);
    }
    var venvs = new ArrayList<Entry>();
    for (var each : list(document.get("venvs"))) {
      venvs.add(entry(each));
    }
    if (venvs.isEmpty() || venvs.stream().map(Entry::name).distinct().count() < venvs.size()) {
      throw new Malformed("its manifest names no venv, or one twice");
    }
    var blobs = new TreeMap<String, Long>();
    if (document.get("blobs") instanceof Map<?, ?> sizes) {
      for (var each : sizes.entrySet()) {
        var size = each.getValue() instanceof Number number ? number.longValue() : -1;
        if (size < 0) {
          throw new Malformed("its manifest has a file without a size");
        }
        blobs.put(text(each.getKey(), "[0-9a-f]{64}"), size);
      }
    }
    return new Manifest(
        text(document.get("platform"), "[a-z0-9_.-]{1,64}"),
        text(document.get("uv"), "[0-9a-f]{64}"),
        List.copyOf(venvs),
        blobs);
  }

  private static Entry entry(@Nullable Object fields) throws Malformed {
    if (!(fields instanceof Map<?, ?> map)) {
      throw new Malformed("its manifest has a venv that is no object");
    }
    var name = text(map.get("name"), ".{1,128}");
    if (!VenvName.isValid(name)) {
      throw new Malformed("its manifest has a venv with a name that none can have");
    }
    return new Entry(
        name,
        Kind.valueOf(text(map.get("kind"), "SPEC|PROFILE")),
        text(map.get("python"), "3(\\.[0-9]{1,3}){1,2}"),
        text(map.get("lock"), "[0-9a-f]{64}"));
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(@Nullable Object value, String form) throws Malformed {
    if (value instanceof String text && text.matches(form)) {
      return text;
    }
    throw new Malformed("its manifest has a field that is not as it has to be");
  }

  /// The bytes are not a manifest.
  static final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }
}
