package dev.ansiblevenv.orchestration.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlFormat;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.store.Store;
import dev.ansiblevenv.orchestration.store.Store.Document;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Specs and profiles: read, validated, written. Keys that a person added survive a rewrite, and so
/// do comments outside of the values that change.
public final class SpecStorage {

  private final Store store;

  public SpecStorage(Store store) {
    this.store = store;
  }

  /// The names of all specs, sorted.
  public List<String> names() {
    return store.names(Kind.SPEC);
  }

  /// @throws InvalidInput when the spec is not valid; names file:line:column
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the name cannot be one
  public Optional<VenvSpecification> find(String name) {
    return store
        .read(Kind.SPEC, VenvName.require(name))
        .map(stored -> SpecDocument.spec(edit(stored), stored.name(), stored.place()));
  }

  /// A valid spec, as it stands in its file.
  ///
  /// @throws InvalidInput when the spec is not valid; names file:line:column
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the name cannot be one
  public Optional<Document> document(String name) {
    return find(name).flatMap(spec -> store.read(Kind.SPEC, spec.name()));
  }

  /// What a spec's file holds, its keys in the file's order: also those that a person added.
  public static Map<String, Object> content(Document stored) {
    var content = new LinkedHashMap<String, Object>();
    if (YamlValue.of(edit(stored).root()) instanceof Map<?, ?> entries) {
      entries.forEach((key, value) -> content.put(String.valueOf(key), value));
    }
    return content;
  }

  /// A spec written by a person: fixed dependencies, no playbook.
  ///
  /// @throws InvalidInput when the profile is not valid; names file:line:column
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the name cannot be one
  public Optional<VenvSpecification> findProfile(String name) {
    return store
        .read(Kind.PROFILE, VenvName.require(name))
        .map(stored -> SpecDocument.profile(edit(stored), stored.name(), stored.place()));
  }

  /// Writes what differs from the stored spec of this name, and nothing if nothing does. The time
  /// of creation stays that of the first write.
  ///
  /// @return the spec as it is now stored
  /// @throws InvalidInput when the stored spec is not valid
  /// @throws StateConflict when the stored spec is of other content with the same eight digits, or
  ///   of a name that differs only in case
  public VenvSpecification write(VenvSpecification spec) {
    VenvName.require(spec.name());
    var document = store.update(Kind.SPEC, spec.name(), stored -> updated(stored, spec));
    return SpecDocument.spec(edit(document), document.name(), document.place());
  }

  private static Document updated(Document stored, VenvSpecification spec) {
    if (stored.text().isEmpty()) {
      var entries = SpecDocument.entries(spec);
      entries.entrySet().removeIf(SpecDocument::isLeftOut);
      return with(stored, YamlFormat.document(entries));
    }
    var document = edit(stored);
    var before = SpecDocument.spec(document, stored.name(), stored.place());
    requireSameContent(before, spec, stored.place());
    var after = document;
    for (var entry : SpecDocument.entries(spec.createdAt(before.created())).entrySet()) {
      var value = entry.getValue();
      var key = entry.getKey();
      var old = YamlValue.of(document.at(List.of(key)));
      boolean nothing = old == null && SpecDocument.isEmpty(value);
      if (!nothing && !Objects.equals(old, value)) {
        after = after.put(List.of(), key, value);
      }
    }
    return with(stored, new String(after.content(), UTF_8));
  }

  private static void requireSameContent(
      VenvSpecification stored, VenvSpecification spec, String place) {
    boolean same =
        stored.name().equals(spec.name())
            && (stored.contentSha256().isEmpty()
                ? stored.contentHash().equals(spec.contentHash())
                : stored.contentSha256().equals(spec.contentSha256()));
    if (!same) {
      throw new StateConflict(
          "two contents have one name",
          place,
          "it stands for "
              + describe(stored)
              + ", and `"
              + spec.name()
              + "` now for "
              + describe(spec),
          "rename one of the playbooks, or remove the spec if it is no longer used");
    }
  }

  private static String describe(VenvSpecification spec) {
    return spec.sourcePlaybook()
        + " with SHA-256 "
        + (spec.contentSha256().isEmpty() ? spec.contentHash() + "…" : spec.contentSha256());
  }

  private static YamlEdit edit(Document stored) {
    return YamlEdit.of(stored.place(), stored.text().getBytes(UTF_8));
  }

  private static Document with(Document stored, String text) {
    return new Document(stored.name(), stored.place(), text);
  }
}
