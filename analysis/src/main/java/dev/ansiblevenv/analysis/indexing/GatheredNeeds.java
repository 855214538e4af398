package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.catalogue.PluginNeed;
import dev.ansiblevenv.analysis.python.Distributions;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
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
    if (!bare) {
      var text = requirement.name() + requirement.extras() + requirement.specifier();
      python.put(requirement.name(), List.of(new PluginNeed(why, text)));
    } else if (!python.containsKey(requirement.name())) {
      var owners = new LinkedHashSet<>(List.of(collection));
      python.put(
          requirement.name(), declared(why, requirement.name(), requirement.extras(), owners));
    }
  }

  void imported(String distribution, ForeignImport from) {
    var why = from.guarded() ? PluginNeed.Why.CHECKED : PluginNeed.Why.IMPORT;
    var owners = new LinkedHashSet<>(List.of(from.collection(), collection));
    python.computeIfAbsent(distribution, name -> declared(why, name, "", owners));
  }

  void system(String distribution) {
    system.add(distribution);
  }

  List<PluginNeed> all() {
    var all = new ArrayList<PluginNeed>();
    python.values().forEach(all::addAll);
    system.forEach(name -> all.add(new PluginNeed(PluginNeed.Why.SYSTEM, name)));
    return all;
  }

  /// The distribution with the specifiers and markers of the first owner that declares it.
  private List<PluginNeed> declared(
      PluginNeed.Why why, String name, String extras, SequencedSet<String> owners) {
    for (var owner : owners) {
      var lines = files.apply(owner).python().get(name);
      if (lines != null) {
        return lines.stream().map(line -> new PluginNeed(why, text(line, extras))).toList();
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
