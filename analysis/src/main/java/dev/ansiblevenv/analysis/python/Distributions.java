package dev.ansiblevenv.analysis.python;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// From the names of imported modules to the names of distributions: by the curated list
/// `distributions.txt`, then by public data. The name of a module is never taken for that of a
/// distribution: whoever registers it would be installed.
public final class Distributions {

  private static final Distribution NOTHING = new Distribution.Nothing();

  private final Map<String, Distribution> modules = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, String> phrases = new LinkedHashMap<>();
  private final Map<String, List<String>> alternatives = new HashMap<>();
  private final Map<String, String> onIndex = new HashMap<>();

  private static final class Shipped {
    static final Distributions LIST = new Distributions();
  }

  private Distributions() {
    try (var stream =
        Objects.requireNonNull(Distributions.class.getResourceAsStream("distributions.txt"))) {
      new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    var words = line.split(" ", -1);
    if (words[0].equals("phrase")) {
      phrases.put(line.substring("phrase ".length() + words[1].length() + 1), words[1]);
      return;
    }
    if (words[0].equals("either")) {
      var names = List.of(words).subList(1, words.length);
      names.forEach(name -> alternatives.put(name, names));
      return;
    }
    for (var i = 1; i < words.length; i++) {
      var equals = words[i].indexOf('=');
      var module = equals < 0 ? words[i] : words[i].substring(0, equals);
      var name =
          equals < 0 ? PackageRequirement.normalised(module) : words[i].substring(equals + 1);
      switch (words[0]) {
        case "stdlib", "none" -> modules.put(module, NOTHING);
        case "core" -> {
          modules.put(module, new Distribution.OfCore(name));
          known.add(name);
        }
        case "system" -> modules.put(module, new Distribution.OfSystem(name));
        case "index" -> {
          modules.put(module, new Distribution.OnIndex(name));
          known.add(name);
        }
        case "named" -> known.add(name);
        case "bindings" -> onIndex.put(module, name);
        default -> {}
      }
    }
  }

  /// @param module dotted, as imported; the longest known beginning of it decides
  public static Distribution of(String module) {
    if (module.startsWith("_") && !Shipped.LIST.modules.containsKey(module)) {
      return NOTHING;
    }
    for (var name = module; ; ) {
      var known = Shipped.LIST.modules.get(name);
      if (known != null) {
        return known;
      }
      var dot = name.lastIndexOf('.');
      if (dot < 0) {
        return module.isEmpty() ? NOTHING : PublicModules.shipped().of(module);
      }
      name = name.substring(0, dot);
    }
  }

  /// Whether the curated list decides over the module: not even a requirements file says better.
  ///
  /// @param module dotted
  public static boolean isCurated(String module) {
    for (var name = module; ; name = name.substring(0, name.lastIndexOf('.'))) {
      if (Shipped.LIST.modules.containsKey(name)) {
        return true;
      }
      if (name.lastIndexOf('.') < 0) {
        return false;
      }
    }
  }

  /// The distributions of which one is enough where this one is needed, itself included, the first
  /// to be preferred; empty where there is no other.
  ///
  /// @param name normalised
  public static List<String> alternatives(String name) {
    return Shipped.LIST.alternatives.getOrDefault(name, List.of());
  }

  /// The distribution on the Python index that has the modules of a package of the operating
  /// system; empty for what only that system's own Python can import.
  ///
  /// @param systemPackage as [Distribution.OfSystem] names it
  public static Optional<String> onIndex(String systemPackage) {
    return Optional.ofNullable(Shipped.LIST.onIndex.get(systemPackage));
  }

  /// Whether a distribution of this name is known to be on the Python index.
  ///
  /// @param name normalised
  public static boolean isKnown(String name) {
    return Shipped.LIST.known.contains(name);
  }

  /// Whether ansible-core depends on a distribution of this name, or is it.
  ///
  /// @param name normalised
  public static boolean isOfCore(String name) {
    return Shipped.LIST.modules.containsValue(new Distribution.OfCore(name));
  }

  /// Ways to speak of a distribution, each with its name.
  public static Map<String, String> phrases() {
    return Map.copyOf(Shipped.LIST.phrases);
  }
}
