package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.python.Distribution;
import dev.ansiblevenv.analysis.python.Distributions;
import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds Python packages in what the `requirements` of a plugin's documentation say in prose. A
/// word is a package when it is known to be one, when the plugin imports from it, or when the text
/// says that it is a Python library. Programs and systems are left out.
final class RequirementProse {

  private static final Pattern LINK = Pattern.compile("\\b[LR]\\(([^,()]*),[^()]*\\)");
  private static final Pattern ADDRESS = Pattern.compile("\\bU\\([^()]*\\)|https?://\\S+");
  private static final Pattern MARKUP = Pattern.compile("\\b[CIBMOVPEF]\\(([^()]*)\\)");
  private static final Pattern OPTIONAL =
      Pattern.compile(
          "\\b(?:optional(?:ly)?|when|if|unless|only for|needed for|for legacy|necessary for|in case"
              + "|recommended|deprecated|os package|python 2\\.\\d only|on python \\d|to use|alternatively)\\b"
              + "|^or\\b|\\bincluded in\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LIBRARY =
      Pattern.compile(
          "\\s*\\(?\\s*(?:the )?python[- ]?3?[- ]?(?:module|library|lib|package|client|sdk)\\b.*|\\s*\\(pypi\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ABOUT_PYTHON =
      Pattern.compile(
          "python[- ]?(?:module|lib|package|client|sdk)|\\(python\\b|\\bpip\\b|pypi|^python [a-z]|for python\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PROGRAM =
      Pattern.compile(
          "command[- ]line|\\bcli\\b|\\bbinary\\b|executable|in (?:the )?path\\b|application|\\bapi >"
              + "|\\bserver\\b|powershell|galaxy collection",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD =
      Pattern.compile("\\b(?:1and1|[A-Za-z][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*)");
  private static final Pattern SEPARATOR =
      Pattern.compile(",\\s+(?=[A-Za-z])|\\s+and\\s+|\\s+&\\s+");
  private static final int WORDS = 8;
  private static final int LONGEST = 1000;

  /// Distributions whose names are ordinary words or the names of programs: they count as the first
  /// word, or where the text speaks of Python.
  private static final Set<String> ORDINARY =
      Set.of(
          "arrow",
          "consul",
          "cs",
          "distro",
          "django",
          "docker",
          "influxdb",
          "ism",
          "keyring",
          "kubernetes",
          "oci",
          "openshift",
          "packet",
          "pandas",
          "paramiko",
          "pip",
          "redis",
          "requests",
          "statsd",
          "tabulate");

  private RequirementProse() {}

  /// @param imported what the plugin's imports may mean
  static List<PackageRequirement> packages(String prose, Imported imported) {
    return isOptional(prose) ? List.of() : named(prose, imported);
  }

  /// The distributions that the text names as optional.
  static List<String> optional(String prose, Imported imported) {
    return isOptional(prose)
        ? named(prose, imported).stream().map(PackageRequirement::name).toList()
        : List.of();
  }

  private static boolean isOptional(String prose) {
    return OPTIONAL.matcher(prose).find();
  }

  private static List<PackageRequirement> named(String prose, Imported imported) {
    var text = plain(prose);
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("the host ")) {
      return List.of();
    }
    for (var phrase : Distributions.phrases().entrySet()) {
      var at = lower.indexOf(phrase.getKey().toLowerCase(Locale.ROOT));
      if (at >= 0) {
        var rest = text.substring(at + phrase.getKey().length());
        return List.of(SpecifierText.requirement(phrase.getValue(), rest));
      }
    }
    var aboutPython = ABOUT_PYTHON.matcher(text).find();
    if (PROGRAM.matcher(text).find() && !aboutPython) {
      return List.of();
    }
    var found = new ArrayList<PackageRequirement>();
    for (var part : SEPARATOR.split(text, -1)) {
      var requirement = first(part, imported, aboutPython);
      if (requirement != null) {
        found.add(requirement);
      }
    }
    return found;
  }

  /// Without markup, addresses, quotes and what stands behind a `#`.
  private static String plain(String prose) {
    var comment = prose.indexOf(" # ");
    var text = prose.substring(0, Math.min(comment < 0 ? prose.length() : comment, LONGEST));
    text = MARKUP.matcher(LINK.matcher(text).replaceAll("$1")).replaceAll("$1");
    return ADDRESS.matcher(text).replaceAll("").replace("\"", "").replace("'", "").strip();
  }

  private static @Nullable PackageRequirement first(
      String part, Imported imported, boolean aboutPython) {
    var words = WORD.matcher(part);
    for (var i = 0; i < WORDS && words.find(); i++) {
      var rest = part.substring(words.end());
      var distribution = distribution(words.group(), imported);
      if (distribution == null && i == 0 && LIBRARY.matcher(rest).lookingAt()) {
        distribution = ofIndex(words.group());
      }
      if (distribution != null && (i == 0 || aboutPython || !ORDINARY.contains(distribution))) {
        return SpecifierText.requirement(distribution, rest);
      }
    }
    return null;
  }

  /// A word may be a distribution, or a module that comes from one.
  private static @Nullable String distribution(String word, Imported imported) {
    var name = PackageRequirement.normalised(word);
    if (imported.mayComeFrom(name) || Distributions.isKnown(name)) {
      return name;
    }
    if (word.indexOf('.') >= 0) {
      return null;
    }
    return switch (Distributions.of(word.replace('-', '_'))) {
      case Distribution.OnIndex(var of) ->
          imported.mayComeFrom(of) || Distributions.isKnown(of) ? of : null;
      case Distribution.OfCore(var of) -> of;
      case Distribution.OfSystem _, Distribution.Nothing _, Distribution.Unknown _ -> null;
    };
  }

  private static @Nullable String ofIndex(String word) {
    return switch (Distributions.of(word.replace('-', '_'))) {
      case Distribution.OnIndex(var name) -> name;
      case Distribution.Unknown _ -> PackageRequirement.normalised(word);
      case Distribution.OfCore _, Distribution.OfSystem _, Distribution.Nothing _ -> null;
    };
  }
}
