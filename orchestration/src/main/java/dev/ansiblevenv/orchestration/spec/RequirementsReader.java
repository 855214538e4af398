package dev.ansiblevenv.orchestration.spec;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.core.galaxy.VersionRange;
import dev.ansiblevenv.core.lock.CollectionRequirement;
import dev.ansiblevenv.core.lock.LockBounds;
import dev.ansiblevenv.core.lock.PythonBound;
import dev.ansiblevenv.core.lock.PythonRequirement;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.store.Fields;
import dev.ansiblevenv.orchestration.store.Fields.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/// What profiles and specs ask for. Every error names file:line:column.
final class RequirementsReader {

  private static final Pattern COLLECTION = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*");
  private static final String COLLECTIONS = "collections";
  private static final String PACKAGES = "python_packages";

  private final Fields fields;

  private RequirementsReader(Fields fields) {
    this.fields = fields;
  }

  /// A spec written by a person: the bounds stand in the lists themselves.
  static Requirements profile(Fields fields, String name) {
    fields.only(List.of("name", COLLECTIONS, PACKAGES));
    var written = fields.text("name", text -> text.equals(name), "`" + name + "`, as the file's");
    var reader = new RequirementsReader(fields);
    var python = fields.items(PACKAGES).stream().map(RequirementsReader::pythonPackage).toList();
    return new Requirements(written, python, reader.collections(COLLECTIONS), LockBounds.NONE);
  }

  /// A spec names plainly what it needs, and has keys of their own for what bounds that, and what
  /// comes with it.
  static Requirements spec(Fields fields, String name) {
    var reader = new RequirementsReader(fields);
    var collections = new LinkedHashMap<String, CollectionRequirement>();
    reader.collections(COLLECTIONS).forEach(each -> collections.put(each.name(), each));
    var otherCollections = new ArrayList<CollectionRequirement>();
    for (var constraint : reader.collections("collection_constraints")) {
      if (collections.replace(constraint.name(), constraint) == null) {
        otherCollections.add(constraint);
      }
    }
    var python = new LinkedHashMap<String, List<PythonRequirement>>();
    var plain = fields.items(PACKAGES);
    plain.forEach(item -> python.put(requirement(item).name(), List.of(pythonPackage(item))));
    var otherPackages = new ArrayList<PythonBound>();
    var bounded = new LinkedHashMap<String, List<PythonRequirement>>();
    for (var item : fields.items("python_constraints")) {
      var distribution = requirement(item).name();
      if (python.containsKey(distribution)) {
        bounded.computeIfAbsent(distribution, _ -> new ArrayList<>()).add(pythonPackage(item));
      } else {
        otherPackages.add(new PythonBound(item.text().strip(), List.of(), item.line()));
      }
    }
    bounded.keySet().forEach(python::remove);
    python.putAll(bounded);
    return new Requirements(
        name,
        python.values().stream().flatMap(List::stream).toList(),
        List.copyOf(collections.values()),
        new LockBounds(otherPackages, otherCollections));
  }

  private List<CollectionRequirement> collections(String key) {
    var seen = new LinkedHashMap<String, CollectionRequirement>();
    for (var item : fields.items(key)) {
      var wanted = collection(item);
      if (seen.putIfAbsent(wanted.name(), wanted) != null) {
        throw item.wrong("`" + wanted.name() + "` is there twice", "remove one of the two");
      }
    }
    return List.copyOf(seen.values());
  }

  private static CollectionRequirement collection(Item item) {
    var entry = item.fields();
    entry.ifPresent(mapping -> mapping.only(List.of("name", "version", "source")));
    var name = entry.map(mapping -> mapping.text("name")).orElseGet(item::text);
    if (!COLLECTION.matcher(name).matches()) {
      throw item.wrong(
          "`" + name + "` is no collection",
          "write `namespace.name`, and a version range as its own key: `- name: …` and"
              + " `version: \">=3\"` below it");
    }
    var range = entry.map(mapping -> mapping.optional("version")).orElse("");
    try {
      VersionRange.parse(range);
    } catch (IllegalArgumentException e) {
      throw item.wrong(String.valueOf(e.getMessage()), "");
    }
    var source = entry.map(mapping -> mapping.optional("source")).orElse("");
    return new CollectionRequirement(name, range.isBlank() ? "*" : range, source, item.line());
  }

  private static PythonRequirement pythonPackage(Item item) {
    requirement(item);
    return new PythonRequirement(item.text().strip(), item.line());
  }

  /// @throws InvalidInput when the item is no PEP 508 requirement
  private static PackageRequirement requirement(Item item) {
    return PackageRequirement.parse(item.text(), item.location());
  }
}
