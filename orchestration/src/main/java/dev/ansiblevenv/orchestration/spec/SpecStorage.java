package dev.ansiblevenv.orchestration.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlFormat;
import dev.ansiblevenv.analysis.yaml.YamlValue;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.store.Fields;
import dev.ansiblevenv.orchestration.store.Store;
import dev.ansiblevenv.orchestration.store.Store.Document;
import dev.ansiblevenv.orchestration.store.Store.Kind;
import java.time.LocalDateTime;
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

  /// Whether a spec or a profile has the name.
  public boolean isKnown(String name) {
    return store.read(Kind.SPEC, name).or(() -> store.read(Kind.PROFILE, name)).isPresent();
  }

  /// What a stored spec asks for by itself, without its playbook.
  ///
  /// @throws InvalidInput when the spec is not valid; names file:line:column
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the name cannot be one
  public Optional<Requirements> requirements(String name) {
    return document(name)
        .map(stored ->
            RequirementsReader.spec(
                Fields.of(edit(stored), stored.place(), "the spec"), stored.name()));
  }

  /// The names of all profiles, sorted.
  public List<String> profileNames() {
    return store.names(Kind.PROFILE);
  }

  /// A spec written by a person: fixed dependencies, no playbook.
  ///
  /// @throws InvalidInput when the profile is not valid; names file:line:column
  /// @throws StateConflict when a spec has this name
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when the name cannot be one
  public Optional<Requirements> profile(String name) {
    var stored = store.read(Kind.PROFILE, VenvName.require(name));
    stored.ifPresent(profile ->
        store
            .read(Kind.SPEC, name)
            .ifPresent(spec -> {
              throw sameName(profile.place(), spec.place());
            }));
    return stored.map(profile ->
        RequirementsReader.profile(
            Fields.of(edit(profile), profile.place(), "the profile"), profile.name()));
  }

  private static StateConflict sameName(String profile, String spec) {
    return new StateConflict(
        "a profile and a spec have one name",
        profile,
        spec + " is the spec of a playbook, and both would have one venv and one lock",
        "rename the profile");
  }

  /// Before a name is used for a content.
  ///
  /// @throws StateConflict when its name stands for another content
  /// @throws InvalidInput when the stored spec is not valid
  public void requireSameContent(String name, String contentSha256, String sourcePlaybook) {
    store
        .read(Kind.PROFILE, name)
        .ifPresent(profile -> {
          throw sameName(profile.place(), sourcePlaybook);
        });
    find(name).ifPresent(stored -> requireSame(stored, name, contentSha256, sourcePlaybook));
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

  /// Fine if there is none.
  void remove(String name) {
    store.remove(Kind.SPEC, name);
  }

  private static Document updated(Document stored, VenvSpecification spec) {
    if (stored.text().isEmpty()) {
      var entries = SpecDocument.entries(spec);
      entries.entrySet().removeIf(SpecDocument::isLeftOut);
      return with(stored, YamlFormat.document(entries));
    }
    var document = edit(stored);
    var before = SpecDocument.spec(document, stored.name(), stored.place());
    requireSame(
        before,
        spec.name(),
        spec.contentSha256().isEmpty() ? spec.contentHash() : spec.contentSha256(),
        spec.sourcePlaybook());
    var after = document;
    for (var entry :
        SpecDocument.entries(spec.at(before.created(), current(before, spec))).entrySet()) {
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

  private static LocalDateTime current(VenvSpecification before, VenvSpecification now) {
    return now.currentSince().isAfter(before.currentSince())
        ? now.currentSince()
        : before.currentSince();
  }

  private static void requireSame(
      VenvSpecification stored, String name, String contentSha256, String sourcePlaybook) {
    boolean same =
        stored.name().equals(name)
            && (stored.contentSha256().isEmpty()
                ? contentSha256.startsWith(stored.contentHash())
                : stored.contentSha256().equals(contentSha256));
    if (!same) {
      var known =
          stored.contentSha256().isEmpty() ? stored.contentHash() + "…" : stored.contentSha256();
      throw new StateConflict(
          "two contents have one name",
          Kind.SPEC.directory() + "/" + stored.name() + ".yml",
          "it stands for "
              + content(stored.sourcePlaybook(), known)
              + ", and `"
              + name
              + "` now for "
              + content(sourcePlaybook, contentSha256),
          "rename one of the playbooks, or remove the spec and its lock if it is no longer used");
    }
  }

  private static String content(String playbook, String sha256) {
    return playbook + " with SHA-256 " + sha256;
  }

  private static YamlEdit edit(Document stored) {
    return YamlEdit.of(stored.place(), stored.text().getBytes(UTF_8));
  }

  private static Document with(Document stored, String text) {
    return new Document(stored.name(), stored.place(), text);
  }
}
