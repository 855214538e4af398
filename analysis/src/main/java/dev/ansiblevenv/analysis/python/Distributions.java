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
import java.util.Set;

/// From the names of imported modules to the names of distributions, by the curated list
/// `distributions.txt`, which is read when it is first asked. A module that is not in it comes from
/// the distribution of its own name.
public final class Distributions {

  private static final Distribution NOTHING = new Distribution.Nothing();

  private final Map<String, Distribution> modules = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, String> phrases = new LinkedHashMap<>();

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
        default -> {}
      }
    }
  }

  /// @param module dotted, as imported; the longest known beginning of it decides
  public static Distribution of(String module) {
    var list = Shipped.LIST.modules;
    for (var name = module; ; ) {
      var known = list.get(name);
      if (known != null) {
        return known;
      }
      var dot = name.lastIndexOf('.');
      if (dot < 0) {
        return module.startsWith("_") || module.isEmpty()
            ? NOTHING
            : new Distribution.OnIndex(PackageRequirement.normalised(ofNamespace(module)));
      }
      name = name.substring(0, dot);
    }
  }

  /// The packages of a namespace are called after their modules: `azure.mgmt.compute.models` comes
  /// from `azure-mgmt-compute`.
  private static String ofNamespace(String module) {
    var parts = module.split("\\.", -1);
    return switch (parts[0]) {
      case "azure", "google" ->
          String.join("-", List.of(parts).subList(0, Math.min(parts.length, 3)));
      default -> parts[0];
    };
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
