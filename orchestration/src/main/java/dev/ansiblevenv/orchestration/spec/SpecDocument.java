package dev.ansiblevenv.orchestration.spec;

import dev.ansiblevenv.analysis.Unresolved;
import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.orchestration.store.Fields;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A spec as a YAML mapping, in both directions.
final class SpecDocument {

  private static final Pattern HASH8 = Pattern.compile("[0-9a-f]{8}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private SpecDocument() {}

  static VenvSpecification spec(YamlEdit document, String name, String place) {
    var fields = Fields.of(document, place, "the spec");
    var written = fields.text("name");
    if (!written.equals(name)) {
      throw fields.wrong(
          "its name `" + written + "` is not that of the file", "rename the one or the other");
    }
    var hash = fields.text("content_hash", HASH8.asMatchPredicate(), "8 hexadecimal digits");
    var sha256 =
        fields
            .optional(
                "content_sha256",
                text -> SHA256.matcher(text).matches() && text.startsWith(hash),
                "64 hexadecimal digits that begin with `content_hash`")
            .orElse("");
    var created = time(fields, "created");
    return read(fields, name, fields.text("source_playbook"), hash, sha256, created);
  }

  private static VenvSpecification read(
      Fields fields,
      String name,
      String playbook,
      String hash,
      String sha256,
      LocalDateTime created) {
    return new VenvSpecification(
        name,
        playbook,
        hash,
        fields.texts("collections"),
        fields.texts("python_packages"),
        created,
        sha256,
        fields.mappings("collection_constraints").stream()
            .map(entry ->
                new CollectionConstraint(
                    entry.text("name"), entry.text("version"), entry.optional("source")))
            .toList(),
        fields.texts("python_constraints"),
        fields.mappings("roles").stream()
            .map(entry ->
                new RequiredRole(
                    entry.text("name"), entry.text("source"), entry.optional("version")))
            .toList(),
        fields.mappings("unresolved").stream()
            .map(entry ->
                new Unresolved(
                    entry.text("file"),
                    entry.number("line"),
                    entry.text("kind"),
                    entry.text("expression")))
            .toList(),
        fields.mapping("lint").map(SpecDocument::lint).orElseGet(LintOutcome.Unknown::new),
        fields.mapping("closure").map(SpecDocument::closure).orElseGet(TreeMap::new),
        fields.has("schema_version")
            ? fields.number("schema_version")
            : VenvSpecification.SCHEMA_VERSION,
        fields
            .optional("needs_sha256", SHA256.asMatchPredicate(), "64 hexadecimal digits")
            .orElse(""),
        fields.has("current_since") ? time(fields, "current_since") : created);
  }

  private static LocalDateTime time(Fields fields, String key) {
    return LocalDateTime.parse(
        fields.text(key, SpecDocument::isTime, "a time such as \"2024-01-15T10:30:00\""));
  }

  private static boolean isTime(String text) {
    try {
      LocalDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static LintOutcome lint(Fields fields) {
    return fields.flag("skipped")
        ? new LintOutcome.Skipped()
        : new LintOutcome.Checked(fields.text("linter"), fields.flag("passed"));
  }

  private static SortedMap<String, String> closure(Fields fields) {
    var closure = new TreeMap<String, String>();
    fields.keys().forEach(file -> closure.put(file, fields.text(file)));
    return closure;
  }

  /// The entries in the order of the file.
  static Map<String, Object> entries(VenvSpecification spec) {
    var entries = new LinkedHashMap<String, Object>();
    entries.put("name", spec.name());
    entries.put("source_playbook", spec.sourcePlaybook());
    entries.put("content_hash", spec.contentHash());
    entries.put("collections", spec.collections());
    entries.put("python_packages", spec.pythonPackages());
    entries.put("created", text(spec.created()));
    entries.put("content_sha256", spec.contentSha256());
    entries.put(
        "collection_constraints",
        spec.collectionConstraints().stream()
            .map(constraint -> {
              var entry = new LinkedHashMap<String, Object>();
              entry.put("name", constraint.name());
              entry.put("version", constraint.version());
              putUnlessEmpty(entry, "source", constraint.source());
              return entry;
            })
            .toList());
    entries.put("python_constraints", spec.pythonConstraints());
    entries.put(
        "roles",
        spec.roles().stream()
            .map(role -> {
              var entry = new LinkedHashMap<String, Object>();
              entry.put("name", role.name());
              entry.put("source", role.source());
              putUnlessEmpty(entry, "version", role.version());
              return entry;
            })
            .toList());
    entries.put(
        "unresolved",
        spec.unresolved().stream()
            .map(use -> {
              var entry = new LinkedHashMap<String, Object>();
              entry.put("file", use.file());
              entry.put("line", (long) use.line());
              entry.put("kind", use.kind());
              entry.put("expression", use.expression());
              return entry;
            })
            .toList());
    if (spec.lint() instanceof LintOutcome.Checked(var linter, var passed)) {
      var lint = new LinkedHashMap<String, Object>();
      lint.put("linter", linter);
      lint.put("passed", passed);
      entries.put("lint", lint);
    } else if (spec.lint() instanceof LintOutcome.Skipped) {
      entries.put("lint", Map.of("skipped", true));
    }
    entries.put("closure", new LinkedHashMap<>(spec.closure()));
    entries.put("schema_version", (long) spec.schemaVersion());
    putUnlessEmpty(entries, "needs_sha256", spec.needsSha256());
    if (!spec.currentSince().equals(spec.created())) {
      entries.put("current_since", text(spec.currentSince()));
    }
    return entries;
  }

  private static String text(LocalDateTime time) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
  }

  /// Whether a new spec does without the entry: a further key that has nothing to say.
  static boolean isLeftOut(Map.Entry<String, Object> entry) {
    return switch (entry.getKey()) {
      case "collections", "python_packages" -> false;
      default -> isEmpty(entry.getValue());
    };
  }

  static boolean isEmpty(Object value) {
    return (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static void putUnlessEmpty(Map<String, Object> entry, String key, String value) {
    if (!value.isEmpty()) {
      entry.put(key, value);
    }
  }
}
