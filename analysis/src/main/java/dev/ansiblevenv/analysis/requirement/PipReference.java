package dev.ansiblevenv.analysis.requirement;

import java.util.regex.Pattern;

/// What stands for a package without being a requirement: a URL, a repository, a path.
final class PipReference {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z0-9_]+\\}");
  private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:/.*");
  private static final Pattern ARCHIVE =
      Pattern.compile("(?i).*\\.(whl|zip|tar|tgz|tbz|txz|tar\\.(gz|bz2|xz|lzma))");
  private static final Pattern EGG = Pattern.compile("[#&]egg=([A-Za-z0-9._-]+)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final Pattern NAMED = Pattern.compile("(" + NAME + ")\\s*(\\[[^]]*])?\\s*@.*");

  private PipReference() {}

  /// Whether pip would replace a part of the text by a variable of its environment.
  static boolean hasVariable(String text) {
    return VARIABLE.matcher(text).find();
  }

  static boolean isPlace(String text) {
    if (NAMED.matcher(text).matches()) {
      return false;
    }
    var word = text.split("[;\\s]", 2)[0];
    return URL.matcher(word).matches()
        || word.startsWith(".")
        || word.startsWith("~")
        || word.contains("/")
        || ARCHIVE.matcher(word).matches();
  }

  /// The package's normalised name, as far as the text shows it; else empty.
  static String name(String text) {
    var egg = EGG.matcher(text);
    if (egg.find()) {
      return PackageRequirement.normalised(egg.group(1));
    }
    var named = NAMED.matcher(text);
    if (named.matches()) {
      return PackageRequirement.normalised(named.group(1));
    }
    return isPlace(text) ? ofPlace(text) : first(text);
  }

  private static String ofPlace(String text) {
    var place = text.split("[;#?\\s]", 2)[0].replaceFirst("/+$", "");
    var last = place.substring(place.lastIndexOf('/') + 1);
    if (ARCHIVE.matcher(last).matches()) {
      // NAME-VERSION…: a version begins with a digit
      return first(last.split("-(?=[0-9])", 2)[0]);
    }
    return first(last.split("@", 2)[0].replaceFirst("\\.git$", ""));
  }

  private static String first(String text) {
    var name = NAME.matcher(text);
    return name.lookingAt() ? PackageRequirement.normalised(name.group()) : "";
  }

  static String unquoted(String text) {
    var value = text.strip();
    var quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.endsWith(value.substring(0, 1));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
