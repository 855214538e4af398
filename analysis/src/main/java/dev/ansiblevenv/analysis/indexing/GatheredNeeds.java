package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import dev.ansiblevenv.analysis.python.Distribution;
import dev.ansiblevenv.analysis.python.Distributions;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The needs of one plugin. What the documentation says of versions counts; where it says nothing,
/// what the collection declares as a whole does.
final class GatheredNeeds {

  private static final Pattern UPPER_BOUND = Pattern.compile("<|~=|==|!=");

  private final String collection;
  private final Function<String, RequirementFiles> files;
  private final Map<String, List<PluginNeed>> python = new LinkedHashMap<>();
  private final TreeSet<String> system = new TreeSet<>();
  private final Map<String, Distribution.Unknown> unknown = new TreeMap<>();
  private boolean documented;

  GatheredNeeds(String collection, Function<String, RequirementFiles> files) {
    this.collection = collection;
    this.files = files;
  }

  boolean anyDocumented() {
    return documented;
  }

  /// What ansible-core brings counts only where newer versions are not wanted, for it is installed
  /// newest; ansible-core itself is chosen by what collections require of it.
  void documented(PackageRequirement requirement) {
    documented = true;
    var bare = requirement.specifier().isEmpty();
    if (requirement.name().equals("ansible-core")
        || Distributions.isOfCore(requirement.name())
            && !UPPER_BOUND.matcher(requirement.specifier()).find()) {
      return;
    }
    var why = PluginNeed.Why.DOCUMENTED;
    if (!isPreferred(requirement.name())) {
      return;
    }
    if (!bare) {
      var text = requirement.name() + requirement.extras() + requirement.specifier();
      python.put(requirement.name(), List.of(new PluginNeed(why, text)));
    } else if (!python.containsKey(requirement.name())) {
      var owners = new LinkedHashSet<>(List.of(collection));
      python.put(
          requirement.name(), declared(why, requirement.name(), requirement.extras(), owners));
    }
  }

  /// Of distributions of which one is enough, the one that is preferred stays.
  private boolean isPreferred(String name) {
    var group = Distributions.alternatives(name);
    var rank = group.indexOf(name);
    if (rank > 0 && group.subList(0, rank).stream().anyMatch(python::containsKey)) {
      return false;
    }
    group.stream().skip(rank + 1L).forEach(python::remove);
    return true;
  }

  void imported(String distribution, ForeignImport from) {
    var why = from.guarded() ? PluginNeed.Why.CHECKED : PluginNeed.Why.IMPORT;
    var owners = owners(from);
    if (Distributions.alternatives(distribution).stream().noneMatch(python::containsKey)) {
      python.computeIfAbsent(distribution, name -> declared(why, name, "", owners));
    }
  }

  private SequencedSet<String> owners(ForeignImport from) {
    return new LinkedHashSet<>(List.of(from.collection(), collection));
  }

  /// @return the distribution that the owner of the import declares and that can only be the one;
  ///   else the import as it is
  ForeignImport settled(ForeignImport from) {
    var mapped = from.distribution() instanceof Distribution.OnIndex(var index) ? index : "";
    if (mapped.isEmpty() && !(from.distribution() instanceof Distribution.Unknown)
        || Distributions.isCurated(from.module())) {
      return from;
    }
    var module =
        from.distribution() instanceof Distribution.Unknown unknown
            ? unknown
            : new Distribution.Unknown(from.module(), List.of(mapped));
    for (var owner : owners(from)) {
      var declared =
          files.apply(owner).python().keySet().stream()
              .filter(module::isIn)
              .max(
                  Comparator.comparingInt((String each) -> each.equals(mapped) ? 1 : 0)
                      .thenComparingInt(String::length));
      if (declared.isPresent()) {
        return from.with(new Distribution.OnIndex(declared.get()));
      }
    }
    return from;
  }

  void system(String distribution) {
    system.add(distribution);
  }

  /// What is documented settles which distribution a module is in.
  void unknown(Distribution.Unknown module) {
    if (python.keySet().stream().noneMatch(module::isIn)) {
      unknown.put(module.module(), module);
    }
  }

  /// @param respawns whether the module looks for a Python of the system's by itself
  List<PluginNeed> all(boolean respawns) {
    var all = new ArrayList<PluginNeed>();
    python.values().forEach(all::addAll);
    var why = respawns ? PluginNeed.Why.RESPAWN : PluginNeed.Why.SYSTEM;
    system.forEach(name -> all.add(new PluginNeed(why, name)));
    for (var module : unknown.values()) {
      var words = new ArrayList<>(List.of(module.module()));
      words.addAll(module.hints());
      all.add(new PluginNeed(PluginNeed.Why.UNKNOWN, String.join(" ", words)));
    }
    return all;
  }

  /// The distribution, or one of which one is enough, with the specifiers and markers of the first
  /// owner that declares it.
  private List<PluginNeed> declared(
      PluginNeed.Why why, String name, String extras, SequencedSet<String> owners) {
    for (var owner : owners) {
      var declared = files.apply(owner).python();
      var candidates = new ArrayList<>(List.of(name));
      candidates.addAll(Distributions.alternatives(name));
      for (var candidate : candidates) {
        var lines = declared.get(candidate);
        if (lines != null) {
          return lines.stream().map(line -> new PluginNeed(why, text(line, extras))).toList();
        }
      }
    }
    return List.of(new PluginNeed(why, name + extras));
  }

  private static String text(PackageRequirement line, String extras) {
    return line.name()
        + (extras.isEmpty() ? line.extras() : extras)
        + line.specifier()
        + (line.marker().isEmpty() ? "" : " ; " + line.marker());
  }
}
